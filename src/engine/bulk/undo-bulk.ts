import { sql } from 'kysely';
import type { Ctx } from '../ctx.ts';
import { undoBatch } from '../events/undo-batch.ts';
import { BulkGone } from './run.ts';
import { selectRuns, writeRun } from './stored-run.ts';

/**
 * Goes through with the undo of a run, everything it wrote as one. `asker` answers as whom, with the rights he has now;
 * it is asked anew for each piece. Taken up again after a crash, it goes on where it was, under the same batch.
 */
export async function undoBulk(asker: () => Promise<Ctx>, id: string): Promise<void> {
  const ctx = await asker();
  const [run] = await selectRuns(ctx, sql`b.id = ${id} and b.state = 'undoing'`);
  if (!run) return;
  const keep = async (changes: Parameters<typeof writeRun>[3]): Promise<void> => {
    if (!(await writeRun(ctx, id, ['undoing'], changes)))
      throw new BulkGone(`the bulk run ${id} is no longer being undone`);
  };
  await undoBatch(
    ctx,
    id,
    async (_done, _of, undo) => {
      await keep({ undo });
      return asker();
    },
    run.undo,
  );
  await ctx.workspace.refresh();
  await keep({ state: 'undone', finishedAt: new Date() });
}
