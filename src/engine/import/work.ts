import { sql } from 'kysely';
import { Problem } from '../../lib/problem.ts';
import type { ImportStateName } from '../../model/import.ts';
import type { Ctx, Place } from '../ctx.ts';
import { asAsker } from '../long-work/asker.ts';
import { claimed } from '../long-work/claim.ts';
import { isUnreachable, reasonOf } from '../long-work/stopped.ts';
import { checkImport, ImportGone, runImport } from './run.ts';
import { selectBatches, writeBatch } from './stored-batch.ts';
import { undoImport } from './undo-import.ts';

const works = { checking: checkImport, running: runImport, undoing: undoImport } as const;

/** What an import is left as when its work stops for a reason. */
const stoppedAs: Readonly<Record<keyof typeof works, ImportStateName>> = {
  checking: 'draft',
  running: 'failed',
  undoing: 'done',
};

/** The states in which an import waits for work or is being worked on. */
export const busyStates = Object.keys(works) as (keyof typeof works)[];

/**
 * Goes through with whatever an import waits for, in the name of who asked for it, unless another worker does so
 * already. What stops it is kept with it; only a database that can't be reached is thrown, to be tried again.
 */
export async function workOnImport(
  system: Ctx,
  id: string,
  onFailure: (error: unknown) => void = () => {},
): Promise<void> {
  await claimed(system.db, id, async () => {
    const [batch] = await selectBatches(system, sql`b.id = ${id}`);
    const state = busyStates.find((each) => each === batch?.state);
    if (!batch || !state) return;
    try {
      const asker = batch.report.asker;
      const ctx = await asAsker(system, asker);
      await works[state](ctx, id, async () => {
        if (system.signal?.aborted) throw new ImportGone(`the worker of import ${id} stops`);
        return asAsker(system, asker);
      });
    } catch (error) {
      if (error instanceof ImportGone) return;
      if (isUnreachable(error)) throw error;
      if (!(error instanceof Problem)) onFailure(error);
      const [now] = await selectBatches(system, sql`b.id = ${id}`);
      await writeBatch(system, id, [state], {
        state: stoppedAs[state],
        report: { ...(now ?? batch).report, stopped: reasonOf(error) },
        finishedAt: new Date(),
      });
    }
  });
}

/** The imports that wait for work, in the order they were made: those a killed worker left behind too. */
export async function waitingImports(system: Place): Promise<readonly string[]> {
  const waiting = await selectBatches(system, sql`b.state = any(${[...busyStates]}::text[])`, 1000);
  return waiting.map((batch) => batch.id).reverse();
}
