import type { Workspace } from '../../src/engine/ctx.ts';
import type { Workspaces } from '../../src/engine/workspace/workspaces.ts';

/** These workspaces and no others, open already. */
export const fixedWorkspaces = (...all: readonly Workspace[]): Workspaces => ({
  names: async () => all.map(({ name }) => name),
  find: async (name) => all.find((workspace) => workspace.name === name) ?? null,
});
