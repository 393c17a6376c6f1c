import { sql } from 'kysely';
import { keepableJson } from '../../lib/keepable.ts';
import type { BulkOutcome, BulkStateName } from '../../model/bulk.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Ctx } from '../ctx.ts';
import { inTransaction } from '../record/transaction.ts';
import { actOf, type BulkAct } from './act.ts';
import type { Treated } from './do-safely.ts';
import { noteMatching } from './snapshot.ts';
import { type StoredRun, selectRuns, writeRun } from './stored-run.ts';
import { treat } from './treat.ts';

/** Records per transaction. */
const chunkSize = 500;

/** Thrown when a run was cancelled, or its worker stops, while it worked. */
export class BulkGone extends Error {}

/** The context in which a run writes: under its own batch, through the door at which it was asked for. */
const writing = (ctx: Ctx, { id, plan }: StoredRun): Ctx => ({
  ...ctx,
  door: plan.door,
  batch: id,
  now: new Date(),
});

/**
 * Goes through with a run from where it stands. `asker` answers the context of who asked, with the rights he has now;
 * it is asked anew for each chunk. A chunk is one transaction that holds the records, what became of them and the
 * position, so that a killed run is taken up where it was, nothing lost and nothing done twice.
 */
export async function runBulk(asker: () => Promise<Ctx>, id: string): Promise<void> {
  let run = await findRecords(await asker(), id);
  while (run.position < (run.total ?? 0)) {
    const ctx = writing(await asker(), run);
    const act = actOf(ctx, entityOf(ctx.workspace.model, run.entity), run.verb, run.plan);
    run = await (run.plan.isTrial ? tryChunk : runChunk)(ctx, act, run);
    if (act.entity.setup) await ctx.workspace.refresh();
  }
  await proceed(await asker(), id, { state: 'done', finishedAt: new Date() });
}

/** Notes which records are meant, once. */
async function findRecords(ctx: Ctx, id: string): Promise<StoredRun> {
  return inTransaction(ctx, async (inner) => {
    const run = await current(inner, id, 'running');
    if (run.total !== null) return run;
    const entity = entityOf(inner.workspace.model, run.entity);
    const { removed } = actOf(inner, entity, run.verb, run.plan);
    const { where, sort } = run.plan;
    const total = await noteMatching(inner, entity, id, { where: where ?? '', sort, removed });
    await proceed(inner, id, { total });
    return { ...run, total };
  });
}

/** The run, as long as it is in that state. */
async function current(ctx: Ctx, id: string, state: BulkStateName): Promise<StoredRun> {
  const [run] = await selectRuns(ctx, sql`b.id = ${id} and b.state = ${state}`);
  if (!run) throw new BulkGone(`the bulk run ${id} is no longer ${state}`);
  return run;
}

/** Keeps how far a run is, as long as it is wanted and stands where its worker left it. */
export async function proceed(
  ctx: Ctx,
  id: string,
  changes: Parameters<typeof writeRun>[3],
  from?: number,
): Promise<void> {
  if (!(await writeRun(ctx, id, ['running'], changes, from)))
    throw new BulkGone(`the bulk run ${id} is no longer running`);
}

const runChunk = (ctx: Ctx, act: BulkAct, run: StoredRun): Promise<StoredRun> =>
  inTransaction(ctx, async (inner) => {
    const records = await chunkOf(inner, run);
    return keep(inner, run, records, await treat(inner, act, run.plan.where, records));
  });

/** The same, with all that is written taken back but what would become of the records. */
async function tryChunk(ctx: Ctx, act: BulkAct, run: StoredRun): Promise<StoredRun> {
  const records = await chunkOf(ctx, run);
  const tried = new TakenBack();
  try {
    await inTransaction({ ...ctx, isTrial: true }, async (inner) => {
      tried.treated = await treat(inner, act, run.plan.where, records);
      throw tried;
    });
  } catch (error) {
    if (error !== tried) throw error;
  }
  return inTransaction(ctx, (inner) => keep(inner, run, records, tried.treated));
}

/** Carries what a trial found out of its transaction. */
class TakenBack extends Error {
  treated: readonly Treated[] = [];
}

async function chunkOf(ctx: Ctx, run: StoredRun): Promise<readonly string[]> {
  const { rows } = await sql<{ record: string }>`
    select record from ${sql.id(ctx.workspace.schema, 'bulk_row')}
    where run = ${run.id} and place > ${run.position} order by place limit ${chunkSize}`.execute(ctx.db);
  if (rows.length === 0) throw new Error(`the bulk run ${run.id} has fewer records than its total`);
  return rows.map(({ record }) => record);
}

/** Keeps what became of the records, and how far the run is by that. */
async function keep(
  ctx: Ctx,
  run: StoredRun,
  records: readonly string[],
  treated: readonly Treated[],
): Promise<StoredRun> {
  const rows = treated.map(({ record, outcome, mistakes }) => ({
    record,
    outcome,
    mistakes: outcome === 'refused' ? mistakes.map(({ value: _value, ...said }) => said) : null,
  }));
  await sql`
    update ${sql.id(ctx.workspace.schema, 'bulk_row')} b set outcome = r.outcome, mistakes = r.mistakes
    from jsonb_to_recordset(${keepableJson(rows)}::jsonb) as r(record uuid, outcome text, mistakes jsonb)
    where b.run = ${run.id} and b.record = r.record
      and b.place > ${run.position} and b.place <= ${run.position + records.length}`.execute(ctx.db);
  const count = (outcome: BulkOutcome): number => treated.filter((each) => each.outcome === outcome).length;
  const reached = {
    position: run.position + records.length,
    changed: run.changed + count('changed'),
    unchanged: run.unchanged + count('unchanged'),
    refused: run.refused + count('refused'),
    left: run.left + count('left'),
  };
  // A worker whose claim was lost with its connection may still be at work: the records are treated once.
  await proceed(ctx, run.id, reached, run.position);
  return { ...run, ...reached };
}
