import { sql } from 'kysely';
import { Problem } from '../../lib/problem.ts';
import type { BulkStateName } from '../../model/bulk.ts';
import type { Ctx, Place } from '../ctx.ts';
import { asAsker } from '../long-work/asker.ts';
import { claimed } from '../long-work/claim.ts';
import { isPassing, reasonOf } from '../long-work/stopped.ts';
import { BulkGone, runBulk } from './run.ts';
import { runUndo } from './run-undo.ts';
import { type StoredRun, selectRuns, writeRun } from './stored-run.ts';
import { undoBulk } from './undo-bulk.ts';

type Work = (asker: () => Promise<Ctx>, id: string) => Promise<void>;

/** What is done to a run in the states in which it waits for work. */
const works: Readonly<Record<'running' | 'undoing', (run: StoredRun) => Work>> = {
  running: ({ plan }) => (plan.batch === undefined ? runBulk : runUndo),
  undoing: () => undoBulk,
};

/** What a run is left as when its work stops for a reason; an undo that stopped can be asked for again. */
const stoppedAs: Readonly<Record<keyof typeof works, BulkStateName>> = {
  running: 'failed',
  undoing: 'failed',
};

/** The states in which a run waits for work or is being worked on. */
export const busyStates = Object.keys(works) as (keyof typeof works)[];

/**
 * Goes through with whatever a run waits for, in the name of who asked for it, unless another worker does so already.
 * What stops it is kept with it; only what passes by itself is thrown, to be tried again.
 */
export async function workOnBulk(
  system: Ctx,
  id: string,
  onFailure: (error: unknown) => void = () => {},
): Promise<void> {
  await claimed(system.db, id, async () => {
    const [run] = await selectRuns(system, sql`b.id = ${id}`);
    const state = busyStates.find((each) => each === run?.state);
    if (!run || !state) return;
    const asker = async (): Promise<Ctx> => {
      if (system.signal?.aborted) throw new BulkGone(`the worker of bulk run ${id} stops`);
      return asAsker(system, run.asker);
    };
    try {
      await works[state](run)(asker, id);
    } catch (error) {
      // Who asked for something else while this went on may have waited for it in vain.
      if (error instanceof BulkGone) return system.signal?.aborted ? undefined : 'again';
      if (isPassing(error)) throw error;
      if (!(error instanceof Problem)) onFailure(error);
      await writeRun(system, id, [state], {
        state: stoppedAs[state],
        stopped: reasonOf(error),
        finishedAt: new Date(),
      });
    }
  });
}

/** The runs that wait for work, in the order they were asked for: those a killed worker left behind too. */
export async function waitingRuns(system: Place): Promise<readonly string[]> {
  const waiting = await selectRuns(system, sql`b.state = any(${[...busyStates]}::text[])`, 1000);
  return waiting.map((run) => run.id).reverse();
}
