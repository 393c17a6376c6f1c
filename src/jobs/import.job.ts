import { z } from 'zod';
import { job } from './job.ts';
import { systemCtx } from './system-ctx.ts';

/** Goes through with whatever an import waits for: a check, a run, an undo. */
export const importJob = job({
  name: 'import',
  data: z.object({ workspace: z.string(), id: z.uuid() }),
  load: async () => {
    const { workOnImport } = await import('../engine/import/work.ts');
    return async (seat, { workspace, id }) =>
      workOnImport(await systemCtx(seat, workspace), id, (error) => seat.onFailure(error, `import ${id}`));
  },
  waiting: async (place) => {
    const { waitingImports } = await import('../engine/import/work.ts');
    return (await waitingImports(place)).map((id) => ({ workspace: place.workspace.name, id }));
  },
});
