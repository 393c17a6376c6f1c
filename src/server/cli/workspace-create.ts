import { openPool } from '../../engine/workspace/database.ts';
import { openWorkspace } from '../../engine/workspace/open.ts';
import { prepareWorkspace } from '../../engine/workspace/prepare.ts';
import { tellWorkspace } from '../../engine/workspace/tell-workspace.ts';
import { isWorkspaceName } from '../../engine/workspace/workspace-name.ts';
import { isWorkspaceThere } from '../../engine/workspace/workspace-names.ts';
import { crmModel } from '../app/crm-model.ts';
import { newSetUpToken } from '../auth/set-up.ts';
import { reachedAt } from '../boot/address.ts';
import { type Command, CommandFailed } from './command.ts';
import { readOptions } from './options.ts';
import { withDatabase } from './with-workspace.ts';

/** `workspace create`: makes a further workspace, which a running Rapport serves at once. */
export const workspaceCreate: Command = {
  name: 'workspace create',
  summary: 'make a further workspace, and print the link to set it up',
  usage: 'NAME',
  details: `  NAME   1 to 41 small letters a–z, digits and hyphens, beginning with a letter: it is part of addresses and keys

  Each workspace has users, records and a set-up of its own, in a schema of its own of the database. A running
  Rapport serves it at once, below /w/NAME/.

  Called again before anybody opened the link, it prints a new one.

  npm run rapport -- workspace create pilot`,
  run: async ({ args, out, note }) => {
    const { words } = readOptions(args, {}, 1);
    const name = words[0] ?? '';
    if (!isWorkspaceName(name))
      throw new CommandFailed(
        `“${name}” can’t name a workspace: take 1 to 41 small letters a–z, digits and hyphens, beginning with a letter.`,
      );
    return withDatabase(async ({ url, config }) => {
      const pool = openPool(url, { max: 3, applicationName: 'rapport command' });
      try {
        const place = { db: pool.db, model: crmModel(), name };
        const isThere = await isWorkspaceThere(pool.db, name);
        await prepareWorkspace(place);
        const workspace = await openWorkspace(place);
        try {
          const token = await newSetUpToken({ db: pool.db, workspace });
          if (token === null)
            throw new CommandFailed(
              `There is a workspace “${name}” already. “workspace list” shows them all.`,
            );
          await tellWorkspace(pool.db, name);
          const said = isThere ? 'is there, and nobody has set it up' : 'is made';
          note(`The workspace “${name}” ${said}. Open this link once to set it up:`);
          out(new URL(`/w/${name}/setup#token=${token}`, reachedAt(config)).href);
        } finally {
          await workspace.close();
        }
        return 0;
      } finally {
        await pool.close();
      }
    });
  },
};
