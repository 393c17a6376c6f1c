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
      workOnBulk(await systemCtx(seat, workspace), id, (error) => seat.onFailure(error, `bulk run ${id}`));
  },
  waiting: async (place) => {
    const { waitingRuns } = await import('../engine/bulk/work.ts');
    return (await waitingRuns(place)).map((id) => ({ workspace: place.workspace.name, id }));
  },
});
