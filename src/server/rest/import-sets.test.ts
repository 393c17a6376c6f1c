import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Caller, type TestDoors, testDoors } from '../../../test/harness/doors.ts';
import { settled } from '../../../test/harness/until.ts';
import { type FormFile, uploadForm } from '../../../test/harness/upload-form.ts';
import { hasNpsp, npspFiles, npspPath } from '../../engine/import/npsp.fixture.ts';
import { rowOf, workbookOf } from '../../engine/import/read/xlsx.fixture.ts';
import type { ImportSet } from '../../model/import.ts';

let doors: TestDoors;
let sal: Caller;
beforeAll(async () => {
  doors = await testDoors({ works: true });
  sal = await doors.user('Sal', ['sales']);
});
afterAll(() => doors.close());

const accounts = { name: 'accounts.csv', bytes: 'Account ID,Account Name\n1,Acme\n' };
const contacts = { name: 'contacts.csv', bytes: 'Contact ID,Last Name,Account ID\n7,Ruiz,1\n' };
const vague = { name: 'export.csv', bytes: 'Firma,Ort\nAcme,Köln\n' };

const send = (
  by: Caller,
  files: readonly FormFile[],
  fields: readonly (readonly [string, string])[] = [],
): Promise<Answer> => {
  const { body, headers } = uploadForm(fields, files);
  return by.program('POST', '/import-sets', body, headers);
};

const setOf = ({ body }: Answer): ImportSet => body as unknown as ImportSet;

const mistakesOf = ({ body }: Answer): readonly string[] =>
  (body.mistakes ?? []).map(({ field, code }) => `${field}: ${code}`);

const imported = (by: Caller, id: string): Promise<ImportSet> =>
  settled(async () => setOf(await by.program('GET', `/import-sets/${id}`)));

const leftFiles = async (): Promise<number> => {
  const { rows } = await sql<{ count: string }>`select count(*) as count from w_main.import_file`.execute(
    doors.db,
  );
  return Number(rows[0]?.count);
};

describe('what isn’t taken leaves nothing behind', () => {
  test.each([
    ['no file', [], [], ['file: upload-no-file']],
    ['a field nobody knows', [accounts], [['colour', 'red']], ['colour: input-unknown']],
    ['an import that can’t be one', [accounts], [['set', 'x']], ['set: upload-not-a-set']],
    [
      'entities for some of the files',
      [accounts, contacts, vague],
      [
        ['entity', 'account'],
        ['entity', 'contact'],
      ],
      ['entity: upload-entity-count'],
    ],
    ['an entity that can’t be imported', [accounts], [['entity', 'role']], ['entity: import-unknown-entity']],
    [
      'files of which two can’t be read: both are named',
      [accounts, { name: 'empty.csv', bytes: '' }, { name: 'broken.csv', bytes: 'a,b\n"1,2\n' }],
      [],
      ['empty.csv: file-empty', 'broken.csv: csv-broken-quote'],
    ],
  ] as const)('%s', async (_what, files, fields, mistakes) => {
    const answer = await send(doors.admin, files, fields);
    expect([answer.status, mistakesOf(answer)]).toEqual([422, mistakes]);
    expect(setOf(await doors.admin.program('GET', '/import-sets'))).toMatchObject({ items: [], next: null });
    expect(await leftFiles()).toBe(0);
  });

  test('a form that breaks off, or none at all', async () => {
    const { body, headers } = uploadForm([], [accounts]);
    const cut = await doors.admin.program('POST', '/import-sets', body.subarray(0, 120), headers);
    expect([cut.status, cut.body.code]).toEqual([400, 'upload-broken']);
    const json = await doors.admin.program('POST', '/import-sets', { entity: 'account' });
    expect([json.status, json.body.code]).toEqual([415, 'upload-not-a-form']);
    expect(await leftFiles()).toBe(0);
  });

  test('a form with an Idempotency-Key, whose files would be taken for those sent under it before', async () => {
    const { body, headers } = uploadForm([], [accounts]);
    const keyed = { ...headers, 'idempotency-key': 'files' };
    const answer = await doors.admin.program('POST', '/import-sets', body, keyed);
    expect([answer.status, answer.body.code]).toEqual([400, 'idempotency-key-not-here']);
    expect(await leftFiles()).toBe(0);
  });

  test('the import of somebody else, or one that has run', async () => {
    const own = setOf(await send(doors.admin, [accounts]));
    expect((await send(sal, [contacts], [['set', own.id]])).status).toBe(404);
    await doors.admin.program('POST', `/import-sets/${own.id}/run`);
    await imported(doors.admin, own.id);
    const late = await send(doors.admin, [contacts], [['set', own.id]]);
    expect([late.status, late.body.code]).toEqual([409, 'import-set-started']);
    await doors.admin.program('POST', `/import-sets/${own.id}/undo`);
    await imported(doors.admin, own.id);
    await doors.admin.program('DELETE', `/import-sets/${own.id}`);
    expect(await leftFiles()).toBe(0);
  });
});

describe('what can’t be done to an import is refused, with the remedy', () => {
  test('a file whose entity is only guessed is neither checked nor run until it is said', async () => {
    const set = setOf(await send(doors.admin, [accounts, vague]));
    const unsure = set.files.find(({ fileName }) => fileName === 'export.csv');
    expect(set.files.map(({ fileName, isEntitySure }) => [fileName, isEntitySure])).toEqual(
      expect.arrayContaining([
        ['accounts.csv', true],
        ['export.csv', false],
      ]),
    );
    const refused = await doors.admin.program('POST', `/import-sets/${set.id}/run`);
    expect(refused.status).toBe(422);
    expect(mistakesOf(refused)).toContain(`files[${unsure?.id}].entity: import-entity-unsure`);

    const put = (entity: unknown): Promise<Answer> =>
      doors.admin.program('PUT', `/imports/${unsure?.id}/entity`, entity);
    expect(mistakesOf(await put({ entity: 'role' }))).toEqual(['entity: import-unknown-entity']);
    expect(mistakesOf(await put({}))).toEqual(['entity: input-missing']);
    const said = await put({ entity: 'contact' });
    expect(said.body).toMatchObject({ entity: 'contact', set: set.id });
    const now = setOf(await doors.admin.program('GET', `/import-sets/${set.id}`));
    expect(now.files.every(({ isEntitySure }) => isEntitySure)).toBe(true);
    // Its columns fill nothing yet, which the count of mistakes says.
    expect(now.files.find(({ id }) => id === unsure?.id)?.mistakes).toBeGreaterThan(0);

    expect((await doors.admin.program('DELETE', `/imports/${unsure?.id}`)).status).toBe(204);
    const left = setOf(await doors.admin.program('GET', `/import-sets/${set.id}`));
    expect(left.files.map(({ fileName }) => fileName)).toEqual(['accounts.csv']);
    expect((await doors.admin.program('DELETE', `/import-sets/${set.id}`)).status).toBe(204);
  });

  test('one of several files alone, what waits for nothing, and what nobody can be called', async () => {
    const set = setOf(await send(doors.admin, [contacts, accounts]));
    const [file] = set.files;
    const alone = await doors.admin.program('POST', `/imports/${file?.id}/run`);
    expect([alone.status, alone.body.code, alone.body.set]).toEqual([409, 'import-of-several', set.id]);
    expect((await doors.admin.program('POST', `/import-sets/${set.id}/cancel`)).status).toBe(409);
    expect((await doors.admin.program('POST', `/import-sets/${set.id}/undo`)).status).toBe(409);
    for (const source of ['', ' ', 'x'.repeat(61), 7])
      expect((await doors.admin.program('PATCH', `/import-sets/${set.id}`, { source })).status).toBe(422);
    const renamed = await doors.admin.program('PATCH', `/import-sets/${set.id}`, { source: 'oldcrm' });
    expect(setOf(renamed).files.map(({ source }) => source)).toEqual(['oldcrm', 'oldcrm']);
    // Any of its files leads to it.
    for (const { id } of set.files)
      expect(setOf(await doors.admin.program('GET', `/import-sets/${id}`)).id).toBe(set.id);
    expect((await doors.admin.program('DELETE', `/import-sets/${set.id}`)).status).toBe(204);
    expect((await doors.admin.program('GET', `/import-sets/${set.id}`)).status).toBe(404);
  });

  test('nobody but who made it, and administrators, learns of an import or does anything to it', async () => {
    const sue = await doors.user('Sue', ['sales']);
    const set = setOf(await send(sal, [accounts, contacts]));
    const paths = ['', '/check', '/run', '/cancel', '/undo'];
    for (const path of paths) {
      const method = path === '' ? 'GET' : 'POST';
      expect((await sue.program(method, `/import-sets/${set.id}${path}`)).status, path).toBe(404);
    }
    for (const [method, path, body] of [
      ['DELETE', `/import-sets/${set.id}`],
      ['PATCH', `/import-sets/${set.id}`, { source: 'mine' }],
      ['PUT', `/imports/${set.files[0]?.id}/entity`, { entity: 'contact' }],
    ] as const)
      expect((await sue.program(method, path, body)).status, path).toBe(404);
    expect((await sue.program('GET', '/import-sets')).body.items).toEqual([]);
    const { items } = (await doors.admin.program('GET', '/import-sets')).body;
    expect(items.map(({ id }) => id)).toEqual([set.id]);
    expect((await sal.program('DELETE', `/import-sets/${set.id}`)).status).toBe(204);
  });
});

test('files join an import that hasn’t run; entities may be said for each of them', async () => {
  const set = setOf(
    await send(
      doors.admin,
      [vague, contacts],
      [
        ['entity', 'lead'],
        ['entity', ''],
      ],
    ),
  );
  expect(set.files.map(({ fileName, entity, isEntitySure }) => [fileName, entity, isEntitySure])).toEqual(
    expect.arrayContaining([
      ['export.csv', 'lead', true],
      ['contacts.csv', 'contact', true],
    ]),
  );
  const joined = setOf(await send(doors.admin, [accounts], [['set', set.id]]));
  expect(joined.id).toBe(set.id);
  expect(joined.files.map(({ fileName }) => fileName).sort()).toEqual([
    'accounts.csv',
    'contacts.csv',
    'export.csv',
  ]);
  expect(new Set(joined.files.map(({ source }) => source)).size).toBe(1);
  await doors.admin.program('DELETE', `/import-sets/${set.id}`);
});

test('sheets of a workbook are imported together, with files of other kinds that name their records', async () => {
  const book = {
    name: 'oldcrm.xlsx',
    bytes: Buffer.from(
      await workbookOf({
        sheets: {
          Accounts: rowOf('Account ID', 'Account Name') + rowOf('b1', 'Book & Co'),
          Contacts: rowOf('Contact ID', 'Last Name', 'Account ID') + rowOf('b7', 'Leaf', 'b1'),
        },
      }),
    ),
  };
  const deals = {
    name: 'oldcrm-deals.jsonl',
    bytes: '{"Deal ID":"d1","Deal Name":"Shelves","Close Date":"2027-01-31","Contact ID":"b7"}\n',
  };
  const opened = setOf(await send(doors.admin, [deals, book]));
  const [sheet] = opened.files.filter(({ entity }) => entity === 'account');
  expect(sheet).toMatchObject({ fileName: 'oldcrm.xlsx · Accounts', otherSheets: ['Contacts'] });
  const add = (by: Caller, given: unknown): Promise<Answer> =>
    by.program('POST', `/imports/${sheet?.id}/sheets`, given);
  expect((await add(sal, { sheet: 'Contacts' })).status).toBe(404);
  expect(mistakesOf(await add(doors.admin, {}))).toEqual(['sheet: input-missing']);
  const unknown = await add(doors.admin, { sheet: 'Contcats' });
  expect([unknown.status, unknown.text]).toEqual([422, expect.stringContaining('Contacts')]);
  expect(setOf(await doors.admin.program('GET', `/import-sets/${opened.id}`)).files).toHaveLength(2);

  expect(await add(doors.admin, { sheet: 'Contacts' })).toMatchObject({
    status: 201,
    body: { fileName: 'oldcrm.xlsx · Contacts', entity: 'contact', set: opened.id, source: 'oldcrm' },
  });
  expect((await doors.admin.program('POST', `/import-sets/${opened.id}/run`)).status).toBe(202);
  const done = await imported(doors.admin, opened.id);
  expect(done).toMatchObject({ state: 'done', rows: 3, created: 3, failed: 0 });
  expect(done.files.map(({ entity }) => entity)).toEqual(['account', 'contact', 'opportunity']);
  expect((await add(doors.admin, { sheet: 'Contacts' })).status).toBe(409);
  const { items } = (await doors.admin.program('GET', '/opportunities?fields=name,contact')).body;
  expect(items).toMatchObject([{ name: 'Shelves', contact: { label: 'Leaf' } }]);
  await doors.admin.program('POST', `/import-sets/${opened.id}/undo`);
  expect(await imported(doors.admin, opened.id)).toMatchObject({ state: 'undone' });
});

test.skipIf(!hasNpsp)(
  'the four files of a charity, the last first, go in with one request and are imported and undone as one',
  { timeout: 600_000 },
  async () => {
    const files = npspFiles
      .toReversed()
      .map(([file]) => ({ name: `${file}.csv`, bytes: readFileSync(npspPath(file)) }));
    const made = await send(doors.admin, files);
    const { id } = setOf(made);
    expect([made.status, made.headers.location]).toEqual([201, `/api/v1/import-sets/${id}`]);
    expect(setOf(made).files.map(({ entity }) => entity)).toEqual(npspFiles.map(([, entity]) => entity));
    const started = await doors.admin.program('POST', `/import-sets/${id}/run`);
    expect(started.status).toBe(202);
    const done = await imported(doors.admin, id);
    expect(done).toMatchObject({ state: 'done', rows: 7263, position: 7263, failed: 0, stopped: null });
    expect(done.created + done.updated + done.merged + done.skipped).toBe(7263);
    expect(done.files.map(({ entity, rows }) => [entity, rows])).toEqual(
      npspFiles.map(([, entity, rows]) => [entity, rows]),
    );
    const totals = [];
    for (const plural of ['accounts', 'contacts', 'opportunities'])
      totals.push((await doors.admin.program('GET', `/${plural}?limit=1`)).body.total);
    expect(totals).toEqual([1223, 1024, 1517]);
    await doors.admin.program('POST', `/import-sets/${id}/undo`);
    expect(await imported(doors.admin, id)).toMatchObject({ state: 'undone', undo: { refusedCount: 0 } });
    expect((await doors.admin.program('GET', '/accounts?limit=1')).body.total).toBe(0);
  },
);
