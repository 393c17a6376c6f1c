import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDoors, testDoors } from '../../../test/harness/doors.ts';
import { hasNpsp, npspFiles, npspPath } from '../../engine/import/npsp.fixture.ts';
import type { ImportDraft, ImportSet } from '../../model/import.ts';
import { runCommandLine } from './commands.ts';

let doors: TestDoors;
let folder: string;
const former = { ...process.env };
beforeAll(async () => {
  [doors, folder] = await Promise.all([testDoors(), mkdtemp(join(tmpdir(), 'rapport-cli-import-'))]);
  process.env.DATABASE_URL = doors.url;
  process.env.LOG_LEVEL = 'silent';
  for (const [name, text] of Object.entries({
    'accounts.csv': 'Account ID,Account Name\n1,Acme\n2,Zenith\n',
    'contacts.csv': 'Contact ID,Last Name,Account ID\n7,Ruiz,1\n8,Diaz,3\n',
    'export.csv': 'Firma,Ort\nAcme,Köln\n',
    'empty.csv': '',
    'map.json': '{"columns":[{"column":"Firma","to":"name"},{"column":"Ort","to":"billingAddress.city"}]}',
    'bad.json': '{"columns":',
    'odd.json': '{"columns":[{"column":"Last Name","to":"nonsense"}]}',
  }))
    await writeFile(join(folder, name), text);
});
afterAll(async () => {
  process.env = former;
  await Promise.all([doors.close(), rm(folder, { recursive: true })]);
});

/** Runs `import` on files of the folder; options stay as they are. */
async function run(...words: readonly string[]) {
  const [out, notes]: [string[], string[]] = [[], []];
  const argv = words.map((word) => (/^[\w-]+\.(csv|json)$/.test(word) ? join(folder, word) : word));
  const code = await runCommandLine(['import', ...argv], {
    out: (text) => out.push(text),
    note: (text) => notes.push(text),
  });
  return { code, out: out.join('\n'), notes: notes.join('\n') };
}

const count = async (table: string): Promise<number> => {
  // A draft thrown away is in the bin; its file is gone altogether.
  const live = table === 'import_file' ? sql`true` : sql`removed_at is null`;
  const { rows } = await sql<{ count: string }>`
    select count(*) as count from ${sql.id('w_main', table)} where ${live}`.execute(doors.db);
  return Number(rows[0]?.count);
};

describe('what is typed wrongly is refused before anything is kept', () => {
  test.each([
    ['no file at all', [], 2, 'Something is missing'],
    [
      'a file that isn’t there',
      ['accounts.csv', '/no/such/file.csv'],
      1,
      'There is no file /no/such/file.csv',
    ],
    ['a folder', ['/tmp'], 1, '/tmp is a folder'],
    ['an entity nobody knows', ['accounts.csv', '--entity', 'acount'], 1, 'account'],
    [
      'what a file holds that isn’t imported',
      ['accounts.csv', '--entity', 'x.csv=contact'],
      2,
      'no file called x.csv',
    ],
    [
      'what one file holds, twice',
      ['accounts.csv', '--entity', 'account', '--entity', 'accounts.csv=contact'],
      2,
      'says twice what holds for',
    ],
    ['an option without its value', ['accounts.csv', '--entity', '=account'], 2, '--entity is missing'],
    ['a map that isn’t JSON', ['accounts.csv', '--map', 'bad.json'], 2, 'isn’t JSON'],
    ['a map that isn’t there', ['accounts.csv', '--map', 'none.json'], 1, 'There is no file'],
    ['a file with nothing in it, by its name', ['accounts.csv', 'empty.csv'], 1, 'empty.csv'],
    [
      'a file of which it isn’t sure what it holds',
      ['accounts.csv', 'export.csv'],
      1,
      '--entity export.csv=',
    ],
    ['somebody who isn’t there', ['accounts.csv', '--as', 'nobody@example.org'], 1, 'nobody@example.org'],
  ] as const)('%s', async (_what, words, code, why) => {
    const done = await run(...words);
    expect({ code: done.code, out: done.out }).toEqual({ code, out: '' });
    expect(done.notes).toContain(why);
    expect([await count('import_batch'), await count('import_file'), await count('account')]).toEqual([
      0, 0, 0,
    ]);
  });

  test('a mistake in the map of one of several files names the file', async () => {
    const done = await run(
      'accounts.csv',
      'contacts.csv',
      '--map',
      `contacts.csv=${join(folder, 'odd.json')}`,
    );
    expect(done.code).toBe(1);
    expect(done.notes).toContain('contacts.csv.columns[1].to');
    expect([await count('import_batch'), await count('import_file')]).toEqual([0, 0]);
  });

  test('somebody whose roles let him import nothing', async () => {
    const nobody = await doors.user('Nobody', []);
    const done = await run('accounts.csv', '--as', nobody.email);
    expect(done.code).toBe(1);
    expect(done.notes).toContain('don’t let you import anything');
    expect(await count('account')).toBe(0);
  });
});

test('a dry run tells of each file and writes nothing; the run does what it told', async () => {
  const dry = await run('contacts.csv', 'accounts.csv', '--dry-run');
  expect(dry.code).toBe(3);
  expect(dry.out.split('\n').filter((line) => line.includes(' rows = '))).toEqual([
    'accounts.csv: 2 rows = 2 created + 0 updated + 0 merged + 0 unchanged + 0 refused',
    'contacts.csv: 2 rows = 1 created + 0 updated + 0 merged + 0 unchanged + 1 refused',
    'Would be: 4 rows = 3 created + 0 updated + 0 merged + 0 unchanged + 1 refused',
  ]);
  expect(dry.out).toMatch(/line 3, Account ID: /);
  expect(await count('account')).toBe(0);

  const done = await run('contacts.csv', 'accounts.csv');
  expect(done.code).toBe(3);
  expect(done.out).toContain('Done: 4 rows = 3 created + 0 updated + 0 merged + 0 unchanged + 1 refused');
  expect([await count('account'), await count('contact')]).toEqual([2, 1]);
  // The same names, the same source: nothing is doubled.
  const again = await run('accounts.csv', 'contacts.csv');
  expect(again.out).toContain('Done: 4 rows = 0 created + 0 updated + 0 merged + 3 unchanged + 1 refused');
});

test('what isn’t to be told from a file is said of it alone, its columns too', async () => {
  const done = await run(
    'export.csv',
    'accounts.csv',
    '--entity',
    'export.csv=account',
    '--map',
    `export.csv=${join(folder, 'map.json')}`,
    '--source',
    'oldcrm',
    '--json',
  );
  expect(done.code).toBe(0);
  const set = JSON.parse(done.out) as Omit<ImportSet, 'files'> & {
    readonly files: readonly ImportDraft[];
  };
  expect(set).toMatchObject({ state: 'done', rows: 3, created: 3, failed: 0 });
  expect(new Set(set.files.map(({ source }) => source))).toEqual(new Set(['oldcrm']));
  const mapped = set.files.find(({ fileName }) => fileName === 'export.csv')?.mapping.columns;
  expect(mapped?.map(({ to }) => to)).toEqual(['name', 'billingAddress.city']);
});

test.skipIf(!hasNpsp)(
  'the four files of a charity are imported with one command, in an order that is no order',
  { timeout: 600_000 },
  async () => {
    const before = [await count('account'), await count('contact')];
    const [accounts, contacts, deals, roles] = npspFiles.map(([file]) => npspPath(file));
    const done = await run(roles ?? '', accounts ?? '', deals ?? '', contacts ?? '');
    expect(done).toMatchObject({ code: 0 });
    expect(done.out).toMatch(/^Done: 7263 rows = .* \+ 0 refused$/m);
    expect([await count('account'), await count('contact'), await count('opportunity')]).toEqual([
      (before[0] ?? 0) + 1223,
      (before[1] ?? 0) + 1024,
      1517,
    ]);
  },
);
