import { join } from 'node:path';
import { MigrationRefused } from '../../engine/schema/migration-refused.ts';
import { openPool } from '../../engine/workspace/database.ts';
import { isMigrated, migrateWorkspace } from '../../engine/workspace/migrate.ts';
import { openWorkspace } from '../../engine/workspace/open.ts';
import { productVersion } from '../../engine/workspace/product-version.ts';
import { seedWorkspace } from '../../engine/workspace/seed.ts';
import { buildWaitingJob } from '../../jobs/build-waiting.job.ts';
import { type Relay, startRelay } from '../../jobs/relay.ts';
import { searchRebuildJob } from '../../jobs/search-rebuild.job.ts';
import { type Jobs, startJobs } from '../../jobs/start-jobs.ts';
import { Problem } from '../../lib/problem.ts';
import { newSetUpToken, setUpUnattended } from '../auth/set-up.ts';
import type { Config } from '../boot/config.ts';
import { projectFolder } from '../boot/project.ts';
import type { OpenRapport } from '../boot/serve.ts';
import { StartError } from '../boot/start-error.ts';
import { buildApp } from '../http/build-app.ts';
import type { Services } from '../http/services.ts';
import { crmModel } from './crm-model.ts';

/** Migrates the workspace, opens it and builds the doors; nothing listens yet. */
export const openRapport: OpenRapport = async ({ config, databaseUrl, log }) => {
  const model = crmModel();
  const pool = openPool(databaseUrl);
  const place = { db: pool.db, model, name: config.workspace };
  let jobs: Jobs | null = null;
  let relay: Relay | null = null;
  try {
    const { pending } = await migrateWorkspace({ ...place, log: (line) => log.info(line) });
    for (const line of pending)
      log.warn(`Left for a person to decide (npm run rapport -- migrate --plan): ${line}`);
    await seedWorkspace({ ...place, now: new Date(), log: (line) => log.info(line) });
    const buildLater = (): void => {
      for (const job of [buildWaitingJob, searchRebuildJob])
        jobs
          ?.send(job, { workspace: place.name })
          .catch((error: unknown) => onFailure(error, `asking for ${job.name}`));
    };
    const onFailure = (error: unknown, what: string): void => log.error({ err: error }, `${what} failed`);
    const workspace = await openWorkspace({ ...place, onWaiting: buildLater });
    const workspaces = new Map([[workspace.name, workspace]]);
    const queue = await startJobs({
      url: databaseUrl,
      seat: { db: pool.db, workspaces, onFailure },
      works: config.role !== 'web',
    });
    jobs = queue;
    relay = config.role === 'web' ? null : await startRelay({ db: pool.db, workspaces, onFailure });
    const services: Services = {
      db: pool.db,
      workspaces,
      jobs: queue,
      mainWorkspace: workspace.name,
      version: productVersion,
      publicUrl: config.publicUrl,
      hasSecureCookies: config.hasSecureCookies,
      requestsPerMinute: config.requestsPerMinute,
      webFolder: join(projectFolder, 'dist/web'),
      isReady: () => isMigrated(place),
    };
    if (config.admin) await setUpAlone(services, config);
    const token = await newSetUpToken({ db: pool.db, workspace });
    const http = await buildApp(services, log);
    return {
      http,
      setupLink: token === null ? null : `/w/${workspace.name}/setup#token=${token}`,
      close: async () => {
        await relay?.stop();
        await queue.stop();
        await workspace.close();
        await pool.close();
      },
    };
  } catch (error) {
    await relay?.stop();
    await jobs?.stop();
    await pool.close();
    throw error instanceof MigrationRefused ? new StartError(error.message) : error;
  }
};

/** Makes the first administrator from the configuration, when there is none. */
async function setUpAlone(services: Services, config: Config): Promise<void> {
  const workspace = services.workspaces.get(services.mainWorkspace);
  if (!workspace || !config.admin) return;
  const { email, password } = config.admin;
  try {
    await setUpUnattended(
      { db: services.db, workspace },
      {
        email,
        password,
        name: email.split('@')[0] ?? email,
        company: 'Rapport',
        locale: 'en',
        timeZone: 'UTC',
        currency: workspace.currency,
      },
    );
    await workspace.refresh();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new StartError(`The administrator of RAPPORT_ADMIN_EMAIL can’t be made: ${error.message}`, 2);
  }
}
