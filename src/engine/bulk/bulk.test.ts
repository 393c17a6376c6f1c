import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { somebodyWaits } from '../../../test/harness/lock-waiters.ts';
import { refusal } from '../../../test/harness/refusal.ts';
import { until } from '../../../test/harness/until.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import type { BulkOrder, BulkRun } from '../../model/bulk.ts';
import type { Ctx } from '../ctx.ts';
import { listRecords } from '../query/list.ts';
import { createRecords, removeRecords, updateRecords } from '../record/verbs.ts';
import { orderBulk } from './order.ts';
import { BulkGone, runBulk } from './run.ts';
import { askUndo, cancelRun, readRun } from './runs.ts';
import { recordsOut, refusedCsv, runOut } from './view.ts';
import { waitingRuns, workOnBulk } from './work.ts';

let place: TestWorkspace;
let sam: Ctx;
let admin: Ctx;

beforeAll(async () => {
  place = await testWorkspace();
  sam = await place.user('Sam');
  const made = await place.user('Ada', { roles: ['administrator'] });
  await sql`update w_main."user" set roles_ids = (select array_agg(id) from w_main.role where code = 'administrator')
    where id = ${made.who.userId}`.execute(place.system.db);
  await sql`update w_main."user" set roles_ids = (select array_agg(id) from w_main.role where code = 'sales')
    where id = ${sam.who.userId}`.execute(place.system.db);
  admin = made;
});
afterAll(() => place.close());

let batch = 0;
/** Accounts of a test's own, told by their city. */
async function accounts(
  ctx: Ctx,
  count: number,
  more: (index: number) => object = () => ({}),
): Promise<{ readonly where: string; readonly ids: readonly string[] }> {
  batch += 1;
  const website = `https://batch${batch}.example`;
  const made: string[] = [];
  for (let from = 0; from < count; from += 500) {
    const inputs = Array.from({ length: Math.min(500, count - from) }, (_, index) => ({
      name: `B${batch} ${from + index}`,
      website,
      ...more(from + index),
    }));
    made.push(...(await createRecords(ctx, place.entity('account'), inputs)).map(({ id }) => id));
  }
  return { where: `website = "${website}"`, ids: made };
}

const order = (ctx: Ctx, what: BulkOrder, entity = 'account'): Promise<string> =>
  orderBulk(ctx, place.entity(entity), what);

async function through(ctx: Ctx, id: string): Promise<BulkRun> {
  await workOnBulk(place.system, id, (error) => {
    throw error;
  });
  const out = await runOut(ctx, await readRun(ctx, id));
  expect(out.done).toBe(out.changed + out.unchanged + out.refused + out.left);
  return out;
}

const done = async (ctx: Ctx, what: BulkOrder, entity = 'account'): Promise<BulkRun> => {
  const run = await through(ctx, await order(ctx, what, entity));
  if (run.state === 'done') expect(run.done).toBe(run.total);
  return run;
};

const count = async (ctx: Ctx, where: string, removed = false): Promise<number | null> =>
  (await listRecords(ctx, place.entity('account'), { where, removed, limit: 1, count: 'exact' })).total;

test('a worker that was cut off from its claim does nothing that another one has done meanwhile', async () => {
  const { ids } = await accounts(admin, 600);
  const id = await order(admin, { verb: 'update', ids, values: { description: 'once' } });
  const cutOff = new Error('killed');
  let asked = 0;
  const another = async (): Promise<Ctx> => {
    asked += 1;
    if (asked > 2) throw cutOff;
    return admin;
  };
  let isFirst = true;
  const late = async (): Promise<Ctx> => {
    if (isFirst) isFirst = false;
    else await expect(runBulk(another, id)).rejects.toBe(cutOff);
    return admin;
  };
  await expect(runBulk(late, id)).rejects.toThrow(BulkGone);
  expect(await through(admin, id)).toMatchObject({ state: 'done', changed: 600, unchanged: 0 });
});

test('an undo that is asked for in the middle of a long piece is taken up by who worked on it', async () => {
  const { ids } = await accounts(admin, 600);
  const id = await order(admin, { verb: 'update', ids, values: { description: 'long' } });
  const { db } = place.system;
  const working = await db.transaction().execute(async (other) => {
    // The second piece has to wait for this one.
    await sql`select from w_main.account where id = ${ids[550]} for update`.execute(other);
    const first = workOnBulk(place.system, id);
    await until(
      async () => (await readRun(admin, id)).position,
      (position) => position === 500,
    );
    await somebodyWaits(db);
    await cancelRun(admin, id);
    await askUndo(admin, id);
    return { first };
  });
  await working.first;
  expect(await runOut(admin, await readRun(admin, id))).toMatchObject({
    state: 'undone',
    undo: { done: 500, of: 500 },
  });
});

describe('an order that could succeed for no record is refused at once', () => {
  test.each([
    ['no records', { verb: 'remove' }, 'where'],
    ['records said twice', { verb: 'remove', where: '', ids: ['x'] }, 'ids'],
    ['a verb that nobody knows', { verb: 'explode', where: '' }, 'verb'],
    ['a change of nothing', { verb: 'update', where: '' }, 'values'],
    ['an unknown field', { verb: 'update', where: '', values: { colour: 1 } }, 'values.colour'],
    ['a field of the system', { verb: 'update', where: '', values: { createdAt: 'x' } }, 'values.createdAt'],
    ['a wrong value', { verb: 'update', where: '', values: { employees: 'many' } }, 'values.employees'],
    ['values for a removal', { verb: 'remove', where: '', values: { name: 'x' } }, 'values'],
  ])('%s', async (_name, what, field) => {
    const { detail } = await refusal(order(admin, what));
    expect(detail.mistakes?.map((mistake) => mistake.field)).toContain(field);
  });

  test('a filter with a mistake', async () => {
    const { code } = await refusal(order(admin, { verb: 'remove', where: 'nmae = "x"' }));
    expect(code).toBe('bad-expression');
  });
});

test('every record that matches is changed, those that are so already are counted apart, and one undo takes all back', async () => {
  const { where } = await accounts(admin, 1100, (index) => (index < 100 ? { description: 'so' } : {}));
  const run = await done(admin, { verb: 'update', where, values: { description: 'so' } });
  expect(run).toMatchObject({
    state: 'done',
    total: 1100,
    changed: 1000,
    unchanged: 100,
    refused: 0,
    left: 0,
  });
  await askUndo(admin, run.id);
  const undone = await through(admin, run.id);
  expect(undone).toMatchObject({ state: 'undone', undo: { done: 1000, of: 1000, refused: 0 } });
  expect(await count(admin, `${where} and description = "so"`)).toBe(100);
  const { rows } = await sql<{ batches: number }>`
    select count(distinct batch)::int as batches from w_main.event where batch = ${run.id}`.execute(admin.db);
  expect(rows[0]?.batches).toBe(1);
});

/** Opportunities of which two aren't lost, so that they can't have a reason for it. */
async function deals(count: number) {
  const { ids } = await accounts(admin, 1);
  const name = `Deal ${batch}`;
  const made = await createRecords(
    admin,
    place.entity('opportunity'),
    Array.from({ length: count }, (_, index) => ({
      name,
      account: ids[0],
      closeDate: '2030-01-01',
      amount: { amount: '10', currency: 'EUR' },
      ...(index < 2 ? { stage: 'qualification' } : { stage: 'closed-lost', lostReason: 'other' }),
    })),
  );
  return { where: `name = "${name}"`, refused: made.slice(0, 2).map(({ id }) => id) };
}

test('what is refused is refused record by record with its reason, and the others are written', async () => {
  const { where, refused } = await deals(60);
  const values = { lostReason: 'price' };
  const trial = await done(admin, { verb: 'update', where, values, dryRun: true }, 'opportunity');
  expect(trial).toMatchObject({ isTrial: true, changed: 58, refused: 2, can: { undo: false } });
  const run = await done(admin, { verb: 'update', where, values }, 'opportunity');
  // A trial wrote nothing, or nothing were left to change.
  expect(run).toMatchObject({ isTrial: false, total: 60, changed: 58, refused: 2 });
  const told = await recordsOut(admin, await readRun(admin, run.id), { outcome: 'refused', limit: 10 });
  expect(told.items.map(({ record }) => record.id).sort()).toEqual([...refused].sort());
  expect(told.items[0]?.reasons).toMatchObject([{ field: 'lostReason' }]);
  let csv = '';
  for await (const piece of refusedCsv(admin, await readRun(admin, run.id))) csv += piece;
  expect(csv.split('\r\n')).toHaveLength(4);
  expect(csv).toContain(refused[0]);
});

test('a record that no longer matches when its turn comes is left, and one changed meanwhile keeps that change', async () => {
  const { where, ids } = await accounts(admin, 510);
  const id = await order(admin, { verb: 'update', where, sort: 'id', values: { description: 'bulk' } });
  let chunks = 0;
  const asker = async (): Promise<Ctx> => {
    chunks += 1;
    if (chunks === 3) {
      const [gone, removed, changed] = ids.slice(-3);
      await updateRecords(admin, place.entity('account'), [
        { id: changed ?? '', values: { phone: '+33142685300' } },
      ]);
      await updateRecords(admin, place.entity('account'), [
        { id: gone ?? '', values: { website: 'https://else.example' } },
      ]);
      await removeRecords(admin, place.entity('account'), [{ id: removed ?? '' }]);
    }
    return admin;
  };
  await runBulk(asker, id);
  expect(await readRun(admin, id)).toMatchObject({
    state: 'done',
    total: 510,
    changed: 508,
    left: 2,
    refused: 0,
  });
  const kept = await listRecords(admin, place.entity('account'), {
    where: `${where} and description = "bulk" and phone is not empty`,
  });
  expect(kept.items.map((each) => each.id)).toEqual([ids.at(-1)]);
});

test('cancelled between chunks it leaves the rest untouched, and what was done is undone', async () => {
  const { where } = await accounts(admin, 1200);
  const id = await order(admin, { verb: 'remove', where });
  let chunks = 0;
  const asker = async (): Promise<Ctx> => {
    chunks += 1;
    if (chunks === 3) await cancelRun(admin, id);
    return admin;
  };
  await expect(runBulk(asker, id)).rejects.toThrow('no longer running');
  expect(await readRun(admin, id)).toMatchObject({
    state: 'cancelled',
    total: 1200,
    position: 500,
    changed: 500,
  });
  expect(await count(admin, where)).toBe(700);
  expect((await refusal(cancelRun(admin, id))).code).toBe('conflict');
  await askUndo(admin, id);
  expect((await through(admin, id)).state).toBe('undone');
  expect(await count(admin, where)).toBe(1200);
});

test('a run of records of several entities is undone also when the one it is told by was retired since', async () => {
  const { ids } = await accounts(admin, 2);
  const run = await done(admin, { verb: 'update', ids, values: { description: 'kept' } });
  await sql`update w_main.bulk_run set entity = 'retired' where id = ${run.id}`.execute(place.system.db);
  await askUndo(admin, run.id);
  expect(await through(admin, run.id)).toMatchObject({ state: 'undone', undo: { done: 2, refused: 0 } });
});

test('a killed run is taken up where it was, and does nothing twice', async () => {
  const { where } = await accounts(admin, 1200);
  const id = await order(admin, { verb: 'update', where, values: { description: 'once' } });
  let chunks = 0;
  const killed = async (): Promise<Ctx> => {
    chunks += 1;
    if (chunks === 4) throw new Error('killed');
    return admin;
  };
  await expect(runBulk(killed, id)).rejects.toThrow('killed');
  expect(await readRun(admin, id)).toMatchObject({ state: 'running', position: 1000 });
  expect(await waitingRuns(place.system)).toEqual([id]);
  expect(await through(admin, id)).toMatchObject({ state: 'done', total: 1200, changed: 1200 });
  const { rows } = await sql<{ events: number }>`
    select count(*)::int as events from w_main.event where batch = ${id}`.execute(admin.db);
  expect(rows[0]?.events).toBe(1200);
});

test('records go to the bin and come out of it again by their ids', async () => {
  const { where, ids } = await accounts(admin, 30);
  expect(await done(admin, { verb: 'remove', ids })).toMatchObject({ total: 30, changed: 30 });
  expect(await done(admin, { verb: 'remove', ids })).toMatchObject({ total: 30, changed: 0, refused: 30 });
  expect(await done(admin, { verb: 'restore', where })).toMatchObject({ total: 30, changed: 30 });
  expect(await count(admin, where)).toBe(30);
});

test('a declared verb is done to each record that it can be done to', async () => {
  const [first, second, third] = await createRecords(admin, place.entity('task'), [
    { subject: 'One' },
    { subject: 'Two' },
    { subject: 'Three' },
  ]);
  const ids = [first?.id ?? '', second?.id ?? '', third?.id ?? ''];
  await done(admin, { verb: 'complete', ids: ids.slice(0, 1) }, 'task');
  const run = await done(admin, { verb: 'complete', ids }, 'task');
  expect(run).toMatchObject({ total: 3, changed: 2, refused: 1 });
  await askUndo(admin, run.id);
  expect((await through(admin, run.id)).undo).toMatchObject({ done: 2, refused: 0 });
});

test('leads are converted as each of them proposes', async () => {
  const leads = await createRecords(admin, place.entity('lead'), [
    { name: { last: 'Moreau' }, company: 'Moreau SA' },
    { name: { last: 'Petit' } },
  ]);
  const run = await done(admin, { verb: 'convert', ids: leads.map(({ id }) => id) }, 'lead');
  expect(run).toMatchObject({ changed: 2, refused: 0 });
  expect(await count(admin, 'name = "Moreau SA"')).toBe(1);
});

test('who asked and is no longer active stops it, with the reason', async () => {
  const leaver = await place.user('Lee', { roles: ['administrator'] });
  await sql`update w_main."user" set roles_ids = (select array_agg(id) from w_main.role where code = 'administrator')
    where id = ${leaver.who.userId}`.execute(place.system.db);
  const { where } = await accounts(admin, 3);
  const id = await order(leaver, { verb: 'remove', where });
  await updateRecords(place.system, place.entity('user'), [
    { id: leaver.who.userId ?? '', values: { active: false } },
  ]);
  expect(await through(admin, id)).toMatchObject({ state: 'failed', changed: 0 });
  expect((await runOut(admin, await readRun(admin, id))).stopped).toContain('no longer an active user');
  expect(await count(admin, where)).toBe(3);
});
