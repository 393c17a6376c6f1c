import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { type Log, openLog } from '../log.ts';
import { listenError, reachedAt } from './address.ts';
import { type Config, readConfig } from './config.ts';
import { openDatabase } from './database.ts';
import { inProgress } from './progress.ts';
import { StartError, saying } from './start-error.ts';
import { onStopSignal } from './stop-signals.ts';

/** What opens the app on a database that answers: it migrates the workspace and builds the doors. */
export type OpenRapport = (seat: { config: Config; databaseUrl: string; log: Log }) => Promise<Rapport>;

/** The app, open but not yet listening. */
export interface Rapport {
  readonly http: FastifyInstance;
  /** The one-time set-up link (absolute, or from the root of the site), until there is an administrator. */
  readonly setupLink: string | null;
  /** Stops the workers and lets go of the database. */
  close(): Promise<void>;
}

/** How long requests under way may take to finish once the app stops, in milliseconds. */
const graceForRequests = 10_000;
const graceForWorkers = 15_000;

type Undo = { readonly what: string; readonly grace: number; run(): Promise<void> };

/** Undoes what the start did, the latest first. Nothing that hangs or fails keeps the rest from stopping. */
async function undoAll(done: Undo[], log: Log): Promise<void> {
  for (let step = done.pop(); step; step = done.pop()) {
    const { what, grace, run } = step;
    const late = sleep(grace, 'late', { ref: false });
    const outcome = await Promise.race([run(), late]).catch((error: unknown) => {
      log.error({ err: error }, `Stopping ${what} failed`);
    });
    if (outcome === 'late') log.warn(`Stopping ${what} took longer than ${grace / 1000} s; going on`);
  }
}

/** Stops accepting, and lets requests under way finish. Their connections would then stay open for the next. */
async function closeDoors(http: FastifyInstance): Promise<void> {
  const sweep = setInterval(() => http.server.closeIdleConnections(), 50);
  const cut = setTimeout(() => http.server.closeAllConnections(), graceForRequests);
  try {
    await http.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(cut);
  }
}

async function start(
  config: Config,
  log: Log,
  openRapport: OpenRapport,
  done: Undo[],
  goesOn: () => boolean,
) {
  const database = await openDatabase(config, log, { owner: reachedAt(config) });
  done.push({ what: 'the database', grace: 90_000, run: database.stop });
  if (!goesOn()) return database;
  const opening = openRapport({ config, databaseUrl: database.url, log });
  const rapport = await inProgress('Preparing the workspace', opening);
  const { http } = rapport;
  done.push({ what: 'the workers', grace: graceForWorkers, run: rapport.close });
  done.push({
    what: 'the doors',
    grace: graceForRequests + 1000,
    run: () => closeDoors(http),
  });
  if (!goesOn() || config.role === 'worker') return database;
  await http.listen({ host: config.host, port: config.port }).catch((error: unknown) => {
    throw listenError(error, config);
  });
  const address = reachedAt(config, http.server.address());
  process.stdout.write(`\nRapport is running at ${address}\n`);
  if (rapport.setupLink) {
    process.stdout.write(
      `Open this link once to set it up:\n  ${new URL(rapport.setupLink, address).href}\n`,
    );
  }
  process.stdout.write('Ctrl-C stops it.\n\n');
  return database;
}

/** Writes what a person must read, whatever the log's level. */
const tell = (error: unknown): void => {
  process.stderr.write(
    `${error instanceof StartError ? error.message : ((error as Error)?.stack ?? saying(error))}\n`,
  );
};

/**
 * Runs Rapport until it is told to stop, then stops all of it in order and answers the exit code. Every
 * ending is orderly, also that of an error nobody caught; only insisting signals and `kill -9` cut it short.
 */
export async function serve(openRapport: OpenRapport, env: NodeJS.ProcessEnv = process.env): Promise<number> {
  let config: Config;
  try {
    config = readConfig(env);
  } catch (error) {
    tell(error);
    return error instanceof StartError ? error.exitCode : 1;
  }
  const log = await openLog(config.logLevel);
  const done: Undo[] = [];
  const { promise: ending, resolve: end } = Promise.withResolvers<number>();
  let isEnding = false;
  const endWith = (code: number): void => {
    isEnding = true;
    end(code);
  };
  const forget = onStopSignal(
    (signal) => {
      log.info(`${signal}: stopping`);
      endWith(0);
    },
    () => process.exit(130),
  );
  const fail = (error: unknown): void => {
    log.fatal({ err: error }, 'An error that nobody caught; stopping');
    endWith(1);
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  try {
    const database = await start(config, log, openRapport, done, () => !isEnding);
    void database.lost.then(fail);
    const code = await ending;
    await undoAll(done, log);
    return code;
  } catch (error) {
    tell(error);
    await undoAll(done, log);
    return error instanceof StartError ? error.exitCode : 1;
  } finally {
    process.off('uncaughtException', fail);
    process.off('unhandledRejection', fail);
    forget();
  }
}
