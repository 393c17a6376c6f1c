import { message } from '../../lib/message.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Ctx } from '../ctx.ts';
import { inTransaction } from '../record/transaction.ts';
import { removeRecords } from '../record/verbs.ts';
import { clearAside } from './aside.ts';
import {
  forItself,
  inState,
  isOpen,
  isStopped,
  mayTakeBack,
  mayWorkOn,
  noCounts,
  openStates,
  readAnalysis,
  readBatch,
  readSet,
  refuseOnlySeeing,
} from './batch.ts';
import { fileMistakes } from './file-mistakes.ts';
import { dropFile } from './files.ts';
import { importedEntity } from './imported-entity.ts';
import { emptyReport } from './report.ts';
import { clearRows } from './row-store.ts';
import { holdSet, ofSet, type StoredBatch, writeBatch, writeBatches } from './stored-batch.ts';

const undoBegun = message(
  'import-undo-begun',
  'Part of this import was undone already, so it can’t go on: undo the rest, then import the files anew.',
  'Une partie de cette importation a déjà été annulée : elle ne peut pas reprendre. Annulez le reste, puis importez à nouveau les fichiers.',
  'Parte de esta importación ya se deshizo, por lo que no puede continuar: deshaga el resto y vuelva a importar los archivos.',
);

/** Starts a check, a run or an undo of a set: from here on a job goes through with it. A run that stopped goes on. */
export async function startSet(ctx: Ctx, set: string, what: 'check' | 'run' | 'undo'): Promise<void> {
  const files = await readSet(ctx, set);
  refuseOnlySeeing(ctx, files, what === 'undo' ? mayTakeBack : mayWorkOn);
  for (const file of files) importedEntity(ctx, file.entity);
  if (what === 'undo') return startUndo(ctx, files);
  const mistakes = await mistakesOf(ctx, files);
  if (mistakes.length > 0) throw new Problem('invalid', { mistakes });
  const isFresh = isOpen(files);
  if (!isFresh && isUndoBegun(files)) throw new Problem('conflict', { message: undoBegun });
  if (!isFresh && (what === 'check' || !files.every(({ state }) => isStopped(state)))) throw refusal(files);
  const state = what === 'check' ? 'checking' : 'running';
  await inTransaction(ctx, async (inner) => {
    for (const { id, report, startedAt } of files) {
      const goingOn = { ...report, begunAt: report.begunAt ?? (startedAt ?? new Date()).toISOString() };
      const isStarted = await writeBatch(inner, id, isFresh ? openStates : ['failed', 'cancelled'], {
        state,
        report: { ...(isFresh ? emptyReport : goingOn), stopped: null, asker: ctx.who.userId },
        startedAt: new Date(),
        finishedAt: null,
        ...(isFresh ? noCounts : {}),
      });
      if (!isStarted) throw inState(await readBatch(ctx, id));
    }
    // A file that joined meanwhile wasn't looked at.
    const late = (await readSet(inner, set)).find((file) => file.state !== state);
    if (late) throw inState(late);
  });
}

/** Starts an undo: of what was written before a stop too. */
async function startUndo(ctx: Ctx, files: readonly StoredBatch[]): Promise<void> {
  if (!canUndo(files)) throw refusal(files);
  await inTransaction(ctx, async (inner) => {
    for (const { id, report } of files) {
      const changes = {
        state: 'undoing',
        report: {
          ...report,
          stopped: null,
          undo: null,
          isPartlyUndone: report.isPartlyUndone === true || report.undo !== null,
          asker: ctx.who.userId,
        },
      } as const;
      if (!(await writeBatch(inner, id, ['done', 'failed', 'cancelled'], changes)))
        throw inState(await readBatch(ctx, id));
    }
  });
}

/** Whether an undo took something of a set back and stopped: what its counts say isn't there any more. */
export const isUndoBegun = (files: readonly StoredBatch[]): boolean =>
  files.some(({ report }) => report.undo !== null || report.isPartlyUndone === true);

/** Whether a set wrote something that can be taken back. */
export const canUndo = (files: readonly StoredBatch[]): boolean =>
  files.every(({ state }) => state === 'done') ||
  files.every(({ state, isWritten }) => isStopped(state) && isWritten);

/**
 * Stops a check, which leaves nothing, or a run between two of its chunks: what it wrote stays, to be run on or
 * undone.
 */
export async function cancelSet(ctx: Ctx, set: string): Promise<void> {
  const files = await readSet(ctx, set);
  refuseOnlySeeing(ctx, files);
  const finishedAt = new Date();
  const isRun = await writeBatches(ctx, ofSet(set), ['running'], { state: 'cancelled', finishedAt });
  if (isRun > 0) return;
  const isCheck = await writeBatches(ctx, ofSet(set), ['checking'], { state: 'draft', ...noCounts });
  if (isCheck === 0) throw refusal(await readSet(ctx, files[0]?.set ?? set));
}

/** Throws a set away that wrote nothing, or whose writing was undone. What was run stays, for its undo. */
export async function removeSet(ctx: Ctx, set: string): Promise<void> {
  const files = await readSet(ctx, set);
  await remove(ctx, files, files);
}

/** Throws one file of a set away, as long as the set wrote nothing. */
export async function removeImport(ctx: Ctx, id: string): Promise<void> {
  const batch = await readBatch(ctx, id);
  await remove(ctx, await readSet(ctx, batch.set), [batch]);
}

const isRemovable = (files: readonly StoredBatch[]): boolean =>
  isOpen(files) || files.every(({ state }) => state === 'undone');

async function remove(ctx: Ctx, all: readonly StoredBatch[], files: readonly StoredBatch[]): Promise<void> {
  refuseOnlySeeing(ctx, all);
  if (!isRemovable(all)) throw refusal(all);
  const ids = files.map(({ id }) => ({ id }));
  await inTransaction(ctx, async (inner) => {
    // Started since it was looked at, it stays.
    await holdSet(inner, all[0]?.set ?? '');
    const now = await readSet(inner, all[0]?.set ?? '');
    if (!isRemovable(now)) throw refusal(now);
    await removeRecords(forItself(inner), entityOf(inner.workspace.model, 'import-batch'), ids);
    for (const { id } of files) {
      await dropFile(inner, id);
      await clearRows(inner, id);
      await clearAside(inner, id);
    }
    await writeBatches(inner, ofSet(all[0]?.set ?? ''), ['checked'], { state: 'draft' });
  });
}

/** What is wrong with the files of a set; of several, each field begins with the file's id. */
async function mistakesOf(ctx: Ctx, files: readonly StoredBatch[]): Promise<readonly Mistake[]> {
  const mistakes: Mistake[] = [];
  for (const file of files) {
    const own = fileMistakes(ctx, file, await readAnalysis(ctx, file.id));
    mistakes.push(
      ...own.map((mistake) =>
        files.length === 1 ? mistake : { ...mistake, field: `files[${file.id}].${mistake.field}` },
      ),
    );
  }
  return mistakes;
}

const refusal = (files: readonly StoredBatch[]): Problem => inState(files[0] as StoredBatch);
