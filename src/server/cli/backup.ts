import { noteBackup } from '../../engine/backup/last-backup.ts';
import { writeBackup } from '../../engine/backup/write-backup.ts';
import { openPool } from '../../engine/workspace/database.ts';
import type { Command } from './command.ts';
import { nearPath } from './near-path.ts';
import { readOptions } from './options.ts';
import { withDatabase } from './with-workspace.ts';

/** `backup`: writes the workspace into one file. */
export const backup: Command = {
  name: 'backup',
  summary: 'write everything into one file, while Rapport runs',
  usage: 'FILE [--force]',
  details: `  --force   put the file in the place of one that is there

  The file holds the workspace as it was at one moment: records, history, users with their passwords (hashed),
  API keys (hashed), settings, imports. Only who is signed in is left out. It is compressed, not encrypted, and
  readable by its owner only: keep it as safe as the database.

  npm run rapport -- backup rapport-$(date +%F).backup`,
  run: async ({ args, note }) => {
    const { values, words } = readOptions(args, { force: 'switch' }, 1);
    const path = nearPath(words[0] ?? '');
    return withDatabase(async ({ url, workspace: name }) => {
      const { pool, db, close } = openPool(url, { max: 2, applicationName: 'rapport command' });
      try {
        const begun = Date.now();
        const { moment, rows, bytes } = await writeBackup({
          pool,
          name,
          path,
          isReplaced: values.force,
          log: note,
        });
        await noteBackup(db, name, moment);
        const seconds = ((Date.now() - begun) / 1000).toFixed(1);
        note(
          `${path}: ${rows.toLocaleString('en')} rows as of ${moment}, ${megabytes(bytes)} MB, in ${seconds} s.`,
        );
        return 0;
      } finally {
        await close();
      }
    });
  },
};

const megabytes = (bytes: number): string =>
  (bytes / 1e6).toLocaleString('en', { maximumFractionDigits: bytes < 10e6 ? 2 : 0 });
