import { sql } from 'kysely';
import type { ImportStateName } from '../../model/import.ts';
import type { Ctx } from '../ctx.ts';
import { inTransaction } from '../record/transaction.ts';
import { noCounts, readValues } from './batch.ts';
import { chunksOf } from './chunks.ts';
import { readTable } from './files.ts';
import { importedEntity } from './imported-entity.ts';
import { createValues, type NewValue, newValues, withValues } from './new-values.ts';
import type { CsvTable } from './parse-csv.ts';
import { type ImportPlan, planImport } from './plan.ts';
import { planNotes } from './plan-notes.ts';
import type { FileRow, TableReader } from './read/table-reader.ts';
import { type Report, withTally } from './report.ts';
import { clearRows, keepRows } from './row-store.ts';
import { inOrder } from './set-order.ts';
import { ofSet, type StoredBatch, selectBatches, writeBatch, writeBatches } from './stored-batch.ts';
import type { ChunkDone } from './write-rows.ts';
import { writeSafely } from './write-safely.ts';

/** Thrown when an import was stopped from outside while it worked. */
export class ImportGone extends Error {}

/** The context in which an import writes: under its own batch, through the door `import`. */
const writing = (ctx: Ctx, id: string): Ctx => ({ ...ctx, door: 'import', batch: id });

/**
 * Goes through with the run of a set, from where it stands: each chunk is one transaction that holds records, outcomes
 * and the position, so that a killed import is taken up where it was, nothing lost and nothing double. `beforeChunk`
 * answers as whom to go on: who lost a role meanwhile goes on without it.
 */
export async function runSet(ctx: Ctx, set: string, beforeChunk?: () => Promise<Ctx>): Promise<void> {
  for (const file of inOrder(ctx, await filesIn(ctx, set, 'running'))) {
    let batch = file;
    if (batch.position >= batch.rows) continue;
    const { plan, report } = await prepareRun(writing(ctx, batch.id), batch);
    batch = { ...batch, report };
    let start = 0;
    for (const chunk of chunksOf(plan)) {
      const end = start + chunk.length;
      if (end > batch.position) {
        const asker = (await beforeChunk?.()) ?? ctx;
        importedEntity(asker, batch.entity);
        batch = await runChunk({ ...writing(asker, batch.id), now: new Date() }, plan, batch, chunk);
      }
      start = end;
    }
  }
  const changes = { state: 'done', finishedAt: new Date() } as const;
  if ((await writeBatches(ctx, ofSet(set), ['running'], changes)) === 0) throw gone(set, 'running');
}

/** The files of a set that is in this state. */
async function filesIn(ctx: Ctx, set: string, state: ImportStateName): Promise<readonly StoredBatch[]> {
  const files = await selectBatches(ctx, sql`${ofSet(set)} and b.state = ${state}`, 1000);
  if (files.length === 0) throw gone(set, state);
  return files.toReversed();
}

const gone = (id: string, state: ImportStateName): ImportGone =>
  new ImportGone(`the import ${id} is no longer ${state}`);

async function proceed(
  ctx: Ctx,
  id: string,
  state: ImportStateName,
  changes: Parameters<typeof writeBatch>[3],
): Promise<void> {
  if (!(await writeBatch(ctx, id, [state], changes))) throw gone(id, state);
}

/** Reads the file, adds the new list values, keeps what can be said beforehand; once, however often it is taken up. */
async function prepareRun(ctx: Ctx, batch: StoredBatch): Promise<{ plan: ImportPlan; report: Report }> {
  const { plan, added } = await planOf(ctx, batch);
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

async function planOf(
  ctx: Ctx,
  batch: StoredBatch,
): Promise<{ readonly plan: ImportPlan; readonly added: readonly NewValue[] }> {
  const entity = importedEntity(ctx, batch.entity);
  const table = await loaded(await readTable(ctx, batch.id));
  const plan = planImport(ctx, entity, table, batch.mapping, await readValues(ctx, batch.id));
  return { plan, added: newValues(ctx, [...plan.values.values()]) };
}

async function loaded({ headers, delimiter, rows }: TableReader): Promise<CsvTable> {
  const all: FileRow[] = [];
  for await (const row of rows()) all.push(row);
  return { headers, delimiter, rows: all };
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
export async function checkSet(ctx: Ctx, set: string, beforeChunk?: () => Promise<Ctx>): Promise<void> {
  const rolledBack = new Error('a check writes nothing');
  const files = inOrder(ctx, await filesIn(ctx, set, 'checking'));
  for (const { id } of files) await clearRows(ctx, id);
  try {
    await ctx.db.transaction().execute(async (db) => {
      let { workspace } = ctx;
      for (const file of files) {
        const { plan, added } = await planOf({ ...ctx, workspace }, file);
        workspace = withValues(workspace, added);
        let batch: StoredBatch = { ...file, ...noCounts };
        batch = { ...batch, report: { ...batch.report, notes: planNotes(ctx, plan, added) } };
        for (const chunk of chunksOf(plan)) {
          const asker = (await beforeChunk?.()) ?? ctx;
          importedEntity(asker, batch.entity);
          const now = new Date();
          const trial: Ctx = { ...writing(asker, file.id), workspace, db, isTrial: true, now };
          const done = await writeSafely(trial, plan, chunk);
          await keepRows(ctx, file.id, plan, done.outcomes.map(unwritten));
          batch = counted(batch, done);
          await proceed(ctx, file.id, 'checking', progressOf(batch));
        }
      }
      throw rolledBack;
    });
  } catch (error) {
    if (error !== rolledBack) throw error;
  }
  const changes = { state: 'checked', finishedAt: new Date() } as const;
  if ((await writeBatches(ctx, ofSet(set), ['checking'], changes)) === 0) throw gone(set, 'checking');
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
    merged: batch.merged + of('merged'),
    skipped: batch.skipped + of('skipped'),
    failed: batch.failed + of('failed'),
    report: withTally(batch.report, tally),
  };
}

const progressOf = ({ position, created, updated, merged, skipped, failed, report }: StoredBatch) => ({
  position,
  created,
  updated,
  merged,
  skipped,
  failed,
  report,
});
