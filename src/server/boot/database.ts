import type { Log } from '../log.ts';
import { borrowedPostgres } from './borrowed-postgres.ts';
import type { Config } from './config.ts';
import { postgresFolder } from './data-folder.ts';
import { checkExternalDatabase } from './external-database.ts';
import { inProgress } from './progress.ts';
import { startPostgres } from './start-postgres.ts';

/** A database that answers. */
export interface Database {
  /** Holds a password: never log it. */
  readonly url: string;
  readonly embedded: boolean;
  /** Resolves when the embedded server is gone and could not be brought back. */
  readonly lost: Promise<Error>;
  /** Stops what was started for it; safe to call twice. */
  stop(): Promise<void>;
}

/** How a database is opened by something that isn't the app itself. */
export interface OpenDatabaseOptions {
  /** What a second start is told about this one. */
  readonly owner?: string;
  /** True for a command: it works beside a running Rapport rather than being refused by it. */
  readonly isShared?: boolean;
}

const never = new Promise<Error>(() => {});
const notOurs = (url: string, embedded: boolean): Database => ({
  url,
  embedded,
  lost: never,
  stop: async () => {},
});

/** Opens the database of `DATABASE_URL` after checking it, else starts the embedded one. Throws a `StartError`. */
export async function openDatabase(
  config: Config,
  log: Log,
  options: OpenDatabaseOptions = {},
): Promise<Database> {
  if (config.databaseUrl !== null) {
    await checkExternalDatabase(config.databaseUrl, log);
    return notOurs(config.databaseUrl, false);
  }
  const dataDir = await postgresFolder(config, log);
  if (options.isShared) {
    const url = await borrowedPostgres(dataDir, log);
    if (url !== null) return notOurs(url, true);
  }
  const owner = options.owner ?? (options.isShared ? 'command line' : '');
  const { url, lost, stop } = await inProgress(
    'Starting the database',
    startPostgres({ dataDir, log, owner }),
  );
  return { url, embedded: true, lost, stop };
}
