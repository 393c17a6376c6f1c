import { sweepRuns } from '../bulk/sweep-runs.ts';
import type { Place } from '../ctx.ts';
import { ensurePartitions } from '../schema/partitions.ts';
import { sweepSignIns } from '../security/sweep.ts';
import { sweepLog } from '../security/sweep-log.ts';
import { sweepAnswers } from './kept-answers.ts';
import { isWorkspaceThere } from './workspace-names.ts';

/** Clears a workspace of what has run out and makes the months of its event log; nothing where it was dropped. */
export async function sweepWorkspace(place: Place, now: Date): Promise<void> {
  const { db, workspace } = place;
  if (!(await isWorkspaceThere(db, workspace.name))) return;
  await sweepSignIns(place, now);
  await sweepLog(place, now);
  await sweepRuns(place, now);
  await sweepAnswers(db, workspace.schema);
  await ensurePartitions(db, workspace.schema, now);
}
