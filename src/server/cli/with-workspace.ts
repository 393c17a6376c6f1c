import { type Ctx, systemWho, type Workspace } from '../../engine/ctx.ts';
import { openPool } from '../../engine/workspace/database.ts';
import { isMigrated } from '../../engine/workspace/migrate.ts';
import { openWorkspace } from '../../engine/workspace/open.ts';
import { seedWorkspace } from '../../engine/workspace/seed.ts';
import { isWorkspaceThere, workspaceNames } from '../../engine/workspace/workspace-names.ts';
import { crmModel } from '../app/crm-model.ts';
import { type Config, readConfig } from '../boot/config.ts';
import { type Database, openDatabase } from '../boot/database.ts';
import { openLog } from '../log.ts';
import { CommandFailed } from './command.ts';

/** Runs `work` on the configured database, which is started when no Rapport runs on it. */
export async function withDatabase<T>(
  work: (o: { readonly url: string; readonly workspace: string; readonly config: Config }) => Promise<T>,
): Promise<T> {
  const config = readConfig(process.env);
  const log = await openLog(config.logLevel === 'info' ? 'warn' : config.logLevel);
  const database: Database = await openDatabase(config, log, { isShared: true });
  try {
    return await work({ url: database.url, workspace: config.workspace, config });
  } finally {
    await database.stop();
  }
}

/** Runs `work` as the system in the configured workspace, which must be migrated. */
export const withWorkspace = <T>(work: (ctx: Ctx, workspace: Workspace) => Promise<T>): Promise<T> =>
  withDatabase(async ({ url, workspace: name }) => {
    const pool = openPool(url, { max: 3, applicationName: 'rapport command' });
    try {
      const place = { db: pool.db, model: crmModel(), name };
      if (!(await isWorkspaceThere(pool.db, name))) {
        const known = (await workspaceNames(pool.db)).join(', ');
        throw new CommandFailed(
          known === ''
            ? 'There is no workspace yet. Run “npm start” once, or “npm run rapport -- workspace create NAME”.'
            : `There is no workspace “${name}”. Name one of ${known} with RAPPORT_WORKSPACE.`,
        );
      }
      if (!(await isMigrated(place))) {
        throw new CommandFailed(
          'The workspace isn’t migrated to this version. Run “npm start” once, or “npm run rapport -- migrate”.',
        );
      }
      // A workspace that was migrated and never started has no roles and no list values yet.
      await seedWorkspace(place);
      const workspace = await openWorkspace(place);
      try {
        const now = new Date();
        const ctx = {
          who: systemWho,
          workspace,
          locale: 'en',
          timeZone: 'UTC',
          now,
          db: pool.db,
          door: 'cli',
          batch: null,
        } as const;
        return await work(ctx, workspace);
      } finally {
        await workspace.close();
      }
    } finally {
      await pool.close();
    }
  });
