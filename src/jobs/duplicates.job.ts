import { z } from 'zod';
import { job } from './job.ts';
import { systemCtx } from './system-ctx.ts';

/** Searches the records of an entity for duplicates, and what was written since they were searched, every five minutes. */
export const duplicatesJob = job({
  name: 'duplicates',
  data: z.object({ workspace: z.string(), entity: z.string() }),
  load: async () => {
    const { workOnScan } = await import('../engine/duplicates/scan.ts');
    return async (seat, { workspace, entity }) =>
      workOnScan(await systemCtx(seat, workspace), entity, (error) =>
        seat.onFailure(error, `searching ${entity} for duplicates`),
      );
  },
  waiting: async (place) => {
    const { waitingScans } = await import('../engine/duplicates/scan.ts');
    return (await waitingScans(place)).map((entity) => ({ workspace: place.workspace.name, entity }));
  },
  everySeconds: 5 * 60,
});
