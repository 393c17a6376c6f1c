import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import { newId } from '../../lib/ids.ts';
import type { Ctx } from '../ctx.ts';
import { listRecords } from '../query/list.ts';
import { createRecords, updateRecords } from '../record/verbs.ts';
import { recordsBefore } from './batch-records.ts';
import { type UndoProgress, undoBatch, undoSteps } from './undo-batch.ts';

let place: TestWorkspace;
let ana: Ctx;
let ben: Ctx;

beforeAll(async () => {
  place = await testWorkspace();
  ana = await place.user('Ana Díaz', { teams: ['North'] });
  ben = await place.user('Ben Noël', { teams: ['North'] });
});
afterAll(() => place.close());

const account = () => place.entity('account');
const inBatch = (ctx: Ctx): Ctx & { readonly batch: string } => ({ ...ctx, batch: newId(), door: 'import' });

/** So many accounts, made and then renamed in one batch. */
async function madeAndRenamed(ctx: Ctx, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let from = 0; from < count; from += 300) {
    const inputs = Array.from({ length: Math.min(300, count - from) }, (_, at) => ({
      name: `A${from + at}`,
      website: `https://${ctx.batch}.example`,
    }));
    ids.push(...(await createRecords(ctx, account(), inputs)).map(({ id }) => id));
  }
  for (let from = 0; from < count; from += 300)
    await updateRecords(
      ctx,
      account(),
      ids.slice(from, from + 300).map((id) => ({ id, values: { name: 'Renamed' } })),
    );
  return ids;
}

const live = async (batch: string): Promise<number | null> =>
  (
    await listRecords(ana, account(), {
      where: `website = "https://${batch}.example"`,
      limit: 1,
      count: 'exact',
    })
  ).total;

const eventsUnder = async (batch: string): Promise<number> =>
  (
    await sql<{ n: number }>`select count(*)::int as n from w_main.event where batch = ${batch}`.execute(
      place.system.db,
    )
  ).rows[0]?.n ?? 0;

describe('an undo of many records', () => {
  it('comes to each record once, the latest first, however often the batch wrote it', async () => {
    const batch = inBatch(ana);
    const ids = await madeAndRenamed(batch, 700);
    const seen: string[] = [];
    for (let last = null; ; ) {
      const page = await recordsBefore(ana, batch.batch, last, 300);
      seen.push(...page.map(({ record }) => record));
      last = page.at(-1)?.last ?? last;
      if (page.length < 300) break;
    }
    expect(seen).toEqual([...ids].reverse());
    expect(await recordsBefore(ben, batch.batch, null, 300)).toEqual([]);
  });

  it('that was cut short goes on where it was, under the same batch, and does nothing twice', async () => {
    const batch = inBatch(ana);
    await madeAndRenamed(batch, 1200);
    let kept: UndoProgress | undefined;
    for await (const { progress } of undoSteps(ana, batch.batch)) {
      // The second piece is written, but the worker is killed before it has noted so.
      if (kept) break;
      kept = progress;
    }
    expect(kept).toMatchObject({ of: 1200, reached: 500, refused: 0 });
    expect(await live(batch.batch)).toBe(200);
    const rights: number[] = [];
    const report = await undoBatch(
      ana,
      batch.batch,
      async (done, of) => {
        rights.push(done / of);
        return ana;
      },
      JSON.parse(JSON.stringify(kept)) as UndoProgress,
    );
    expect(report).toMatchObject({ batch: kept?.batch, undone: 1200, refusedCount: 0 });
    expect(rights).toEqual([1000 / 1200, 1]);
    expect(await live(batch.batch)).toBe(0);
    expect(await eventsUnder(report.batch)).toBe(1200);
    expect(await undoBatch(ana, report.batch)).toMatchObject({ undone: 1200, refusedCount: 0 });
    expect(await live(batch.batch)).toBe(1200);
  });

  it('leaves alone, one by one, those that somebody changed since in the same field', async () => {
    const made = await createRecords(
      ana,
      account(),
      Array.from({ length: 600 }, () => ({ name: 'Old' })),
    );
    const ids = made.map(({ id }) => id);
    const batch = inBatch(ana);
    await updateRecords(
      batch,
      account(),
      ids.map((id) => ({ id, values: { name: 'New' } })),
    );
    const [same = '', other = ''] = ids;
    await updateRecords(place.system, account(), [{ id: same, values: { name: 'Theirs' } }]);
    await updateRecords(place.system, account(), [{ id: other, values: { phone: '+33142685300' } }]);
    const report = await undoBatch(ana, batch.batch);
    expect(report).toMatchObject({ undone: 599, refusedCount: 1, refused: [{ id: same }] });
    const kept = await listRecords(ana, account(), {
      where: 'name = "Old" and phone is not empty',
      limit: 10,
    });
    expect(kept.items.map(({ id }) => id)).toEqual([other]);
  });

  it('goes on with the rights that its asker has by then', async () => {
    const batch = inBatch(ana);
    const made = await createRecords(
      ana,
      account(),
      Array.from({ length: 700 }, () => ({ name: 'Old' })),
    );
    await updateRecords(
      batch,
      account(),
      made.map(({ id }) => ({ id, values: { name: 'New' } })),
    );
    const report = await undoBatch(ana, batch.batch, async () => ({
      ...ana,
      who: { ...ana.who, roles: [] },
    }));
    expect(report).toMatchObject({ undone: 500, refusedCount: 200 });
    expect(report.refused[0]?.mistakes[0]?.message.code).toBe('record-not-writable');
  });
});
