import { restoreBackup } from '../../engine/backup/restore-backup.ts';
import { openPool } from '../../engine/workspace/database.ts';
import { tellWorkspace } from '../../engine/workspace/tell-workspace.ts';
import { crmModel } from '../app/crm-model.ts';
import type { Command } from './command.ts';
import { nearPath } from './near-path.ts';
import { readOptions } from './options.ts';
import { withDatabase } from './with-workspace.ts';

/** `restore`: puts a backup into an installation that nobody has set up. */
export const restore: Command = {
  name: 'restore',
  summary: 'put a backup into an empty installation, or a further workspace',
  usage: 'FILE',
  details: `  The file is checked from its first byte to its last before anything is written. What goes wrong afterwards
  leaves the installation as it was. A backup of an earlier version is brought up to this one; one of a later
  version is refused, and so is an installation that holds users or records. Rapport may run meanwhile
  where the workspace to restore into (RAPPORT_WORKSPACE) isn’t there yet.

  RAPPORT_DATA=/srv/rapport-new npm run rapport -- restore rapport-2026-11-22.backup`,
  run: async ({ args, note }) => {
    const { words } = readOptions(args, {}, 1);
    const path = nearPath(words[0] ?? '');
    return withDatabase(async ({ url, workspace: name }) => {
      const { pool, db, close } = openPool(url, { max: 3, applicationName: 'rapport command' });
      try {
        const begun = Date.now();
        const { header, rows, pending } = await restoreBackup({
          db,
          pool,
          model: crmModel(),
          name,
          path,
          log: note,
        });
        await tellWorkspace(db, name);
        const seconds = ((Date.now() - begun) / 1000).toFixed(1);
        note(`Restored: ${rows.toLocaleString('en')} rows as of ${header.moment}, in ${seconds} s.`);
        for (const line of pending) note(`Left for you to decide (migrate --allow-destructive): ${line}`);
        note('Everybody signs in anew, with the passwords of then. “npm start” starts it.');
        return 0;
      } finally {
        await close();
      }
    });
  },
};
