import { z } from 'zod';
import { job } from './job.ts';
import { systemCtx } from './system-ctx.ts';

/** Goes through with whatever a bulk run waits for: doing it, or its undo. */
export const bulkJob = job({
  name: 'bulk',
  data: z.object({ workspace: z.string(), id: z.uuid() }),
  load: async () => {
    const { workOnBulk } = await import('../engine/bulk/work.ts');
    return async (seat, { workspace, id }) =>
      workOnBulk(systemCtx(seat, workspace), id, (error) => seat.onFailure(error, `bulk run ${id}`));
  },
  waiting: async (seat) => {
    const { waitingRuns } = await import('../engine/bulk/work.ts');
    const all = await Promise.all(
      [...seat.workspaces.keys()].map(async (workspace) =>
        (await waitingRuns(systemCtx(seat, workspace))).map((id) => ({ workspace, id })),
      ),
    );
    return all.flat();
  },
});
