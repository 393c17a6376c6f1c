import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusal } from '../../../test/harness/refusal.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import { text } from '../../fields/text/text.ts';
import { newId } from '../../lib/ids.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import { isLarge, previewBatch, undoWhole } from '../events/batch-door.ts';
import { createRecords, updateRecords } from '../record/verbs.ts';
import { orderUndo } from './order-undo.ts';
import { runUndo } from './run-undo.ts';
import { cancelRun, readRun } from './runs.ts';
import { undoBulk } from './undo-bulk.ts';
import { recordsOut, runOut } from './view.ts';
import { waitingRuns, workOnBulk } from './work.ts';

const same = (said: string) => labels(said, said, said);
const all = { create: 'all', read: 'all', update: 'all', remove: 'all', massChange: 'all' } as const;
const seat = entity({
  name: 'seat',
  plural: 'seats',
  label: { one: same('Seat'), many: same('Seats') },
  title: 'number',
  fields: { number: text({ label: same('Number') }) },
  list: { columns: ['number'], sort: 'number' },
  form: [{ label: same('Seat'), fields: ['number'] }],
  access: { sales: all },
});

const many = 10_200;

let place: TestWorkspace;
let ana: Ctx;
let ben: Ctx;
/** A batch of Ana’s that made as many seats, of which Ben has renamed one. */
let batch: string;
let renamed: string;

beforeAll(async () => {
  place = await testWorkspace({ more: [seat] });
  ana = await withRole('Ana');
  ben = await withRole('Ben');
  batch = newId();
  const ids: string[] = [];
  for (let from = 0; from < many; from += 850) {
    const inputs = Array.from({ length: 850 }, (_, index) => ({ number: `S${from + index}` }));
    ids.push(...(await createRecords({ ...ana, batch }, place.entity('seat'), inputs)).map(({ id }) => id));
  }
  await createRecords({ ...ana, batch }, place.entity('account'), [{ name: 'The theatre' }]);
  renamed = ids[4_000] ?? '';
  await updateRecords(ben, place.entity('seat'), [{ id: renamed, values: { number: 'Mine' } }]);
});
afterAll(() => place.close());

/** A job acts with the roles that stand in the database. */
async function withRole(name: string): Promise<Ctx> {
  const ctx = await place.user(name);
  await sql`update w_main."user" set roles_ids = (select array_agg(id) from w_main.role where code = 'sales')
    where id = ${ctx.who.userId}`.execute(place.system.db);
  return ctx;
}

const live = async (table: string): Promise<number> =>
  (
    await sql<{
      n: number;
    }>`select count(*)::int as n from ${sql.id('w_main', table)} where removed_at is null`.execute(
      place.system.db,
    )
  ).rows[0]?.n ?? 0;
const work = (id: string) =>
  workOnBulk(place.system, id, (error) => {
    throw error;
  });
const told = async (id: string) => runOut(ana, await readRun(ana, id));

test('a batch too large for one request is refused there, and to others than its author everywhere', async () => {
  expect(await isLarge(ana, batch)).toBe(true);
  for (const work of [
    () => undoWhole(ana, batch, { part: true }),
    () => orderUndo(ana, batch, { part: false }),
  ])
    expect((await refusal(work())).detail).toMatchObject({
      message: { code: 'batch-too-large' },
      params: { count: many + 1, max: 10_000 },
    });
  for (const work of [() => isLarge(ben, batch), () => previewBatch(ben, batch)])
    expect((await refusal(work())).detail.message?.code).toBe('batch-not-found');
  expect(await previewBatch(ana, batch)).toMatchObject({ isLarge: true, records: many + 1, undone: [] });
  expect(await live('seat')).toBe(many);
});

test('it is undone as a run: cancelled, asked again, cut short, gone on with, and undone in turn', async () => {
  const first = await orderUndo(ana, batch, { part: true });
  expect(await orderUndo(ana, batch, { part: true })).toBe(first);
  expect(await waitingRuns(place.system)).toEqual([first]);
  expect(await told(first)).toMatchObject({ verb: 'undo', state: 'running', total: many + 1, done: 0 });
  await cancelRun(ana, first);
  await work(first);
  expect(await live('seat')).toBe(many);

  const run = await orderUndo(ana, batch, { part: true });
  const killed = new Error('killed');
  let pieces = 0;
  const untilKilled = async (): Promise<Ctx> => {
    pieces += 1;
    if (pieces > 4) throw killed;
    return { ...ana };
  };
  await expect(runUndo(untilKilled, run)).rejects.toBe(killed);
  pieces = 0;
  const halfway = await told(run);
  expect([halfway.state, halfway.done]).toEqual(['running', 2_000]);
  expect(await live('seat')).toBe(many - 1_999);

  await work(run);
  expect(await told(run)).toMatchObject({
    state: 'done',
    total: many + 1,
    done: many + 1,
    changed: many,
    refused: 1,
    unchanged: 0,
    can: { undo: true },
  });
  expect([await live('seat'), await live('account')]).toEqual([1, 0]);
  const { items } = await recordsOut(ana, await readRun(ana, run), { outcome: 'refused', limit: 10 });
  expect(items).toMatchObject([
    { record: { entity: 'seat', id: renamed, label: 'Mine' }, reasons: [{ code: 'changed-since' }] },
  ]);
  const [one] = (await recordsOut(ana, await readRun(ana, run), { limit: 1 })).items;
  expect(one?.record.entity).toBe('account');

  // Its events are a batch like any other: whoever asks at the door of batches asks for the undo of the run.
  expect(await orderUndo(ana, run, { part: true })).toBe(run);
  expect((await refusal(orderUndo(ana, run, { part: true }))).detail.message?.code).toBe('bulk-wrong-state');
  await expect(undoBulk(untilKilled, run)).rejects.toBe(killed);
  // What is still being written can’t be undone yet.
  const unfinished = (await told(run)).undo?.batch ?? '';
  expect((await refusal(orderUndo(ana, unfinished, { part: true }))).detail.message?.code).toBe(
    'batch-still-written',
  );
  await work(run);
  expect(await told(run)).toMatchObject({ state: 'undone', undo: { done: many, refused: 0 } });
  expect([await live('seat'), await live('account')]).toEqual([many, 1]);

  // The undo of a large run has no door of its own: it is a large batch in turn.
  const redo = (await told(run)).undo?.batch ?? '';
  const again = await orderUndo(ana, redo, { part: true });
  expect(again).not.toBe(run);
  await work(again);
  expect(await told(again)).toMatchObject({ state: 'done', changed: many, refused: 0 });
  expect([await live('seat'), await live('account')]).toEqual([1, 0]);
});
