import { sql } from 'kysely';
import { Problem } from '../../lib/problem.ts';
import type { ImportStateName } from '../../model/import.ts';
import type { Ctx, Place } from '../ctx.ts';
import { asAsker } from '../long-work/asker.ts';
import { claimed } from '../long-work/claim.ts';
import { isPassing, reasonOf } from '../long-work/stopped.ts';
import { inTransaction } from '../record/transaction.ts';
import { checkSet } from './check.ts';
import { ImportGone } from './progress.ts';
import { runSet } from './run.ts';
import { inOrder } from './set-order.ts';
import { ofSet, selectBatches, writeBatch, writeBatches } from './stored-batch.ts';
import { undoSet } from './undo-import.ts';

const works = { checking: checkSet, running: runSet, undoing: undoSet } as const;

/** What a set is left as when its work stops for a reason: what was written can be run on or undone. */
const stoppedAs: Readonly<Record<keyof typeof works, ImportStateName>> = {
  checking: 'draft',
  running: 'failed',
  undoing: 'failed',
};

/** The states in which an import waits for work or is being worked on. */
export const busyStates = Object.keys(works) as (keyof typeof works)[];

/**
 * Goes through with whatever a set waits for, in the name of who asked for it, unless another worker does so already.
 * What stops it is kept with it; only what passes by itself is thrown, to be tried again.
 */
export async function workOnSet(
  system: Ctx,
  set: string,
  onFailure: (error: unknown) => void = () => {},
): Promise<void> {
  await claimed(system.db, set, async () => {
    const [batch] = await selectBatches(system, ofSet(set));
    const state = busyStates.find((each) => each === batch?.state);
    if (!batch || !state) return;
    try {
      const asker = batch.report.asker;
      const ctx = await asAsker(system, asker);
      await works[state](ctx, set, async () => {
        if (system.signal?.aborted) throw new ImportGone(`the worker of import ${set} stops`);
        return asAsker(system, asker);
      });
    } catch (error) {
      // Who asked for something else while this went on may have waited for it in vain.
      if (error instanceof ImportGone) return system.signal?.aborted ? undefined : 'again';
      if (isPassing(error)) throw error;
      if (!(error instanceof Problem)) onFailure(error);
      await stop(system, set, state, error);
    }
  });
}

/** Leaves a set as it is, with the reason kept at the file that was worked on. */
async function stop(system: Ctx, set: string, state: keyof typeof works, error: unknown): Promise<void> {
  const files = inOrder(system, await selectBatches(system, ofSet(set), 1000));
  const at = files.find(({ rows, position }) => position < rows) ?? files[0];
  if (!at) return;
  const isWhole = state === 'undoing' && files.every(({ rows, position }) => position === rows);
  await inTransaction(system, async (inner) => {
    const changes = { state: isWhole ? 'done' : stoppedAs[state], finishedAt: new Date() } as const;
    const report = { ...at.report, stopped: reasonOf(error) };
    if (await writeBatch(inner, at.id, [state], { ...changes, report }))
      await writeBatches(inner, ofSet(set), [state], changes);
  });
}

/** The sets that wait for work, in the order they were made: those a killed worker left behind too. */
export async function waitingSets(system: Place): Promise<readonly string[]> {
  const waiting = await selectBatches(system, sql`b.state = any(${[...busyStates]}::text[])`, 1000);
  return [...new Set(waiting.map((batch) => batch.set).reverse())];
}
