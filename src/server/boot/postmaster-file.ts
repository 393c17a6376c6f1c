import { execFile } from 'node:child_process';
import { readFile, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a PostgreSQL server says about itself in the `postmaster.pid` of its data folder. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly socketDir: string;
  readonly isReady: boolean;
}

/** Reads `postmaster.pid`; null when there is none or it is still being written. */
export async function readPostmaster(dataDir: string): Promise<Postmaster | null> {
  const content = await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => null);
  if (content === null) return null;
  const lines = content.split('\n').map((line) => line.trim());
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return {
    pid,
    port: Number.isInteger(port) ? port : 0,
    socketDir: lines[4] ?? '',
    isReady: lines[7] === 'ready',
  };
}

/** Whether any process has this id. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function commandOf(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return line.replaceAll('\0', ' ');
  }
  return run('ps', ['-p', String(pid), '-o', 'command=']).then(
    ({ stdout }) => stdout,
    () => '',
  );
}

/**
 * Whether process `pid` really is the PostgreSQL of `dataDir`. After a crash the id in `postmaster.pid` may
 * belong to anything, which makes PostgreSQL refuse to start.
 */
export async function isServerOf(pid: number, dataDir: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const command = await commandOf(pid);
  if (!/(^|\/)postgres\b/.test(command)) return false;
  const folder = await realpath(dataDir).catch(() => dataDir);
  const home = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  return home === folder || command.includes(` ${folder} `) || command.includes(` ${dataDir} `);
}
