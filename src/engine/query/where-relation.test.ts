import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import type { Ctx } from '../ctx.ts';
import { listRecords } from './list.ts';
import { company, openReading, person, type Reading } from './reading.fixture.ts';
import { totals } from './totals.ts';

let reading: Reading;
let clerk: Ctx;
let seller: Ctx;
beforeAll(async () => {
  reading = await openReading();
  const [one, other] = [newId(), newId()];
  clerk = reading.as({ userId: other, roles: ['clerk'], teams: [] });
  seller = reading.as({ userId: one, roles: ['sales'], teams: [] });
  const [id = ''] = await reading.put(company, [{ name: 'Nord', margin: 7, owner: one }]);
  await reading.put(person, [
    { company: id, score: 1, owner: one },
    { company: id, score: 50, owner: other },
    { company: id, score: 900, owner: one, removedAt: '2026-01-01T00:00:00.000Z' },
  ]);
});
afterAll(() => reading.close());

const found = async (ctx: Ctx, where: string): Promise<number> => {
  const page = await listRecords(ctx, company, { where });
  const { groups } = await totals(ctx, company, { where });
  expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(page.items.length);
  return page.items.length;
};

it.each([
  ['any(people, score > 800)', 0, 0],
  ['any(people, score > 10)', 0, 1],
  ['all(people, score < 10)', 1, 0],
  ['count(people) = 1', 1, 0],
  ['sum(people, score) = 51', 0, 1],
  ['max(people, score) = 1', 1, 0],
  ['none(people, company.people is empty or score > 10)', null, null],
  ['any(people, company.margin = 7)', null, 1],
])('%s tells nobody of records in the bin or beyond their reach', async (where, ofSeller, ofClerk) => {
  for (const [ctx, wanted] of [
    [seller, ofSeller],
    [clerk, ofClerk],
  ] as const) {
    if (wanted === null || where.includes('margin'))
      await expect(found(ctx, where)).rejects.toMatchObject({ code: 'bad-expression' });
    else expect(await found(ctx, where)).toBe(wanted);
  }
});
