import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { borrowedPostgres } from '../../src/server/boot/borrowed-postgres.ts';
import { isServerOf, readPostmaster } from '../../src/server/boot/postmaster-file.ts';
import { projectFolder } from '../../src/server/boot/project.ts';
import { openLog } from '../../src/server/log.ts';
import { until } from '../harness/until.ts';

/** The whole product as `npm start` runs it, in a process of its own, on a data folder of the test's. */
export interface RealApp {
  /** Where it listens. */
  readonly address: string;
  /** Where its PostgreSQL answers. */
  readonly databaseUrl: string;
  /** Ends its process at once, as a power cut would; its PostgreSQL lives on. */
  kill(): Promise<void>;
  /** Ends it in order, its PostgreSQL too. */
  stop(): Promise<number | null>;
}

/** The administrator it is set up with. */
export const administratorOfApp = { email: 'admin@example.org', password: 'four words make one' };

/** Starts the app on `folder` and waits until it listens. */
export async function startRealApp(folder: string): Promise<RealApp> {
  const child = spawn(process.execPath, [join(projectFolder, 'src/server/main.ts')], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      LOG_LEVEL: 'warn',
      RAPPORT_DATA: folder,
      RAPPORT_ADMIN_EMAIL: administratorOfApp.email,
      RAPPORT_ADMIN_PASSWORD: administratorOfApp.password,
      RAPPORT_REQUESTS_PER_MINUTE: '1000000',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const output of [child.stdout, child.stderr])
    output.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const address = await listening(child, () => said);
  const databaseUrl = await borrowedPostgres(join(folder, 'postgres'), await openLog('silent'));
  if (databaseUrl === null) throw new Error(`the app runs without its database:\n${said}`);
  return {
    address,
    databaseUrl,
    kill: async () => void (await ended(child, 'SIGKILL')),
    stop: () => ended(child, 'SIGTERM'),
  };
}

async function listening(child: ChildProcess, said: () => string): Promise<string> {
  const address = () => /Rapport is running at (http:\S+)/.exec(said())?.[1];
  await until(
    () => ({ said: said(), code: child.exitCode }),
    ({ code }) => address() !== undefined || code !== null,
  ).catch(() => {});
  const found = address();
  if (found) return found;
  child.kill('SIGKILL');
  throw new Error(`the app did not start:\n${said()}`);
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.kill(signal);
  return closed;
}

/** Ends the PostgreSQL of `folder` at once, all of its processes; does nothing when none runs there. */
export async function killPostgres(folder: string): Promise<void> {
  const dataDir = join(folder, 'postgres');
  const said = await readPostmaster(dataDir);
  if (!said || !(await isServerOf(said.pid, dataDir))) return;
  // The children first seen, then the parent: afterwards nobody could tell whose they were.
  const children = await childrenOf(said.pid);
  for (const pid of [said.pid, ...children]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself between the look and the blow.
    }
  }
}

async function childrenOf(parent: number): Promise<readonly number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const status = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    // After the name in brackets, which may hold anything: state, parent.
    const [, ppid] = status.slice(status.lastIndexOf(')') + 2).split(' ');
    if (Number(ppid) === parent) found.push(Number(name));
  }
  return found;
}
