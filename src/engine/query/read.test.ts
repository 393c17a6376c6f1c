import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { readMany, readRecord } from './read.ts';
import { company, openReading, person, type Reading } from './reading.fixture.ts';

let reading: Reading;
beforeAll(async () => {
  reading = await openReading();
});
afterAll(() => reading.close());

describe('a record read by its id', () => {
  it('is not found when absent, removed, or named by no id', async () => {
    const [gone = ''] = await reading.put(person, [{ removedAt: '2026-02-01T00:00:00.000Z' }]);
    for (const id of [newId(), gone, '', "' or true", 'x'.repeat(1000)]) {
      await expect(readRecord(reading.ctx, person, id)).rejects.toMatchObject({ code: 'not-found' });
    }
    expect(await readRecord(reading.ctx, person, gone, { removed: true })).toMatchObject({ id: gone });
  });

  it('refuses unknown fields even when there is nothing to read', async () => {
    await expect(readMany(reading.ctx, person, [], { fields: ['nmae'] })).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  it('comes whole, in canonical values, in one statement that the connection keeps', async () => {
    const [firm = ''] = await reading.put(company, [{ name: 'Alpha' }]);
    const [id = ''] = await reading.put(person, [
      {
        company: firm,
        stage: 'won',
        value: { amount: '1234.5', currency: 'EUR' },
        born: '2000-02-29',
        active: true,
        score: 7,
      },
    ]);
    const sent = await reading.statements(async () => {
      expect(await readRecord(reading.ctx, person, id)).toEqual({
        id,
        version: 1,
        name: null,
        company: { id: firm, label: 'Alpha' },
        stage: 'won',
        value: { amount: '1234.50', currency: 'EUR' },
        born: '2000-02-29',
        active: true,
        score: 7,
        about: null,
        owner: null,
        teams: [],
        createdAt: '2026-01-01T00:00:00.000Z',
        createdBy: null,
        updatedAt: '2026-01-01T00:00:00.000Z',
        updatedBy: null,
        removedAt: null,
        can: { update: true, remove: true },
      });
    });
    expect(sent).toHaveLength(1);
    const kept = await reading.ctx.db.connection().execute(async (db) => {
      const counts: number[] = [];
      for (let time = 0; time < 3; time++) {
        await readRecord({ ...reading.ctx, db }, person, id);
        const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_prepared_statements
          where name like 'rapport%'`.execute(db);
        counts.push(rows[0]?.n ?? 0);
      }
      return counts;
    });
    expect(kept[0]).toBeGreaterThan(0);
    expect(new Set(kept).size).toBe(1);
  });

  it('is read with others in the order asked, those unreadable or absent left out', async () => {
    const ids = await reading.put(person, [{ score: 1 }, { score: 2 }, { score: 3 }]);
    const [first = '', second = '', third = ''] = ids;
    const records = await readMany(reading.ctx, person, [third, newId(), first, second], {
      fields: ['score'],
    });
    expect(records.map(({ score }) => score)).toEqual([3, 1, 2]);
  });
});
