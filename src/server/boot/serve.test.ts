import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../../test/harness/until.ts';
import { isServerOf, readPostmaster } from './postmaster-file.ts';

/** A small app behind the real start: a slow door, and one whose error nobody catches. */
const source = `
  const { serve } = await import(${JSON.stringify(join(import.meta.dirname, 'serve.ts'))});
  const { fastify } = (await import(${JSON.stringify(import.meta.resolve('fastify'))})).default;
  const openRapport = async ({ log }) => {
    const http = fastify({ loggerInstance: log });
    http.get('/slow', async () => {
      process.stdout.write('slow begins\\n');
      // Under way whenever the app is told to stop, however late that is.
      await new Promise((go) => process.once('SIGTERM', () => setTimeout(go, 200)));
      return 'finished';
    });
    http.get('/stuck', () => new Promise(() => process.stdout.write('stuck begins\\n')));
    http.get('/crash', async () => { setTimeout(() => { throw new Error('nobody catches this') }, 50); return 'soon'; });
    return { http, setupLink: '/w/main/setup#token=abc', close: async () => void process.stdout.write('workers stopped\\n') };
  };
  process.exit(await serve(openRapport));`;

let base: string;
const children: ChildProcess[] = [];
const blockers: Server[] = [];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'rapport-serve-'));
  await chmod(base, 0o755);
});

afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null) await stopped(child, 'SIGTERM');
  for (const blocker of blockers.splice(0)) blocker.close();
  await rm(base, { recursive: true, force: true });
});

interface Run {
  readonly child: ChildProcess;
  /** Everything said so far, on both outputs. */
  said(): string;
  readonly code: Promise<number | null>;
}

function run(env: Record<string, string>): Run {
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    env: { PATH: process.env.PATH, PORT: '0', RAPPORT_DATA: base, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let said = '';
  for (const output of [child.stdout, child.stderr])
    output?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = new Promise<number | null>((resolve) => child.once('close', (status) => resolve(status)));
  return { child, said: () => said, code };
}

const says = (app: Run, words: string): Promise<boolean> => until(() => app.said().includes(words), Boolean);

/** Where the app listens, once it has said all that it says then; all that it said when it ended before. */
async function listening(app: Run): Promise<string> {
  const said = await until(
    app.said,
    (text) => text.includes('Ctrl-C stops it') || app.child.exitCode !== null,
  );
  return /Rapport is running at (http:\S+)/.exec(said)?.[1] ?? said;
}

function stopped(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.kill(signal);
  return closed;
}

const databaseRuns = async () => {
  const left = await readPostmaster(join(base, 'postgres'));
  return left !== null && (await isServerOf(left.pid, join(base, 'postgres')));
};

describe('the app from start to stop', () => {
  test('refuses a wrong configuration with code 2, before it touches anything', async () => {
    const app = run({ PORT: 'abc', LOG_LEVEL: 'loud' });
    expect(await app.code).toBe(2);
    expect(app.said()).toContain('PORT="abc"');
    expect(app.said()).toContain('LOG_LEVEL="loud"');
    expect(await readPostmaster(join(base, 'postgres'))).toBeNull();
  });

  test('refuses a busy port with a remedy, and leaves no database running', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    blockers.push(blocker);
    await once(blocker, 'listening');
    const { port } = blocker.address() as AddressInfo;
    const app = run({ PORT: String(port) });
    expect(await app.code).toBe(1);
    expect(app.said()).toContain(`Port ${port} of 127.0.0.1 is used by another program`);
    expect(app.said()).toContain(`PORT=${port + 1} npm start`);
    expect(await databaseRuns()).toBe(false);
  });

  test('refuses a second start from the same data folder, and says where the first one is', async () => {
    const app = run({});
    await listening(app);
    const second = run({});
    expect(await second.code).toBe(1);
    expect(second.said()).toContain(
      `already running from this data folder (process ${app.child.pid}, http://127.0.0.1`,
    );
    expect(app.child.exitCode).toBeNull();
  });

  test('prints the address and the set-up link, and on SIGTERM finishes what is under way', async () => {
    const app = run({});
    const address = await listening(app);
    expect(app.said()).toContain(`${address}/w/main/setup#token=abc`);
    const answer = fetch(`${address}/slow`).then((response) => response.text());
    await says(app, 'slow begins');
    app.child.kill('SIGTERM');
    app.child.kill('SIGTERM'); // npm and the terminal both pass it on
    expect(await answer).toBe('finished');
    expect(await app.code).toBe(0);
    expect(app.said()).toContain('workers stopped');
    expect(await databaseRuns()).toBe(false);
    await expect(fetch(address)).rejects.toThrow();
  });

  test('stops at once when somebody insists, and starts again after that', async () => {
    const app = run({});
    const address = await listening(app);
    fetch(`${address}/stuck`).catch(() => {});
    await says(app, 'stuck begins');
    // What comes at once is the same wish as the first: somebody who insists goes on.
    const insisting = setInterval(() => app.child.kill('SIGINT'), 300);
    const code = await app.code;
    clearInterval(insisting);
    expect(code).toBe(130);
    expect(await databaseRuns()).toBe(true);
    const next = run({});
    expect(await listening(next)).toMatch(/^http:/);
  });

  test('logs an error that nobody caught, and stops in order with code 1', async () => {
    const app = run({});
    const address = await listening(app);
    await fetch(`${address}/crash`);
    expect(await app.code).toBe(1);
    expect(app.said()).toContain('nobody catches this');
    expect(await databaseRuns()).toBe(false);
  });
});
