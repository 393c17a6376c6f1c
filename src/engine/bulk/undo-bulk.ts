import { sql } from 'kysely';
import { entityOf } from '../../model/declarations.ts';
import type { Ctx } from '../ctx.ts';
import { undoBatch } from '../events/undo-batch.ts';
import { BulkGone } from './run.ts';
import { type StoredUndo, selectRuns, writeRun } from './stored-run.ts';

/** Records in the way that are told one by one. */
const mostTold = 200;

/**
 * Goes through with the undo of a run, everything it wrote as one; taken up again after a crash, it leaves alone what
 * is undone already.
 */
export async function undoBulk(asker: () => Promise<Ctx>, id: string): Promise<void> {
  const ctx = await asker();
  const [run] = await selectRuns(ctx, sql`b.id = ${id} and b.state = 'undoing'`);
  if (!run) return;
  const reached = async (undo: StoredUndo, isDone: boolean): Promise<void> => {
    const end = isDone ? ({ state: 'undone', finishedAt: new Date() } as const) : {};
    if (!(await writeRun(ctx, id, ['undoing'], { undo, ...end })))
      throw new BulkGone(`the bulk run ${id} is no longer being undone`);
  };
  let of = 0;
  const report = await undoBatch({ ...ctx, door: 'undo' }, id, async (done, all) => {
    of = all;
    await reached({ done, of, refused: 0, inTheWay: [] }, false);
    await asker();
  });
  if (entityOf(ctx.workspace.model, run.entity).setup) await ctx.workspace.refresh();
  const inTheWay = report.refused.slice(0, mostTold).map(({ entity, id: record, mistakes }) => ({
    entity,
    id: record,
    mistakes: mistakes.map(({ value: _value, ...said }) => said),
  }));
  await reached({ done: report.undone, of, refused: report.refused.length, inTheWay }, true);
}
