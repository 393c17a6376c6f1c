import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../lib/problem.ts';
import { boundedRead } from './bounded-read.ts';
import { openReading, type Reading } from './reading.fixture.ts';

let reading: Reading;

beforeAll(async () => {
  reading = await openReading();
});
afterAll(() => reading.close());

const napFor = { text: 'select pg_sleep($1::int)', parameters: [600] };

const seven = { text: 'select $1::int as n', parameters: [7] };

const refusal = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => new Error('nothing was refused'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Problem)) throw error;
  return `${error.code}: ${error.detail.message?.code}`;
};

/** How many naps the database holds for active: a cancelled one counts for a moment after its refusal has arrived. */
const napping = async (): Promise<number> => {
  const [row] = await boundedRead<{ n: number }>(reading.ctx, 60, {
    text: `select count(*)::int as n from pg_stat_activity
        where state = 'active' and datname = current_database() and query like '%select pg_sleep%' and pid <> pg_backend_pid()`,
    parameters: [],
  });
  return row?.n ?? -1;
};

describe('a bounded read', () => {
  test('ends at its time with a way out', async () => {
    expect(await refusal(boundedRead(reading.ctx, 0.05, napFor))).toBe('invalid: too-slow');
    await expect.poll(napping).toBe(0);
  });

  test('ends at its time though every connection waits for such reads', async () => {
    const all = Array.from({ length: 15 }, () => refusal(boundedRead(reading.ctx, 0.2, napFor)));
    expect(new Set(await Promise.all(all))).toEqual(new Set(['invalid: too-slow']));
    await expect.poll(napping).toBe(0);
  });

  test('ends when its asker goes, and isn’t begun for one who has gone', async () => {
    const asker = new AbortController();
    const asked = refusal(boundedRead({ ...reading.ctx, signal: asker.signal }, 600, napFor));
    await expect.poll(napping).toBe(1);
    asker.abort();
    expect(await asked).toBe('too-many: asker-gone');
    await expect.poll(napping).toBe(0);
    const gone = { ...reading.ctx, signal: AbortSignal.abort() };
    const sent = await reading.statements(() => refusal(boundedRead(gone, 1, napFor)));
    expect(sent).toEqual([]);
  });

  test('is one statement, whose answer and refusals are the database’s own', async () => {
    const sent = await reading.statements(() => boundedRead(reading.ctx, 5, seven));
    expect(sent).toHaveLength(1);
    await expect(boundedRead(reading.ctx, 5, { text: 'select 1/$1::int', parameters: [0] })).rejects.toThrow(
      'division by zero',
    );
    await reading.ctx.db.transaction().execute(async (db) => {
      expect(await boundedRead({ ...reading.ctx, db }, 5, seven)).toEqual([{ n: 7 }]);
    });
  });

  test('is bounded alike on a connection that somebody holds', async () => {
    await reading.ctx.db.connection().execute(async (db) => {
      const held = { ...reading.ctx, db };
      expect(await boundedRead(held, 5, seven)).toEqual([{ n: 7 }]);
      expect(await refusal(boundedRead(held, 0.05, napFor))).toBe('invalid: too-slow');
      const asker = new AbortController();
      const asked = refusal(boundedRead({ ...held, signal: asker.signal }, 600, napFor));
      await expect.poll(napping).toBe(1);
      asker.abort();
      expect(await asked).toBe('too-many: asker-gone');
      expect(await boundedRead(held, 5, seven)).toEqual([{ n: 7 }]);
    });
  });

  test('keeps its plan under a name', async () => {
    const named = { text: 'select $1::int + 1 as n', parameters: [7], name: 'bounded_read_kept' };
    const sent = await reading.statements(async () => {
      expect(await boundedRead(reading.ctx, 5, named)).toEqual([{ n: 8 }]);
    });
    expect(sent[0]).toContain('bounded_read_kept');
  });
});
