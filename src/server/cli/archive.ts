import { writeArchive } from '../../engine/archive/write-archive.ts';
import { noteSecurity, settleSecurity } from '../../engine/security/security-log.ts';
import type { Command } from './command.ts';
import { nearPath } from './near-path.ts';
import { readOptions } from './options.ts';
import { withWorkspace } from './with-workspace.ts';

/** `archive`: writes everything a workspace holds into one file of open formats. */
export const archive: Command = {
  name: 'archive',
  summary: 'write everything into one ZIP of open formats, while Rapport runs',
  usage: 'FILE [--with-secrets] [--force]',
  details: `  --with-secrets   passwords and API keys, hashed as they are stored, go along
  --force          put the file in the place of one that is there

  The file holds the workspace as it was at one moment, set-up, records (the bin too), links, history, users, roles
  and imported files, as JSON lines with the names of fields: any program can read it. “archive-restore” makes an
  equal workspace of it, in this installation or another. For safety copies, “backup” is faster and smaller.

  npm run rapport -- archive rapport-$(date +%F).zip`,
  run: async ({ args, note }) => {
    const { values, words } = readOptions(args, { 'with-secrets': 'switch', force: 'switch' }, 1);
    const path = nearPath(words[0] ?? '');
    return withWorkspace(async (ctx) => {
      const begun = Date.now();
      const noted = await noteSecurity(ctx, { kind: 'export', subject: 'archive', outcome: 'under-way' });
      let rows = 0;
      try {
        const taken = await writeArchive(ctx, {
          path,
          isReplaced: values.force,
          withSecrets: values['with-secrets'],
          log: note,
        });
        rows = taken.records;
        const megabytes = (taken.bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 2 });
        const seconds = ((Date.now() - begun) / 1000).toFixed(1);
        note(
          `${path}: ${rows.toLocaleString('en')} records as of ${taken.moment}, ${megabytes} MB, in ${seconds} s.`,
        );
        for (const column of taken.leftOut) note(`Left out, since nothing declares it any more: ${column}`);
        return 0;
      } finally {
        await settleSecurity(ctx, noted, { outcome: rows > 0 ? 'whole' : 'broken-off', rows });
      }
    });
  },
};
