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
      workOnImport(systemCtx(seat, workspace), id, (error) => seat.onFailure(error, `import ${id}`));
  },
  waiting: async (seat) => {
    const { waitingImports } = await import('../engine/import/work.ts');
    const all = await Promise.all(
      [...seat.workspaces.keys()].map(async (workspace) =>
        (await waitingImports(systemCtx(seat, workspace))).map((id) => ({ workspace, id })),
      ),
    );
    return all.flat();
  },
});
