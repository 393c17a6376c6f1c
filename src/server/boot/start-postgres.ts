import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { serverAccount } from './account.ts';
import { ensureAppDatabase } from './app-database.ts';
import { usableBinaries } from './binaries.ts';
import { ensureCluster } from './cluster.ts';
import { type OwnServer, ownServer, removeSocketDir, type Site, superuserUrl } from './own-server.ts';
import { takeOwnerLock } from './owner-lock.ts';
import { stopServer } from './server-process.ts';
import { StartError, saying } from './start-error.ts';

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

/** How often the server may die within a minute before it is given up. */
const maxDeaths = 5;

async function siteOf({
  dataDir: wanted,
  log,
  durable = true,
  owner = '',
}: StartPostgresOptions): Promise<Site> {
  const parent = await realpath(dirname(resolve(wanted))).catch(() => dirname(resolve(wanted)));
  const dataDir = await realpath(wanted).catch(() => join(parent, basename(wanted)));
  const account = await serverAccount(dataDir);
  const binaries = await usableBinaries(account, account ? '/var/lib/rapport' : parent, log);
  const passwords = await ensureCluster(dataDir, binaries, account, durable);
  return { dataDir, binaries, account, isDurable: durable, owner, log, passwords };
}

/** Takes the lock again when only its connection broke; null when the server can't be asked. */
async function lockAgain(server: OwnServer, owner: string) {
  for (let tries = 0; tries < 100; tries += 1) {
    const lock = await takeOwnerLock(superuserUrl(server.port, server.passwords), owner).catch(() => null);
    if (lock) return lock;
    const ended = await Promise.race([server.process.ended, sleep(100)]);
    if (ended !== undefined) return null;
  }
  return null;
}

/** Waits until the server died or its lock can't be had any more; answers what happened. */
async function undoing(server: OwnServer, owner: string): Promise<string> {
  for (;;) {
    const how = await Promise.race([server.process.ended, server.lock.broken.then(() => null)]);
    if (how !== null) return how;
    const lock = await lockAgain(server, owner);
    if (!lock) return Promise.race([server.process.ended, sleep(1000, 'it no longer answers')]);
    if (!lock.isHeld) throw new StartError(`Another Rapport took over the data folder (${lock.owner})`);
    server.lock = lock;
  }
}

/** Starts the PostgreSQL of `dataDir` and owns it until `stop`: when it dies meanwhile, it is started again. */
export async function startPostgres(options: StartPostgresOptions): Promise<OwnPostgres> {
  const site = await siteOf(options);
  const { dataDir, log, owner } = site;
  let server = await ownServer(site);
  const address = superuserUrl(server.port, server.passwords);
  const { promise: lost, resolve: lose } = Promise.withResolvers<Error>();
  let isStopping = false;
  let stopped: Promise<void> | null = null;

  async function supervise(): Promise<void> {
    for (let deaths: number[] = []; !isStopping; ) {
      const how = await undoing(server, owner);
      if (isStopping) return;
      deaths = [...deaths.filter((at) => at > Date.now() - 60_000), Date.now()];
      if (deaths.length > maxDeaths)
        throw new StartError(`PostgreSQL died ${deaths.length} times within a minute: ${how}`);
      log.error(`PostgreSQL died (${how}); starting it again`);
      await stopServer(server.process.pid, dataDir, log);
      await removeSocketDir(server.socketDir);
      server = await ownServer(site, server.port);
      log.warn('PostgreSQL runs again; every acknowledged write is there');
    }
  }

  let supervised: Promise<void> = Promise.resolve();
  const stop = async () => {
    isStopping = true;
    await server.lock.release().catch(() => {});
    await stopServer(server.process.pid, dataDir, log);
    await supervised;
    await server.lock.release().catch(() => {});
    await stopServer(server.process.pid, dataDir, log); // one that was being started again meanwhile
    await removeSocketDir(server.socketDir);
  };

  try {
    await ensureAppDatabase(address, server.passwords.rapport);
  } catch (error) {
    await stop();
    throw new StartError(`The database could not be set up: ${saying(error)}`);
  }
  supervised = supervise().catch((error: unknown) =>
    lose(error instanceof Error ? error : new Error(String(error))),
  );
  return {
    url: `postgresql://rapport:${server.passwords.rapport}@127.0.0.1:${server.port}/rapport`,
    superuserUrl: address,
    lost,
    stop: () => (stopped ??= stop()),
  };
}
