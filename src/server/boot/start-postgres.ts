import type { Log } from '../log.ts';

/** What a PostgreSQL of our own is started with. */
export interface StartPostgresOptions {
  /** The folder of the cluster itself (`./data/postgres`); it is made when it isn't there. */
  readonly dataDir: string;
  readonly log: Log;
  /** False trades safety for speed (no fsync), for tests and benches that throw their data away. Default true. */
  readonly durable?: boolean;
  /** What a second start is told about the owner, such as the address it serves. */
  readonly owner?: string;
}

/** A running PostgreSQL of our own. */
export interface OwnPostgres {
  /** The database `rapport` as the role `rapport`, which owns it and is nothing more. */
  readonly url: string;
  /** The database `postgres` as superuser: to make, clone and drop databases. */
  readonly superuserUrl: string;
  /** Resolves when the server is gone and could not be brought back. */
  readonly lost: Promise<Error>;
  /** Stops the server cleanly; safe to call twice. */
  stop(): Promise<void>;
}

/** Starts the PostgreSQL of `dataDir` and owns it until `stop`. */
export async function startPostgres(options: StartPostgresOptions): Promise<OwnPostgres> {
  throw new Error(`not yet: ${options.dataDir}`);
}
