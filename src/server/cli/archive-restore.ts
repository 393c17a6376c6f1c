import { restoreArchive } from '../../engine/archive/restore-archive.ts';
import { openPool } from '../../engine/workspace/database.ts';
import { isWorkspaceName } from '../../engine/workspace/workspace-name.ts';
import { crmModel } from '../app/crm-model.ts';
import { type Command, CommandFailed } from './command.ts';
import { nearPath } from './near-path.ts';
import { needed, readOptions } from './options.ts';
import { withDatabase } from './with-workspace.ts';

/** `archive-restore`: makes an equal workspace of an archive. */
export const archiveRestore: Command = {
  name: 'archive-restore',
  summary: 'make a workspace of an archive, while Rapport runs',
  usage: 'FILE --workspace NAME',
  details: `  --workspace NAME   the workspace to make, or one that nobody has set up

  The workspace is there as a whole or not at all, with every record, id and event of then, and a running Rapport
  serves it at once, below /w/NAME/. An archive of a later version is refused. Without --with-secrets when the archive
  was taken, nobody can sign in: make an administrator, who gives the others passwords.

  npm run rapport -- archive-restore rapport-2026-11-22.zip --workspace trial
  RAPPORT_WORKSPACE=trial npm run rapport -- user add --email me@example.com --name Me --role administrator`,
  run: async ({ args, note }) => {
    const { values, words } = readOptions(args, { workspace: 'text' }, 1);
    const name = needed(values.workspace, 'workspace');
    if (!isWorkspaceName(name))
      throw new CommandFailed(
        `“${name}” can’t name a workspace: take 1 to 41 small letters a–z, digits and hyphens, beginning with a letter.`,
      );
    return withDatabase(async ({ url }) => {
      const { db, close } = openPool(url, { max: 3, applicationName: 'rapport command' });
      try {
        const begun = Date.now();
        const path = nearPath(words[0] ?? '');
        const { manifest, rows } = await restoreArchive({ db, model: crmModel(), name, path, log: note });
        const seconds = ((Date.now() - begun) / 1000).toFixed(1);
        note(
          `Restored into “${name}”: ${rows.toLocaleString('en')} rows as of ${manifest.moment}, in ${seconds} s.`,
        );
        if (!manifest.withSecrets)
          note('It holds no passwords: “user add … --role administrator” makes somebody who gives them.');
        return 0;
      } finally {
        await close();
      }
    });
  },
};
