import { z } from 'zod';
import { job } from './job.ts';
import { systemCtx } from './system-ctx.ts';

/** Builds search entries that an administrator, a declaration or another version of the product left to be built anew. */
export const searchRebuildJob = job({
  name: 'search-rebuild',
  data: z.object({ workspace: z.string() }),
  load: async () => {
    const { rebuildWaiting } = await import('../engine/search/rebuild.ts');
    return async (seat, { workspace }) => {
      await rebuildWaiting(await systemCtx(seat, workspace));
    };
  },
  waiting: async ({ workspace }) => [{ workspace: workspace.name }],
});
