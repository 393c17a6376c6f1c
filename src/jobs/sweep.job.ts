import { z } from 'zod';
import { job } from './job.ts';
import { systemCtx } from './system-ctx.ts';

/** Clears a workspace of what has run out: when a worker starts, and every six hours. */
export const sweepJob = job({
  name: 'sweep',
  data: z.object({ workspace: z.string() }),
  load: async () => {
    const { sweepSignIns } = await import('../engine/security/sweep.ts');
    return async (seat, { workspace }) => sweepSignIns(systemCtx(seat, workspace));
  },
  waiting: async (seat) => [...seat.workspaces.keys()].map((workspace) => ({ workspace })),
  everySeconds: 6 * 3600,
});
