import { join } from 'node:path';
import { MigrationRefused } from '../../engine/schema/migration-refused.ts';
import { openPool } from '../../engine/workspace/database.ts';
import { isMigrated } from '../../engine/workspace/migrate.ts';
import { prepareWorkspace } from '../../engine/workspace/prepare.ts';
import { productVersion } from '../../engine/workspace/product-version.ts';
import { type OpenWorkspaces, openWorkspaces } from '../../engine/workspace/workspaces.ts';
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
import type { Log } from '../log.ts';
import { crmModel } from './crm-model.ts';

/**
 * Connections for work that outlives a request: each piece holds one as its claim, and a dry run another for as long as
 * it takes. They are apart from those of requests, which would wait for a connection while much is under way.
 */
const workConnections = 20;

/**
 * Brings the workspace of those who name none up to this version, and builds the doors of all; nothing listens yet. The
 * other workspaces follow one after the other, or at once when somebody asks for one.
 */
export const openRapport: OpenRapport = async ({ config, databaseUrl, log }) => {
  const model = crmModel();
  const pool = openPool(databaseUrl);
  const { db } = pool;
  const workPool =
    config.role === 'web'
      ? pool
      : openPool(databaseUrl, { max: workConnections, applicationName: 'rapport work' });
  const main = { db, model, name: config.workspace };
  const stopping = new AbortController();
  const onFailure = (error: unknown, what: string): void => log.error({ err: error }, `${what} failed`);
  let workspaces: OpenWorkspaces | null = null;
  let jobs: Jobs | null = null;
  let relay: Relay | null = null;
  let others: Promise<void> = Promise.resolve();
  const close = async (): Promise<void> => {
    stopping.abort();
    await relay?.stop();
    await jobs?.stop();
    await others;
    await workspaces?.close();
    await workPool.close();
    await pool.close();
  };
  try {
    const buildLater = (workspace: string): void => {
      for (const job of [buildWaitingJob, searchRebuildJob])
        jobs?.send(job, { workspace }).catch((error: unknown) => onFailure(error, `asking for ${job.name}`));
    };
    const opened = await openWorkspaces({
      db,
      model,
      onWaiting: buildLater,
      onFailure: (error, name) => tellBroken(log, name, error),
      log: (line, name) => log.info(`${name}: ${line}`),
    });
    workspaces = opened;
    const isMainServed = await prepareMain(main, opened, log);
    const queue = await startJobs({
      url: databaseUrl,
      seat: { db: workPool.db, workspaces: opened, onFailure },
      works: config.role !== 'web',
    });
    jobs = queue;
    const seat = { db: workPool.db, workspaces: opened, onFailure, subscribers: model.subscribers };
    relay = config.role === 'web' ? null : await startRelay(seat);
    const services: Services = {
      db,
      workspaces: opened,
      jobs: queue,
      mainWorkspace: main.name,
      version: productVersion,
      publicUrl: config.publicUrl,
      hasSecureCookies: config.hasSecureCookies,
      requestsPerMinute: config.requestsPerMinute,
      webFolder: join(projectFolder, 'dist/web'),
      isReady: async () => !isMainServed || isMigrated(main),
    };
    const setupLink = isMainServed ? await setUpLink(services, config) : null;
    if (isMainServed) await queue.takeUp(main.name);
    const http = await buildApp(services, log);
    others = prepareOthers(opened, queue, main.name, stopping.signal).catch((error: unknown) => {
      if (!stopping.signal.aborted) onFailure(error, 'preparing the other workspaces');
    });
    return { http, setupLink, close };
  } catch (error) {
    await close();
    throw error instanceof MigrationRefused ? new StartError(error.message) : error;
  }
};

interface Place {
  readonly db: Services['db'];
  readonly model: ReturnType<typeof crmModel>;
  readonly name: string;
}

/** False when it can't be served while others can; alone, its failure is that of the start. */
async function prepareMain(main: Place, workspaces: OpenWorkspaces, log: Log): Promise<boolean> {
  try {
    const { pending } = await prepareWorkspace({ ...main, log: (line) => log.info(line) });
    for (const line of pending)
      log.warn(`Left for a person to decide (npm run rapport -- migrate --plan): ${line}`);
    return true;
  } catch (error) {
    const isAlone = (await workspaces.names()).every((name) => name === main.name);
    if (isAlone || !(error instanceof MigrationRefused)) throw error;
    tellBroken(log, main.name, error);
    return false;
  }
}

/** Brings the other workspaces up to this version, one after the other, and takes up what waits in them. */
async function prepareOthers(
  workspaces: OpenWorkspaces,
  jobs: Jobs,
  main: string,
  signal: AbortSignal,
): Promise<void> {
  for (const name of await workspaces.names()) {
    if (signal.aborted) return;
    if (name === main) continue;
    // Why it can't be opened is told already; the others go on.
    const opened = await workspaces.find(name).catch(() => null);
    if (opened && !signal.aborted) await jobs.takeUp(name);
  }
}

function tellBroken(log: Log, name: string, error: unknown): void {
  const said = `The workspace ${name} can’t be opened; the others are served`;
  if (error instanceof MigrationRefused) log.error(`${said}: ${error.message}`);
  else log.error({ err: error }, said);
}

/** The link by which the first administrator comes, unless the configuration makes him; null once there is one. */
async function setUpLink(services: Services, config: Config): Promise<string | null> {
  const workspace = await services.workspaces.find(services.mainWorkspace);
  if (!workspace) return null;
  const place = { db: services.db, workspace };
  if (!config.admin) {
    const token = await newSetUpToken(place);
    return token === null ? null : `/w/${workspace.name}/setup#token=${token}`;
  }
  const { email, password } = config.admin;
  try {
    await setUpUnattended(place, {
      email,
      password,
      name: email.split('@')[0] ?? email,
      company: 'Rapport',
      locale: 'en',
      timeZone: 'UTC',
      currency: workspace.currency,
    });
    await workspace.refresh();
    return null;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new StartError(`The administrator of RAPPORT_ADMIN_EMAIL can’t be made: ${error.message}`, 2);
  }
}
