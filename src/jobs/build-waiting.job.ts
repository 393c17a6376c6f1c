import { z } from 'zod';
import { job } from './job.ts';
import { systemCtx } from './system-ctx.ts';

/** Builds the indexes that declarations made at run time wait for. */
export const buildWaitingJob = job({
  name: 'build-waiting',
  data: z.object({ workspace: z.string() }),
  load: async () => {
    const { buildWaiting } = await import('../engine/declare/build-waiting.ts');
    return async (seat, { workspace }) => buildWaiting(await systemCtx(seat, workspace));
  },
  waiting: async ({ db, workspace: { name, schema } }) => {
    const { isBuildWaiting } = await import('../engine/declare/build-waiting.ts');
    return (await isBuildWaiting(db, schema)) ? [{ workspace: name }] : [];
  },
});
