import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { type Passwords, resetPasswords } from './cluster.ts';
import { type OwnerLock, takeOwnerLock } from './owner-lock.ts';
import { isAlive, isServerOf, type Postmaster, readPostmaster } from './postmaster-file.ts';
import { freePort, launchServer, type ServerProcess, ServerRefusal, stopServer } from './server-process.ts';
import { codeOf, StartError, saying } from './start-error.ts';

/** Everything that stays the same from one server of a data folder to the next. */
export interface Site {
  readonly dataDir: string;
  readonly binaries: Binaries;
  readonly account: Account;
  readonly isDurable: boolean;
  readonly owner: string;
  readonly log: Log;
  /** Null when the file that held them was lost. */
  passwords: Passwords | null;
}

/** A server that this process started and owns. */
export interface OwnServer {
  readonly process: ServerProcess;
  readonly port: number;
  readonly socketDir: string;
  readonly passwords: Passwords;
  lock: Extract<OwnerLock, { isHeld: true }>;
}

const socketPrefix = 'rapport-pg-';

/** The address of the superuser. */
export const superuserUrl = (port: number, passwords: Passwords): string =>
  `postgresql://postgres:${passwords.superuser}@127.0.0.1:${port}/postgres`;

/** A new folder for the server's socket, short enough for the 107 bytes that a socket's path may have. */
async function newSocketDir(account: Account): Promise<string> {
  const base = tmpdir().length > 60 ? '/tmp' : tmpdir();
  const folder = await mkdtemp(join(base, socketPrefix));
  if (account) await chown(folder, account.uid, account.gid);
  return folder;
}

/** Removes a socket folder of ours. The path may come from a stale file, so anything else is left alone. */
export async function removeSocketDir(folder: string): Promise<void> {
  if (basename(folder).startsWith(socketPrefix))
    await rm(folder, { recursive: true, force: true }).catch(() => {});
}

/** How long a start waits for an owner that may be stopping just now, in milliseconds. */
const patience = 3000;

/** The refusal of a data folder whose owner lives. */
class AlreadyRunning extends StartError {
  constructor(dataDir: string, owner: string) {
    super(
      `Rapport is already running from this data folder (${owner}): ${dataDir}. ` +
        'Use that one, stop it first, or choose another folder with RAPPORT_DATA.',
    );
  }
}

/** Asks a live server for its lock; null when it can't answer yet. Throws when it has a living owner. */
async function lockOf(said: Postmaster, { dataDir, passwords, owner }: Site) {
  if (!passwords) {
    throw new StartError(
      `A PostgreSQL (process ${said.pid}) runs on ${dataDir}, and the file with its passwords is lost. ` +
        `Stop it (kill -INT ${said.pid}), then start again.`,
    );
  }
  try {
    const lock = await takeOwnerLock(superuserUrl(said.port, passwords), owner);
    if (!lock.isHeld) throw new AlreadyRunning(dataDir, lock.owner);
    return lock;
  } catch (error) {
    if (error instanceof StartError) throw error;
    if (codeOf(error) === '28P01') {
      throw new StartError(
        `A PostgreSQL (process ${said.pid}) runs on ${dataDir} and refuses the password of Rapport. ` +
          `Stop it (kill -INT ${said.pid}), then start again.`,
      );
    }
    return null;
  }
}

/** Stops a server that outlived its owner; refuses when the owner lives. */
async function settleFormer(said: Postmaster, site: Site): Promise<void> {
  const { dataDir, log } = site;
  const lock = said.isReady ? await lockOf(said, site) : null;
  if (!lock) {
    // Starting or stopping: look again.
    await sleep(100);
    return;
  }
  log.warn(`A PostgreSQL of an earlier start was left running (process ${said.pid}); stopping it`);
  await stopServer(said.pid, dataDir, log);
  await lock.release().catch(() => {});
  await removeSocketDir(said.socketDir);
}

/** Takes away what a crashed server left and PostgreSQL itself would stumble over. */
async function clearRemains(said: Postmaster, { dataDir, log }: Site): Promise<void> {
  await removeSocketDir(said.socketDir);
  if (!isAlive(said.pid)) return; // PostgreSQL sees this itself
  log.info(
    `The last PostgreSQL did not stop cleanly, and its process id ${said.pid} now belongs to another program`,
  );
  await rm(join(dataDir, 'postmaster.pid'), { force: true });
}

async function launchOnce(site: Site, wantedPort: number | null): Promise<OwnServer> {
  const { dataDir, binaries, account, isDurable, owner, log } = site;
  site.passwords ??= await resetPasswords(dataDir, binaries, account);
  const { passwords } = site;
  const port = wantedPort ?? (await freePort());
  const socketDir = await newSocketDir(account);
  try {
    const process = await launchServer({ dataDir, port, socketDir, isDurable }, binaries, account, log);
    const lock = await takeOwnerLock(superuserUrl(port, passwords), owner);
    if (!lock.isHeld) throw new AlreadyRunning(dataDir, lock.owner);
    return { process, port, socketDir, passwords, lock };
  } catch (error) {
    await removeSocketDir(socketDir);
    throw error;
  }
}

/** Settles what an earlier server left, then starts; null when it must be tried again. */
async function attempt(site: Site, port: number | null): Promise<OwnServer | null> {
  const said = await readPostmaster(site.dataDir);
  if (said && (await isServerOf(said.pid, site.dataDir))) {
    await settleFormer(said, site);
    return null;
  }
  if (said) await clearRemains(said, site);
  return launchOnce(site, port);
}

/**
 * Starts the server of `site` and becomes its owner, after whatever an earlier one left has been settled.
 * A given port is kept, so that addresses already handed out stay true.
 */
export async function ownServer(site: Site, port: number | null = null): Promise<OwnServer> {
  const begun = Date.now();
  for (let refusals = 0; ; ) {
    try {
      const server = await attempt(site, port);
      if (server) return server;
    } catch (error) {
      if (error instanceof StartError && !(error instanceof AlreadyRunning)) throw error;
      if (error instanceof AlreadyRunning && Date.now() - begun > patience) throw error;
      refusals += error instanceof AlreadyRunning ? 0 : 1;
      if ((error instanceof ServerRefusal && !error.isPassing) || refusals > 8) {
        throw new StartError(`The database in ${site.dataDir} does not start: ${saying(error)}`);
      }
      site.log.debug(`PostgreSQL does not start yet: ${saying(error)}`);
      await sleep(200 * Math.max(1, refusals));
    }
  }
}
