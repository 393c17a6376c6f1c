import type { Ctx } from '../ctx.ts';
import { clearAside, putAside, takeBack } from './aside.ts';
import { noCounts } from './batch.ts';
import { importFiles } from './import-files.ts';
import { importedEntity } from './imported-entity.ts';
import { withValues } from './new-values.ts';
import { planNotes } from './plan-notes.ts';
import { countsAfter, filesIn, finish, proceed, progressOf, refuseLoss, writing } from './progress.ts';
import { clearRows, keepRows, tellRows } from './row-store.ts';
import { planOf } from './run.ts';
import { inOrder } from './set-order.ts';
import type { StoredBatch } from './stored-batch.ts';
import type { RowOutcome } from './write-rows.ts';
import type { Writer } from './writer.ts';

/**
 * The same as a run in one transaction that is rolled back: the same counts, refusals and notes, and nothing written
 * but the outcomes.
 */
export async function checkSet(ctx: Ctx, set: string, beforeChunk?: () => Promise<Ctx>): Promise<void> {
  const files = inOrder(ctx, await filesIn(ctx, set, 'checking')).map((file) => ({ ...file, ...noCounts }));
  for (const { id } of files) {
    await clearRows(ctx, id);
    await clearAside(ctx, id);
  }
  const rolledBack = new Error('a check writes nothing');
  try {
    await ctx.db.transaction().execute(async (db) => {
      const current = new Map<string, StoredBatch>();
      await importFiles(files, onTrial(ctx, { ...ctx, db, isTrial: true }, current, beforeChunk));
      refuseLoss(files, current);
      throw rolledBack;
    });
  } catch (error) {
    if (error !== rolledBack) throw error;
  }
  await finish(ctx, files, 'checking');
}

/** Writes records into the transaction of `trial`, and what became of the rows beside it. */
function onTrial(
  ctx: Ctx,
  trial: Ctx,
  current: Map<string, StoredBatch>,
  beforeChunk?: () => Promise<Ctx>,
): Writer {
  let { workspace } = trial;
  return {
    get look() {
      return { ...trial, workspace };
    },
    async begin(file) {
      const { on, added } = await planOf({ ...ctx, workspace }, file);
      workspace = withValues(workspace, added);
      current.set(file.id, {
        ...file,
        report: { ...file.report, notes: planNotes(ctx, on.plan, added), tally: {} },
      });
      return on;
    },
    async write({ file, plan }, work, waited = false) {
      const asker = (await beforeChunk?.()) ?? ctx;
      importedEntity(asker, file.entity);
      const { db } = trial;
      const inner: Ctx = { ...writing(asker, file.id), workspace, db, isTrial: true, now: new Date() };
      const done = await work(inner);
      if (waited)
        await takeBack(
          inner,
          file.id,
          done.outcomes.map(({ row }) => row),
        );
      await putAside(inner, file.id, [...done.aside, ...done.open]);
      await keepRows(ctx, file.id, plan, done.outcomes.map(unwritten));
      await tellRows(ctx, file.id, done.told);
      const after = countsAfter(current.get(file.id) ?? file, done);
      await proceed(ctx, file, 'checking', progressOf(after));
      current.set(file.id, after);
      return done;
    },
    undone: ({ reader }) => reader.rows(),
  };
}

/** What a check tells of a row: a record it would have created has no id. */
const unwritten = (outcome: RowOutcome): RowOutcome =>
  outcome.outcome === 'created' ? { ...outcome, record: null } : outcome;
