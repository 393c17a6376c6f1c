import { sql } from 'kysely';
import type { ImportStateName } from '../../model/import.ts';
import type { Ctx } from '../ctx.ts';
import { inTransaction } from '../record/transaction.ts';
import { importedEntity, readTable } from './batch.ts';
import { chunksOf } from './chunks.ts';
import { createValues, newValues, withValues } from './new-values.ts';
import { type ImportPlan, planImport } from './plan.ts';
import { planNotes } from './plan-notes.ts';
import { type Report, withTally } from './report.ts';
import { clearRows, keepRows } from './row-store.ts';
import { type StoredBatch, selectBatches, writeBatch } from './stored-batch.ts';
import type { ChunkDone } from './write-rows.ts';
import { writeSafely } from './write-safely.ts';

/** Thrown when an import was stopped from outside while it worked. */
export class ImportGone extends Error {}

/** The context in which an import writes: under its own batch, through the door `import`. */
const writing = (ctx: Ctx, id: string): Ctx => ({ ...ctx, door: 'import', batch: id });

/**
 * Goes through with a run, from where it stands: each chunk is one transaction that holds records, outcomes and the
 * position, so that a killed import is taken up where it was, nothing lost and nothing double. `beforeChunk` answers as
 * whom to go on: who lost a role meanwhile goes on without it.
 */
export async function runImport(ctx: Ctx, id: string, beforeChunk?: () => Promise<Ctx>): Promise<void> {
  let batch = await currentBatch(ctx, id, 'running');
  const { plan, report } = await prepareRun(writing(ctx, id), batch);
  batch = { ...batch, report };
  let start = 0;
  for (const chunk of chunksOf(plan)) {
    const end = start + chunk.length;
    if (end > batch.position) {
      const asker = (await beforeChunk?.()) ?? ctx;
      importedEntity(asker, batch.entity);
      batch = await runChunk({ ...writing(asker, id), now: new Date() }, plan, batch, chunk);
    }
    start = end;
  }
  await proceed(ctx, id, 'running', { state: 'done', finishedAt: new Date() });
}

async function currentBatch(ctx: Ctx, id: string, state: ImportStateName): Promise<StoredBatch> {
  const [batch] = await selectBatches(ctx, sql`b.id = ${id} and b.state = ${state}`);
  if (!batch) throw new ImportGone(`the import ${id} is no longer ${state}`);
  return batch;
}

async function proceed(
  ctx: Ctx,
  id: string,
  state: ImportStateName,
  changes: Parameters<typeof writeBatch>[3],
): Promise<void> {
  if (!(await writeBatch(ctx, id, [state], changes)))
    throw new ImportGone(`the import ${id} is no longer ${state}`);
}

/** Reads the file, adds the new list values, keeps what can be said beforehand; once, however often it is taken up. */
async function prepareRun(ctx: Ctx, batch: StoredBatch): Promise<{ plan: ImportPlan; report: Report }> {
  const entity = importedEntity(ctx, batch.entity);
  const table = await readTable(ctx, batch.id);
  const plan = planImport(ctx, entity, table, batch.mapping);
  const added = newValues(ctx, [...plan.values.values()]);
  const isFresh = batch.position === 0 && batch.report.notes.length === 0;
  const report = isFresh ? { ...batch.report, notes: planNotes(ctx, plan, added) } : batch.report;
  await inTransaction(ctx, async (inner) => {
    if (batch.position === 0) await clearRows(inner, batch.id);
    await createValues(inner, added);
    await proceed(inner, batch.id, 'running', { report });
  });
  if (added.length > 0) await ctx.workspace.refresh();
  return { plan, report };
}

function runChunk(
  ctx: Ctx,
  plan: ImportPlan,
  batch: StoredBatch,
  chunk: readonly number[],
): Promise<StoredBatch> {
  return inTransaction(ctx, async (inner) => {
    const done = await writeSafely(inner, plan, chunk);
    await keepRows(inner, batch.id, plan, done.outcomes);
    const after = counted(batch, done);
    await proceed(inner, batch.id, 'running', progressOf(after));
    return after;
  });
}

/**
 * The same as a run in one transaction that is rolled back: the same counts, refusals and notes, and nothing written
 * but the outcomes.
 */
export async function checkImport(ctx: Ctx, id: string, beforeChunk?: () => Promise<Ctx>): Promise<void> {
  let batch: StoredBatch = {
    ...(await currentBatch(ctx, id, 'checking')),
    position: 0,
    created: 0,
    updated: 0,
    skipped: 0,
    failed: 0,
  };
  const entity = importedEntity(ctx, batch.entity);
  const table = await readTable(ctx, id);
  const plan = planImport(ctx, entity, table, batch.mapping);
  const added = newValues(ctx, [...plan.values.values()]);
  batch = { ...batch, report: { ...batch.report, notes: planNotes(ctx, plan, added) } };
  const workspace = withValues(ctx.workspace, added);
  const outcomes: ChunkDone['outcomes'][number][] = [];
  const rolledBack = new Error('a check writes nothing');
  try {
    await ctx.db.transaction().execute(async (db) => {
      for (const chunk of chunksOf(plan)) {
        const asker = (await beforeChunk?.()) ?? ctx;
        importedEntity(asker, batch.entity);
        const done = await writeSafely(
          { ...writing(asker, id), workspace, db, isTrial: true, now: new Date() },
          plan,
          chunk,
        );
        outcomes.push(...done.outcomes);
        batch = counted(batch, done);
        await proceed(ctx, id, 'checking', progressOf(batch));
      }
      throw rolledBack;
    });
  } catch (error) {
    if (error !== rolledBack) throw error;
  }
  await inTransaction(ctx, async (inner) => {
    await clearRows(inner, id);
    for (let from = 0; from < outcomes.length; from += 1000)
      await keepRows(inner, id, plan, outcomes.slice(from, from + 1000).map(unwritten));
    await proceed(inner, id, 'checking', { ...progressOf(batch), state: 'checked', finishedAt: new Date() });
  });
}

/** What a check tells of a row: a record it would have created has no id. */
const unwritten = (outcome: ChunkDone['outcomes'][number]): ChunkDone['outcomes'][number] =>
  outcome.outcome === 'created' ? { ...outcome, record: null } : outcome;

function counted(batch: StoredBatch, { outcomes, tally }: ChunkDone): StoredBatch {
  const of = (outcome: string): number => outcomes.filter((each) => each.outcome === outcome).length;
  return {
    ...batch,
    position: batch.position + outcomes.length,
    created: batch.created + of('created'),
    updated: batch.updated + of('updated'),
    skipped: batch.skipped + of('skipped'),
    failed: batch.failed + of('failed'),
    report: withTally(batch.report, tally),
  };
}

const progressOf = ({ position, created, updated, skipped, failed, report }: StoredBatch) => ({
  position,
  created,
  updated,
  skipped,
  failed,
  report,
});
