import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import { compileExpression } from '../../expression/compile.ts';
import { newId } from '../../lib/ids.ts';
import type { Ctx } from '../ctx.ts';
import { valuesOf } from '../record/codec.ts';
import { createRecords } from '../record/verbs.ts';
import { recordCondition, ruleScope } from './conditions.ts';
import { countWrong } from './count-wrong.ts';
import { boat, harbour, voyage } from './harbour.fixture.ts';
import { judge } from './judge.ts';
import { judgeInDatabase } from './judge-sql.ts';

let place: TestWorkspace;
let ctx: Ctx;
beforeAll(async () => {
  place = await testWorkspace({ more: [harbour, boat, voyage] });
  ctx = place.system;
});
afterAll(() => place.close());

/** Conditions of every sort that a record tells of itself. */
const texts = [
  'kind = sail',
  'kind <> sail or masts > 1',
  'not kind = motor and masts is empty',
  'name contains "é" and name starts with "é"',
  'matches(name, "^b") or length(name) > 3',
  'price > 100 and price.currency = EUR',
  'price * 2 >= old(price)',
  'changed(price) and old(price) is not empty',
  'changed(name)',
  'changed(kind) or changed(sold)',
  'not changed(teams)',
  'changed(teams) and sold',
  'kind = old(kind)',
  'old(name) < name',
  'sold and not old(sold)',
  'length in 2..4 or length in (7, 9)',
  'coalesce(masts, 0) + coalesce(length, 0) > 5',
  'if(sold, price, 0) = 0',
  'createdAt >= today - 1 or createdAt is empty',
  'owner = me or owner is empty',
];

const values = fc.record({
  name: fc.constantFrom('Boat', 'boat', 'Élan', 'élan ', 'x'),
  kind: fc.constantFrom('sail', 'motor', null),
  masts: fc.constantFrom(null, 1, 2),
  sold: fc.boolean(),
  price: fc.constantFrom(null, { amount: '5.00', currency: 'EUR' }, { amount: '150.00', currency: 'USD' }),
  length: fc.constantFrom(null, 1, 3, 7),
  teams: fc.subarray(['01900000-0000-7000-8000-0000000000b1', '01900000-0000-7000-8000-0000000000b2']),
  owner: fc.constantFrom(null, '01900000-0000-7000-8000-0000000000a1'),
});
const record = fc.record({ values, before: fc.option(values) }).map((each) => ({ ...each, id: newId() }));

test('memory and database judge alike, what changed included', async () => {
  const asker: Ctx = {
    ...ctx,
    who: { ...ctx.who, userId: '01900000-0000-7000-8000-0000000000a1' },
  };
  const conditions = texts.map((text) =>
    recordCondition(compileExpression(text, ruleScope(ctx.workspace.model, boat, true))),
  );
  expect(conditions.some(({ isRelated }) => isRelated)).toBe(false);
  let some = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 20 }), async (records) => {
      const inMemory = await judge(asker, boat, conditions, records);
      const inDatabase = await judgeInDatabase(asker, boat, conditions, records);
      for (const condition of conditions) {
        const wanted = records.filter(({ id }) => inMemory(condition, id)).map(({ id }) => id);
        const found = [...(inDatabase.get(condition) ?? [])].sort();
        expect([condition.compiled.text, found]).toEqual([condition.compiled.text, wanted.sort()]);
        if (wanted.length > 0 && wanted.length < records.length) some += 1;
      }
    }),
    { numRuns: 60 },
  );
  expect(some).toBeGreaterThan(300);
});

test('a rule is tried on stored records as it will judge them', async () => {
  const made = await createRecords(
    ctx,
    boat,
    fc.sample(values, { numRuns: 60, seed: 7 }).map((each) => ({
      ...each,
      name: each.name.trim(),
      sold: false,
      masts: each.masts ?? 1,
      owner: null,
      teams: [],
    })),
  );
  const { rows } = await sql<Record<string, unknown> & { id: string }>`select * from w_main.boat`.execute(
    ctx.db,
  );
  const records = rows.map((row) => {
    const own = valuesOf(boat, row);
    return { id: row.id, values: own, before: own };
  });
  expect(records.length).toBe(made.length);
  for (const text of texts) {
    const condition = recordCondition(compileExpression(text, ruleScope(ctx.workspace.model, boat, true)));
    const holds = await judge(ctx, boat, [condition], records);
    const { count } = await countWrong(ctx, { entity: 'boat', wrongWhen: text });
    expect([text, count]).toEqual([text, records.filter(({ id }) => holds(condition, id)).length]);
  }
});
