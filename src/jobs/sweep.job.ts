import { z } from 'zod';
import { schemaOf } from '../engine/workspace/workspace-name.ts';
import { job } from './job.ts';

/**
 * Clears a workspace of what has run out, and gives its event log the months to come: when a worker starts, and every
 * six hours. Needs no open workspace, since there may be hundreds.
 */
export const sweepJob = job({
  name: 'sweep',
  data: z.object({ workspace: z.string() }),
  load: async () => {
    const { sweepWorkspace } = await import('../engine/workspace/sweep.ts');
    return async ({ db }, { workspace: name }) =>
      sweepWorkspace({ db, workspace: { name, schema: schemaOf(name) } }, new Date());
  },
  waiting: async ({ workspace }) => [{ workspace: workspace.name }],
  everySeconds: 6 * 3600,
});
