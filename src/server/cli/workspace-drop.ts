import { createInterface } from 'node:readline/promises';
import { openPool } from '../../engine/workspace/database.ts';
import { dropWorkspace } from '../../engine/workspace/drop.ts';
import { isWorkspaceThere, workspaceNames } from '../../engine/workspace/workspace-names.ts';
import { nearest } from '../../lib/nearest.ts';
import { type Command, CommandFailed, UsageError } from './command.ts';
import { readOptions } from './options.ts';
import { withDatabase } from './with-workspace.ts';

/** `workspace drop`: takes a workspace away for good. */
export const workspaceDrop: Command = {
  name: 'workspace drop',
  summary: 'drop a workspace with everything in it, for good',
  usage: 'NAME [--yes NAME]',
  details: `  --yes NAME   the name once more, instead of typing it when asked

  Records, history, users, keys, settings: everything in it is gone, and only a backup brings it back. Its
  addresses answer that there is no such workspace from then on; the other workspaces are left as they are.

  RAPPORT_WORKSPACE=pilot npm run rapport -- backup pilot.backup
  npm run rapport -- workspace drop pilot`,
  run: async ({ args, note }) => {
    const { values, words } = readOptions(args, { yes: 'text' }, 1);
    const name = words[0] ?? '';
    if (values.yes !== undefined && values.yes !== name)
      throw new UsageError(`--yes ${values.yes} isn’t the name of the workspace to drop, ${name}.`);
    return withDatabase(async ({ url }) => {
      const { db, close } = openPool(url, { max: 2, applicationName: 'rapport command' });
      try {
        if (!(await isWorkspaceThere(db, name))) {
          const near = nearest(name, await workspaceNames(db));
          throw new CommandFailed(
            `There is no workspace “${name}”.${near ? ` “${near}” may be meant.` : ''}`,
          );
        }
        if (values.yes === undefined) await askForName(name);
        await dropWorkspace({ db, name, log: note });
        note(`The workspace “${name}” is gone.`);
        return 0;
      } finally {
        await close();
      }
    });
  },
};

/** Has the name typed once more by whoever sits there. */
async function askForName(name: string): Promise<void> {
  if (!process.stdin.isTTY)
    throw new CommandFailed(`Nothing was dropped: say that you mean it with --yes ${name}`);
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const typed = await asking.question(
      `Everything in “${name}” will be gone for good. Type its name to go on: `,
    );
    if (typed.trim() !== name) throw new CommandFailed('Nothing was dropped: that was another name.');
  } finally {
    asking.close();
  }
}
