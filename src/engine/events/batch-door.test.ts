import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mistakes, refusal } from '../../../test/harness/refusal.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import { text } from '../../fields/text/text.ts';
import { newId } from '../../lib/ids.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import { readRecord } from '../query/read.ts';
import { createRecords, updateRecords } from '../record/verbs.ts';
import { previewBatch, undoWhole } from './batch-door.ts';
import { undoBatch } from './undo-batch.ts';

const same = (said: string) => labels(said, said, said);
const seat = entity({
  name: 'seat',
  plural: 'seats',
  label: { one: same('Seat'), many: same('Seats') },
  title: 'number',
  fields: { number: text({ label: same('Number'), required: true, unique: true }) },
  list: { columns: ['number'], sort: 'number' },
  form: [{ label: same('Seat'), fields: ['number'] }],
  access: { sales: { create: 'all', read: 'all', update: 'all', remove: 'all', massChange: 'all' } },
});

let place: TestWorkspace;
let ana: Ctx;
let ben: Ctx;

beforeAll(async () => {
  place = await testWorkspace({ more: [seat] });
  ana = await place.user('Ana Díaz', { teams: ['North'] });
  ben = await place.user('Ben Noël', { teams: ['North'] });
});
afterAll(() => place.close());

const inBatch = (ctx: Ctx): Ctx & { readonly batch: string } => ({ ...ctx, batch: newId() });
const one = async (ctx: Ctx, name: string, input: Record<string, unknown>): Promise<string> =>
  (await createRecords(ctx, place.entity(name), [input]))[0]?.id ?? '';
const events = async (): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from w_main.event`.execute(place.system.db)).rows[0]
    ?.n ?? 0;
const seats = () => place.entity('seat');

describe('a batch', () => {
  it('of somebody else is nobody’s to look at or undo', async () => {
    const batch = inBatch(ana);
    await one(batch, 'account', { name: 'Hers' });
    for (const work of [
      () => previewBatch(ben, batch.batch),
      () => undoWhole(ben, batch.batch),
      () => previewBatch(ana, newId()),
    ])
      expect((await refusal(work())).detail.message?.code).toBe('batch-not-found');
  });

  it('shows what undoing it would do, and changes nothing by that', async () => {
    const changed = await one(ana, 'account', { name: 'Old' });
    const batch = inBatch(ana);
    const made = await one(batch, 'account', { name: 'Made' });
    await updateRecords(batch, place.entity('account'), [{ id: changed, values: { name: 'New' } }]);
    await one(ana, 'opportunity', { name: 'Later deal', account: made, closeDate: '2027-01-31' });
    const before = await events();
    const preview = await previewBatch(ana, batch.batch);
    expect(preview).toMatchObject({
      batch: batch.batch,
      actor: { label: 'Ana Díaz' },
      isImport: false,
      isLarge: false,
      records: 2,
      removed: 1,
      updated: 1,
      refused: 0,
      stillNamed: [{ entity: 'account', id: made, by: 'opportunity', field: 'account', count: 1 }],
    });
    expect(await events()).toBe(before);
    expect(await readRecord(ana, place.entity('account'), made)).toMatchObject({ name: 'Made' });
  });

  it('is undone whole or, where records stand in the way, only when a part is enough', async () => {
    const [free, held] = [
      await one(ana, 'account', { name: 'F1' }),
      await one(ana, 'account', { name: 'H1' }),
    ];
    const batch = inBatch(ana);
    await updateRecords(batch, place.entity('account'), [
      { id: free, values: { name: 'F2' } },
      { id: held, values: { name: 'H2' } },
    ]);
    await updateRecords(place.system, place.entity('account'), [{ id: held, values: { name: 'H3' } }]);
    const refused = await refusal(undoWhole(ana, batch.batch));
    expect(refused.code).toBe('conflict');
    expect(mistakes(refused)).toEqual([[`account/${held}.name`, 'changed-since']]);
    expect(await readRecord(ana, place.entity('account'), free)).toMatchObject({ name: 'F2' });
    const done = await undoWhole(ana, batch.batch, { part: true });
    expect(done).toMatchObject({ updated: 1, refused: 1, inTheWay: [{ id: held, label: 'H3' }] });
    expect(await readRecord(ana, place.entity('account'), free)).toMatchObject({ name: 'F1' });
  });

  it('that swapped unique values, or handed them round, gives each its own back', async () => {
    const ids = [await one(ana, 'seat', { number: '1' }), await one(ana, 'seat', { number: '2' })];
    ids.push(await one(ana, 'seat', { number: '3' }));
    const batch = inBatch(ana);
    const numbers = async () =>
      Promise.all(ids.map(async (id) => (await readRecord(ana, seats(), id))['number']));
    await updateRecords(
      batch,
      seats(),
      ids.map((id, index) => ({ id, values: { number: ['2', '3', '1'][index] } })),
    );
    expect(await numbers()).toEqual(['2', '3', '1']);
    await undoWhole(ana, batch.batch);
    expect(await numbers()).toEqual(['1', '2', '3']);
    // A value that stays where it is can’t be taken all the same.
    const taken = ids.slice(0, 2).map((id) => ({ id, values: { number: '3' } }));
    expect(mistakes(await refusal(updateRecords(ana, seats(), taken)))).toContainEqual([
      '[0].number',
      'not-unique',
    ]);
    expect(await numbers()).toEqual(['1', '2', '3']);
  });

  it('undone and redone leaves the records as the batch made them', async () => {
    const batch = inBatch(ana);
    const id = await one(batch, 'account', { name: 'Round trip' });
    const undone = await undoWhole(ana, batch.batch);
    expect((await undoBatch(ana, undone.batch)).refused).toEqual([]);
    expect(await readRecord(ana, place.entity('account'), id)).toMatchObject({ name: 'Round trip' });
  });
});
