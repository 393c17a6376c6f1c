import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { type Account, spawnAs } from './account.ts';
import type { Binaries } from './binaries.ts';
import { isAlive, isServerOf, readPostmaster } from './postmaster-file.ts';
import { type ServerPlace, serverArguments, serverEnvironment } from './server-settings.ts';

/** A server that this process started. */
export interface ServerProcess {
  readonly pid: number;
  /** Resolves with a word on how it ended, once it has. */
  readonly ended: Promise<string>;
}

/** A server that did not come up, with the last that it said. */
export class ServerRefusal extends Error {
  /** Whether trying again in a moment makes sense: the last server's remains are still going away. */
  get isPassing(): boolean {
    return /lock file|shared memory|already in use|could not create any TCP/i.test(this.message);
  }
}

/** A port of 127.0.0.1 that nobody uses now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

const levels: Readonly<Record<string, 'debug' | 'warn' | 'error'>> = { WARNING: 'warn', PANIC: 'error' };

/** Passes on what the server says, and keeps the last lines for whoever asks why it ended. */
function listen(child: ChildProcess, log: Log): string[] {
  const last: string[] = [];
  if (!child.stderr) return last;
  createInterface(child.stderr).on('line', (line) => {
    last.push(line);
    if (last.length > 12) last.shift();
    log[levels[/^([A-Z]+):/.exec(line)?.[1] ?? ''] ?? 'debug'](`postgres: ${line}`);
  });
  return last;
}

/**
 * Starts `postgres` in a session of its own, where Ctrl-C doesn't reach it, and waits until it serves. After a
 * crash it first recovers, however long that takes. Throws a `ServerRefusal` when it ends instead.
 */
export async function launchServer(
  place: ServerPlace,
  binaries: Binaries,
  account: Account,
  log: Log,
): Promise<ServerProcess> {
  const child = spawn(binaries.postgres, serverArguments(place), {
    ...spawnAs(account),
    env: serverEnvironment,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const last = listen(child, log);
  let isOver = false;
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) =>
      resolve(signal ? `it was stopped by ${signal}` : `it ended with code ${code}`),
    );
  }).finally(() => {
    isOver = true;
  });
  for (;;) {
    if (isOver)
      throw new ServerRefusal(last.filter((line) => !line.startsWith('LOG:')).join(' · ') || (await ended));
    const said = await readPostmaster(place.dataDir);
    if (said && said.pid === child.pid && said.isReady) return { pid: said.pid, ended };
    await Promise.race([ended, sleep(20)]);
  }
}

/**
 * Stops the server with this process id: it ends its sessions and closes its files. Where it doesn't within
 * `patience` milliseconds, it is stopped the hard way, which loses nothing either but costs a recovery.
 */
export async function stopServer(pid: number, dataDir: string, log: Log, patience = 60_000): Promise<void> {
  for (const [signal, wait] of [
    ['SIGINT', patience],
    ['SIGQUIT', 5000],
    ['SIGKILL', 5000],
  ] as const) {
    if (!(await isServerOf(pid, dataDir))) return;
    if (signal !== 'SIGINT') log.warn(`PostgreSQL (process ${pid}) is slow to stop; sending it ${signal}`);
    try {
      process.kill(pid, signal);
    } catch {
      return; // it ended meanwhile
    }
    const until = Date.now() + wait;
    while (Date.now() < until) {
      if (!isAlive(pid) || !(await isServerOf(pid, dataDir))) return;
      await sleep(20);
    }
  }
}
