import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { Problem } from '../../lib/problem.ts';
import { company, openReading, person, type Reading } from '../query/reading.fixture.ts';
import { user } from '../system/user.ts';
import { history } from './history.ts';

let reading: Reading;
const me = newId();
let firm: string;
let subject: string;

beforeAll(async () => {
  reading = await openReading();
  await reading.put(user, [{ id: me, name: 'Ana' }]);
  [firm = ''] = await reading.put(company, [{ name: 'Alpha', owner: me }]);
  [subject = ''] = await reading.put(person, [{ owner: me, company: firm }]);
  const hidden = newId();
  await reading.put(company, [{ id: hidden, name: 'Hidden', owner: newId() }]);
  await log(person.name, subject, [
    { stage: [null, 'new'], owner: [null, me], company: [null, hidden], nonesuch: [1, 2] },
    { stage: ['new', 'gone'], company: [hidden, firm], about: [null, { entity: 'company', id: firm }] },
    { teams: [null, [newId()]] },
  ]);
  await log(company.name, firm, [{ margin: [1, 2], name: ['A', 'Alpha'] }]);
});
afterAll(() => reading.close());

async function log(entity: string, record: string, changes: readonly unknown[]): Promise<void> {
  for (const [index, change] of changes.entries()) {
    await sql`insert into w_main.event (id, at, actor, door, entity, record, verb, version, changes)
      values (${newId()}, ${`2026-11-0${1 + index}T10:00:00.000123Z`}, ${index === 2 ? null : me}, 'api', ${entity}, ${record},
        ${index === 0 ? 'create' : 'update'}, ${index + 1}, ${JSON.stringify(change)}::jsonb)`.execute(
      reading.ctx.db,
    );
  }
}

describe('the history of a record', () => {
  it('is refused to who may not read the record, as of one that isn’t there', async () => {
    const stranger = reading.as({});
    for (const id of [subject, newId(), 'no id']) {
      await expect(history(stranger, person, id)).rejects.toMatchObject({ code: 'not-found' });
    }
    await expect(history(reading.as({ roles: [] }), person, subject)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('refuses a cursor of another history', async () => {
    const { next } = await history(reading.ctx, person, subject, { limit: 1 });
    await expect(history(reading.ctx, company, firm, { after: next ?? '' })).rejects.toBeInstanceOf(Problem);
    await expect(history(reading.ctx, person, subject, { after: 'x' })).rejects.toBeInstanceOf(Problem);
    await expect(history(reading.ctx, person, subject, { limit: 0 })).rejects.toBeInstanceOf(Problem);
  });

  it('hides hidden fields, and names of records beyond the reader', async () => {
    const ctx = reading.as({ userId: me });
    const { items } = await history(ctx, company, firm);
    expect(items[0]?.changes.map(({ field }) => field)).toEqual(['name']);
    const whole = await history(reading.ctx, company, firm);
    expect(whole.items[0]?.changes.map(({ field }) => field).sort()).toEqual(['margin', 'name']);
    const of = await history(ctx, person, subject);
    const created = of.items.at(-1)?.changes ?? [];
    expect(created.map(({ field }) => field).sort()).toEqual(['company', 'owner', 'stage']);
    expect(created.find(({ field }) => field === 'company')?.after).toMatchObject({ label: null });
  });

  it('tells values as people read them, newest first', async () => {
    const { items, next } = await history(reading.as({ userId: me }), person, subject);
    expect(next).toBeNull();
    expect(items.map(({ version, verb, actor }) => [version, verb, actor?.label ?? null])).toEqual([
      [3, 'update', null],
      [2, 'update', 'Ana'],
      [1, 'create', 'Ana'],
    ]);
    const [stage, owner, company_, about] = ['stage', 'owner', 'company', 'about'].map((name) =>
      [items[1], items[2]].flatMap((item) => item?.changes.filter(({ field }) => field === name) ?? []),
    );
    expect(stage?.map(({ label, after, afterLabel }) => [label, after, afterLabel])).toEqual([
      ['Stage', 'gone', 'gone'],
      ['Stage', 'new', 'NEW'],
    ]);
    expect(owner?.[0]?.after).toEqual({ id: me, label: 'Ana' });
    expect(company_?.[0]?.after).toEqual({ id: firm, label: 'Alpha' });
    expect(about?.[0]).toMatchObject({
      before: null,
      after: { entity: 'company', id: firm, label: 'Alpha' },
    });
  });

  it('comes in pages that together are the whole', async () => {
    const versions: number[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const page = await history(reading.ctx, person, subject, { limit: 1, ...(after ? { after } : {}) });
      versions.push(...page.items.map(({ version }) => version));
      after = page.next;
    }
    expect(versions).toEqual([3, 2, 1]);
  });

  it('of a record without events is empty', async () => {
    const [id = ''] = await reading.put(person, [{}]);
    expect(await history(reading.ctx, person, id)).toEqual({ items: [], next: null, total: null });
  });
});
