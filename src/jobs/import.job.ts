import { z } from 'zod';
import { job } from './job.ts';
import { systemCtx } from './system-ctx.ts';

/** Goes through with whatever a set of files waits for: a check, a run, an undo. `id` is the set's. */
export const importJob = job({
  name: 'import',
  data: z.object({ workspace: z.string(), id: z.uuid() }),
  load: async () => {
    const { workOnSet } = await import('../engine/import/work.ts');
    return async (seat, { workspace, id }) =>
      workOnSet(await systemCtx(seat, workspace), id, (error) => seat.onFailure(error, `import ${id}`));
  },
  waiting: async (place) => {
    const { waitingSets } = await import('../engine/import/work.ts');
    return (await waitingSets(place)).map((id) => ({ workspace: place.workspace.name, id }));
  },
});
