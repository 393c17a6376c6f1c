import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openArchive } from '../../src/engine/archive/read-archive.ts';
import { restoreArchive } from '../../src/engine/archive/restore-archive.ts';
import { type Archive, writeArchive } from '../../src/engine/archive/write-archive.ts';
import { contents } from '../../src/engine/backup/backup.fixture.ts';
import type { Ctx } from '../../src/engine/ctx.ts';
import { openImport } from '../../src/engine/import/open.ts';
import { zipOf } from '../../src/engine/import/read/xlsx.fixture.ts';
import { startSet } from '../../src/engine/import/sets.ts';
import { workOnSet } from '../../src/engine/import/work.ts';
import { createRecords, removeRecords } from '../../src/engine/record/verbs.ts';
import { type OpenPool, openPool } from '../../src/engine/workspace/database.ts';
import { isMigrated, planWorkspace } from '../../src/engine/workspace/migrate.ts';
import { openWorkspace } from '../../src/engine/workspace/open.ts';
import { prepareWorkspace } from '../../src/engine/workspace/prepare.ts';
import { isWorkspaceThere } from '../../src/engine/workspace/workspace-names.ts';
import { entityOf } from '../../src/model/declarations.ts';
import { declareAll, samples } from '../declare/every-type.fixture.ts';
import { ctxOf } from '../doors/write-doors.ts';
import { type Caller, type TestDoors, testDoors } from '../harness/doors.ts';

let doors: TestDoors;
let admin: Caller;
let pool: OpenPool;
let folder: string;
let file: string;
let archive: Archive;
let before: Record<string, string>;

const at = (name: string): string => join(folder, name);

/** The system in the workspace of the doors, whose pool has connections to spare. */
const system = (): Ctx => ({
  ...ctxOf(doors, admin, 'system'),
  who: { userId: null, name: 'Rapport', roles: ['administrator'], teams: [] },
  db: pool.db,
});

const place = (name: string) => ({ db: pool.db, model: doors.workspace.declaredInCode, name });

/** What the tables of a workspace hold, but for those that are made anew. */
async function held(name: string): Promise<Record<string, string>> {
  const client = await pool.pool.connect();
  try {
    // What searches find of the bookkeeping of imports is made when records are, not when they are counted on.
    const { rows } = await client.query<{ batch: object }>(
      `select jsonb_object_agg(key, value order by key) as batch from w_${name}.import_batch b, jsonb_each(to_jsonb(b))
        where key not like '%\\_fold'`,
    );
    const {
      import_batch: _batch,
      kept_answer: _kept,
      search_word: _words,
      search_build: _build,
      ...rest
    } = await contents(client, `w_${name}`);
    return { ...rest, import_batch: JSON.stringify(rows) };
  } finally {
    client.release();
  }
}

const restored = (name: string, path = file) => restoreArchive({ ...place(name), path });

/** Makes what is hard to carry: every field type, things in the bin, links, keys, history, an import, a set-up. */
async function fill(): Promise<void> {
  const made = async (path: string, values: Record<string, unknown>): Promise<string> => {
    const { status, body, text } = await admin.program('POST', path, values);
    if (status !== 201) throw new Error(`${path}: ${text}`);
    return String(body.id);
  };
  const account = await made('/accounts', {
    name: '=Maison «Élan»',
    revenue: { amount: '-250.1', currency: 'JPY' },
  });
  const child = await made('/accounts', { name: 'Child of it', parent: account, phone: '01 42 68 53 00' });
  const contact = await made('/contacts', {
    name: { first: 'Zoé', last: "O'Díaz" },
    account,
    birthday: '1980-02-29',
  });
  const deal = await made('/opportunities', {
    name: 'Deal',
    account,
    closeDate: '2027-01-31',
    amount: { amount: '12.5', currency: 'EUR' },
  });
  await made('/opportunity-contacts', { opportunity: deal, contact, primary: true });
  await made('/account-contacts', { account: child, contact });
  await made('/tasks', { subject: 'Call', related: { entity: 'contact', id: contact } });
  await made('/notes', { text: 'Said 😀', related: { entity: 'account', id: account } });
  const team = await made('/teams', { name: 'North' });
  await made('/base-values', {
    list: 'industry',
    code: 'boats',
    labelEn: 'Boats',
    labelFr: 'Bateaux',
    labelEs: 'Barcos',
    position: 5,
  });
  await made('/validation-rules', {
    name: 'r',
    entity: 'account',
    wrongWhen: 'name = "bad"',
    field: 'name',
    messageEn: 'No',
    messageFr: 'Non',
    messageEs: 'No',
  });
  await made('/custom-entities', { oneEn: 'Boat', manyEn: 'Boats' });
  const fields = await declareAll(admin, 'x-boat', account);
  await made('/custom-fields', { entity: 'account', type: 'text', labelEn: 'Harbour' });
  const sent = Object.fromEntries(
    Object.entries(samples(account)).map(([name, sample]) => [name, sample.sent]),
  );
  await made('/x-boats', { name: 'Ann', teams: [team], ...sent });
  await admin.program('DELETE', `/custom-fields/${fields[0]}`);
  await admin.program('PATCH', `/accounts/${child}`, { version: 1, xHarbour: 'Brest', name: 'Child' });
  const ctx = { ...system(), who: { ...ctxOf(doors, admin, 'api').who, roles: ['administrator'] } };
  const contacts = entityOf(doors.workspace.model, 'contact');
  const [gone] = await createRecords(ctx, contacts, [
    { name: { last: 'Gone' }, externalKeys: [{ source: 'old', key: '7' }] },
  ]);
  await removeRecords(ctx, contacts, [{ id: gone?.id ?? '' }]);
  const rows = Array.from({ length: 700 }, (_, row) => `${row},Name ${row},n${row}@example.org`);
  const bytes = Buffer.from(`ID,Last Name,Email\n${rows.join('\n')}\n${'x'.repeat(1_200_000)},a`);
  const id = await openImport(ctx, { entity: 'contact', fileName: 'old: contacts.csv', bytes });
  await startSet(ctx, id, 'run');
  await workOnSet(ctx, id);
  await sql`insert into w_main.event (id, at, door, entity, record, verb, version, changes)
    values (gen_random_uuid(), '1999-12-31 23:59:59.999999Z', 'system', 'account', ${account}, 'create', 1, '{"a": 1.10}')`.execute(
    pool.db,
  );
}

beforeAll(async () => {
  doors = await testDoors();
  admin = doors.admin;
  pool = openPool(doors.url, { max: 4, applicationName: 'rapport command' });
  folder = await mkdtemp(join(tmpdir(), 'rapport-archive-'));
  file = at('all.zip');
  await fill();
  before = await held('main');
  archive = await writeArchive(system(), { path: file, withSecrets: true, partRows: 300 });
});
afterAll(async () => {
  await pool.close();
  await doors.close();
  await rm(folder, { recursive: true });
});

describe('a restore is refused, and nothing is changed,', () => {
  test.each<[string, (bytes: Buffer) => Buffer, RegExp]>([
    ['of a file cut in half', (bytes) => bytes.subarray(0, bytes.length / 2), /damaged|cut off/],
    ['of a file without its last byte', (bytes) => bytes.subarray(0, -1), /damaged|cut off/],
    ['of an empty file', () => Buffer.alloc(0), /no archive/],
    ['of a text', () => Buffer.from('id,name\n1,Acme\n'), /no archive/],
    [
      'of a bit that flipped',
      (bytes) => flipped(bytes, bytes.indexOf('records/contacts.jsonl') + 400),
      /damaged/,
    ],
  ])('%s', async (_name, change, said) => {
    const path = at('changed.zip');
    await writeFile(path, change(await readFile(file)));
    await expect(restored('refused', path)).rejects.toThrow(said);
    expect(await isWorkspaceThere(pool.db, 'refused')).toBe(false);
  });

  test('of a file that isn’t there', async () => {
    await expect(restored('refused', at('nowhere.zip'))).rejects.toThrow(/no such file/);
  });

  test('into a workspace that holds records', async () => {
    await expect(restored('main')).rejects.toThrow(/isn’t empty/);
    expect(await held('main')).toEqual(before);
  });

  test.each<[string, Record<string, (text: string) => string>, RegExp]>([
    [
      'a record has a field that this version doesn’t know',
      { 'records/accounts.jsonl': (text) => text.replace('{"', '{"colour":"red","') },
      /no field “colour” of accounts/,
    ],
    [
      'a record is missing',
      { 'records/accounts.jsonl': (text) => text.slice(text.indexOf('\n') + 1) },
      /of 2 rows or bytes of accounts, there are 1/,
    ],
    ['a line is no JSON', { 'records/accounts.jsonl': () => '{"id":\n{}\n' }, /isn’t JSON/],
    [
      'a line of the history is none',
      { 'tables/event.jsonl': () => '{"id":"x"}\n' },
      /the database refuses a line/,
    ],
    [
      'it comes from a later version',
      { 'manifest.json': (text) => text.replace('"productVersion": "0.', '"productVersion": "9.') },
      /version 9\./,
    ],
    [
      'its layout is a later one',
      { 'manifest.json': (text) => text.replace('"layout": 1', '"layout": 2') },
      /layout is 2/,
    ],
    [
      'it has a table that this version doesn’t know',
      { 'manifest.json': (text) => text.replace('"name": "delivery"', '"name": "invoice"') },
      /no table invoice/,
    ],
    [
      'it has an entity that this version doesn’t know',
      { 'manifest.json': (text) => text.replace('"name": "task"', '"name": "visit"') },
      /knows no tasks/,
    ],
    [
      'it names a file that isn’t there',
      { 'manifest.json': (text) => text.replace('records/accounts.jsonl', 'records/none.jsonl') },
      /none\.jsonl is missing/,
    ],
  ])('when %s', async (_name, changes, said) => {
    const path = at('doctored.zip');
    await doctor(path, changes);
    await expect(restored('refused', path)).rejects.toThrow(said);
    expect(await isWorkspaceThere(pool.db, 'refused')).toBe(false);
  });
});

/** Writes the archive with other contents. */
async function doctor(
  path: string,
  changes: Readonly<Record<string, (text: string) => string>>,
): Promise<void> {
  const { manifest, bytes } = await openArchive(file);
  const names = [
    'manifest.json',
    ...[...manifest.entities, ...manifest.tables].flatMap(({ files }) => files),
    ...manifest.files.map((each) => each.file),
  ];
  const parts: Record<string, string> = {};
  for (const name of names) {
    let text = '';
    for await (const chunk of bytes(name)) text += chunk.toString('latin1');
    const change = changes[name];
    parts[name] = change
      ? change(Buffer.from(text, 'latin1').toString('utf8'))
      : Buffer.from(text, 'latin1').toString('utf8');
  }
  await writeFile(path, await zipOf(parts));
}

const flipped = (bytes: Buffer, place: number): Buffer => {
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  return bytes;
};

describe('an archive', () => {
  test('isn’t written in the place of another file unless told, and is readable by its owner only', async () => {
    await expect(writeArchive(system(), { path: file })).rejects.toThrow(/is there already/);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('holds no passwords, keys or set-up link unless told', async () => {
    const path = at('open.zip');
    await writeArchive(system(), { path });
    const { manifest, lines } = await openArchive(path);
    expect(manifest.tables.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['password']));
    expect(manifest.tables.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['api_key']));
    const settings: string[] = [];
    for await (const batch of lines('tables/setting.jsonl')) settings.push(...batch);
    expect(settings.length).toBeGreaterThan(0);
    expect(settings.join()).not.toContain('setup-token');
    await restored('open', path);
    const open = ({ password: _p, api_key: _k, setting: _s, ...rest }: Record<string, string>) => rest;
    expect(open(await held('open'))).toEqual(open(before));
  });

  test('is readable without Rapport: JSON lines with the names of fields, and files as they were', async () => {
    const { manifest, lines, bytes } = await openArchive(file);
    expect(manifest.entities.find(({ name }) => name === 'contact')).toMatchObject({
      rows: 702,
      files: ['records/contacts.jsonl', 'records/contacts-2.jsonl'],
    });
    const names: unknown[] = [];
    for await (const batch of lines('records/accounts.jsonl'))
      for (const line of batch) names.push((JSON.parse(line) as { name: unknown }).name);
    expect(names).toEqual(['=Maison «Élan»', 'Child']);
    const [kept] = manifest.files;
    expect(kept?.file).toMatch(/old_ contacts\.csv$/);
    let text = '';
    for await (const chunk of bytes(kept?.file ?? '')) text += chunk.toString('utf8');
    expect(text).toMatch(/^ID,Last Name,Email\n0,Name 0/);
    expect(archive.leftOut).toEqual([]);
  });
});

test('an archive goes into a workspace that nobody has set up yet, and stays out of it when it is refused', async () => {
  await prepareWorkspace(place('new'));
  const empty = await held('new');
  const path = at('doctored.zip');
  await doctor(path, { 'records/notes.jsonl': () => '{}\n' });
  await expect(restored('new', path)).rejects.toThrow(/damaged/);
  expect(await held('new')).toEqual(empty);
  await restored('new');
  expect(await held('new')).toEqual(before);
});

test('rows that are long stand in several files, so that none outgrows what a ZIP takes', async () => {
  const path = at('long.zip');
  await writeArchive(system(), { path, withSecrets: true, partBytes: 100_000 });
  const { manifest } = await openArchive(path);
  expect(manifest.entities.find(({ name }) => name === 'contact')?.files.length).toBeGreaterThan(1);
  await restored('long', path);
  expect(await held('long')).toEqual(before);
});

test('of two restores into one new workspace at once, one fills it, and the other leaves that alone', async () => {
  const both = await Promise.allSettled([restored('both'), restored('both')]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await held('both')).toEqual(before);
});

describe('the workspace that is made of an archive', () => {
  test('is equal, record for record and set-up for set-up', async () => {
    await restored('copy');
    expect(await held('copy')).toEqual(before);
    expect(await isMigrated(place('copy'))).toBe(true);
    expect(await planWorkspace(place('copy'))).toEqual([]);
  });

  test('is served, with what was declared there, and the search finds in it', async () => {
    const workspace = await openWorkspace(place('copy'));
    try {
      const boat = entityOf(workspace.model, 'x-boat');
      expect(boat.fields).not.toHaveProperty('xLine');
      const [made] = await createRecords({ ...system(), workspace }, boat, [{ name: 'After', xWhole: 3 }]);
      expect(made).toMatchObject({ name: 'After' });
    } finally {
      await workspace.close();
    }
  });

  test('makes an equal archive again', async () => {
    await restored('third');
    const workspace = await openWorkspace(place('third'));
    const path = at('third.zip');
    await writeArchive({ ...system(), workspace }, { path, withSecrets: true, partRows: 300 });
    await workspace.close();
    const [one, other] = [await openArchive(file), await openArchive(path)];
    expect({ ...other.manifest, workspace: '', moment: '' }).toEqual({
      ...one.manifest,
      workspace: '',
      moment: '',
    });
  });
});
