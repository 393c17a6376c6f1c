import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommandLine } from '../../src/server/cli/commands.ts';
import { newWord } from '../access/stage.ts';
import { type TestDoors, testDoors } from '../harness/doors.ts';
import { fingerprint } from '../harness/fingerprint.ts';
import { fill, type Neighbour, openNeighbour } from './neighbour.ts';

/** What can't be knocked at like the other doors: the stream that never ends, the command line, the queue. */
let doors: TestDoors;
let other: Neighbour;
let lastForeignWord: number;
let origin: string;
const former = { ...process.env };

beforeAll(async () => {
  doors = await testDoors({ works: true });
  other = await openNeighbour(doors, 'other');
  lastForeignWord = Number(/\d+/.exec(newWord())?.[0]);
  await fill(doors.db, doors.workspace);
  origin = await doors.app.listen({ host: '127.0.0.1', port: 0 });
  Object.assign(process.env, { DATABASE_URL: doors.url, LOG_LEVEL: 'silent', RAPPORT_WORKSPACE: 'main' });
});
afterAll(async () => {
  process.env = former;
  doors.app.server.closeAllConnections();
  await doors.close();
});

const foreignWordsIn = (text: string): readonly string[] =>
  [...text.matchAll(/zq(\d+)x/g)]
    .filter(([, number]) => Number(number) <= lastForeignWord)
    .map(([word]) => word);

test('the stream tells nobody of what is written in another workspace', async () => {
  const abort = new AbortController();
  const response = await fetch(`${origin}/w/main/api/v1/events`, {
    headers: { cookie: doors.admin.cookie, 'sec-fetch-site': 'same-origin' },
    signal: abort.signal,
  });
  let told = '';
  const reading = (async () => {
    for await (const chunk of response.body ?? []) told += Buffer.from(chunk as Uint8Array).toString();
  })().catch(() => {});
  await expect.poll(() => told).toContain('event: ready');
  const elsewhere = await other.admin.program('POST', '/accounts', { name: 'Elsewhere' });
  const here = await doors.admin.program('POST', '/accounts', { name: 'Here' });
  expect([elsewhere.status, here.status]).toEqual([201, 201]);
  // Notices arrive in the order of their sending: what came before this one was heard before it.
  await expect.poll(() => told).toContain(here.body.id);
  expect(told).not.toContain(elsewhere.body.id);
  abort.abort();
  await reading;
});

describe('the command line in one workspace', () => {
  const run = async (...argv: readonly string[]) => {
    const said: string[] = [];
    const code = await runCommandLine(argv, {
      out: (line) => said.push(line),
      note: (line) => said.push(line),
    });
    return { code, said: said.join('\n') };
  };

  test('exports nothing of another', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rapport-isolation-'));
    try {
      const { code } = await run('export', '--all', '--format', 'jsonl', '--out', join(folder, 'all'));
      expect(code).toBe(0);
      const files = await readdir(join(folder, 'all'));
      expect(files.length).toBeGreaterThan(20);
      for (const name of files) {
        const text = await readFile(join(folder, 'all', name), 'utf8');
        expect(foreignWordsIn(text), name).toEqual([]);
        expect(text, name).not.toMatch(/boss@other|Company of other|only-here/);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('knows no user of another, imports no reference to its records, and changes nothing there', async () => {
    const before = await fingerprint(doors.db, other.workspace.schema);
    const folder = await mkdtemp(join(tmpdir(), 'rapport-isolation-'));
    try {
      const key = await run('key', 'create', '--user', other.admin.email, '--name', 'x');
      expect(key).toMatchObject({ code: 1, said: expect.stringContaining('No active user') as string });
      expect((await run('export', 'accounts', '--as', other.admin.email)).code).toBe(1);
      const file = join(folder, 'accounts.csv');
      await writeFile(file, `Name,Parent account\nReaching out,${other.records.get('account')}\n`);
      const imported = await run('import', file, '--entity', 'account');
      expect(imported.code, imported.said).not.toBe(0);
      const { rows } = await sql`select 1 from w_main.account where name = 'Reaching out'`.execute(doors.db);
      expect(rows).toEqual([]);
      expect((await run('search', 'rebuild')).code).toBe(0);
      expect(await fingerprint(doors.db, other.workspace.schema)).toEqual(before);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('backs up and drops none but the one it is told', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rapport-isolation-'));
    const tables = async (): Promise<unknown> => fingerprint(doors.db, other.workspace.schema);
    const before = await tables();
    try {
      const file = join(folder, 'main.backup');
      expect((await run('backup', file)).code).toBe(0);
      process.env.RAPPORT_WORKSPACE = 'copy';
      const restored = await run('restore', file);
      expect(restored.code, restored.said).toBe(0);
      const { rows } = await sql<{ name: string }>`select name from w_copy.account order by name`.execute(
        doors.db,
      );
      expect(rows.length).toBeGreaterThan(0);
      expect(foreignWordsIn(JSON.stringify(rows))).toEqual([]);
      expect((await run('workspace', 'drop', 'copy', '--yes', 'copy')).code).toBe(0);
      expect(await tables()).toEqual(before);
    } finally {
      process.env.RAPPORT_WORKSPACE = 'main';
      await rm(folder, { recursive: true });
    }
  });
});
