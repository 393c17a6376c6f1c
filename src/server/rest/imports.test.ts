import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestDoors, testDoors } from '../../../test/harness/doors.ts';
import { sharedData } from '../../../test/harness/shared-data.ts';
import { settled } from '../../../test/harness/until.ts';
import { type FormFile, uploadForm } from '../../../test/harness/upload-form.ts';
import type { ImportDraft } from '../../model/import.ts';

let doors: TestDoors;
beforeAll(async () => {
  doors = await testDoors({ works: true });
});
afterAll(() => doors.close());

/** A form with texts and perhaps a file. */
const form = (fields: Record<string, string>, ...files: readonly FormFile[]) =>
  uploadForm(Object.entries(fields), files);

async function upload(by: Caller, entity: string, name: string, text: string | Buffer) {
  const { body, headers } = form({ entity }, { name, bytes: text });
  return by.browser('POST', '/imports', body, headers);
}

const imported = (by: Caller, id: string): Promise<ImportDraft> =>
  settled(async () => (await by.browser('GET', `/imports/${id}`)).body as unknown as ImportDraft);

test.each([
  [
    'no form at all',
    '{"entity":"account"}',
    { 'content-type': 'application/json' },
    415,
    'upload-not-a-form',
    [],
  ],
  ['a form without a file', form({ entity: 'account' }), null, 422, 'invalid', ['file: upload-no-file']],
  [
    'a form with two files, which go elsewhere',
    form({ entity: 'account' }, { name: 'a.csv', bytes: 'ID\n1\n' }, { name: 'b.csv', bytes: 'ID\n1\n' }),
    null,
    422,
    'invalid',
    ['file: upload-too-many'],
  ],
  [
    'a field nobody knows',
    form({ entity: 'account', colour: 'red' }, { name: 'a.csv', bytes: Buffer.from('ID,Name\n1,a\n') }),
    null,
    422,
    'invalid',
    ['colour: input-unknown'],
  ],
  [
    'an entity that can’t be imported',
    form({ entity: 'role' }, { name: 'a.csv', bytes: Buffer.from('ID,Name\n1,a\n') }),
    null,
    422,
    'invalid',
    ['entity: import-unknown-entity'],
  ],
  [
    'an empty file',
    form({ entity: 'account' }, { name: 'a.csv', bytes: Buffer.alloc(0) }),
    null,
    422,
    'file-empty',
    [],
  ],
  [
    'a broken quote',
    form({ entity: 'account' }, { name: 'a.csv', bytes: Buffer.from('ID,Name\n1,"a\n') }),
    null,
    422,
    'csv-broken-quote',
    [],
  ],
  [
    'a form that breaks off',
    { body: form({ entity: 'account' }).body.subarray(0, 60), headers: form({}).headers },
    null,
    400,
    'upload-broken',
    [],
  ],
] as const)('%s is refused, and nothing is kept', async (_name, sent, given, status, code, mistakes) => {
  const { body, headers } = typeof sent === 'string' ? { body: sent, headers: given ?? {} } : sent;
  const answer = await doors.admin.browser('POST', '/imports', body, headers);
  expect([
    answer.status,
    answer.body.code,
    (answer.body.mistakes ?? []).map((each) => `${each.field}: ${each.code}`),
  ]).toEqual([status, code, mistakes]);
  expect((await doors.admin.browser('GET', '/imports')).body.items).toEqual([]);
});

test('who may not see an import gets nothing of it, and who may gets refusals in place', async () => {
  const sam = await doors.user('Sam');
  const made = await upload(doors.admin, 'account', 'a.csv', 'ID,Name\n1,Acme\n');
  const { id } = made.body;
  for (const [method, path] of [
    ['GET', ''],
    ['PUT', '/mapping'],
    ['POST', '/run'],
    ['GET', '/rows'],
    ['GET', '/failed.csv'],
    ['DELETE', ''],
  ] as const) {
    const body = method === 'PUT' ? { source: 'a', match: 'externalKey', columns: [] } : undefined;
    expect((await sam.browser(method, `/imports/${id}${path}`, body)).status).toBe(404);
  }
  expect((await sam.browser('POST', '/import-batches', { fileName: 'x' })).status).toBe(403);
  expect(
    (await doors.admin.browser('PATCH', `/import-batches/${id}`, { version: 1, state: 'done' })).status,
  ).toBe(422);
  expect((await doors.admin.browser('PUT', `/imports/${id}/mapping`, [])).status).toBe(400);
  expect((await doors.admin.browser('GET', `/imports/${id}/rows?outcome=odd`)).status).toBe(422);
  expect((await doors.admin.browser('POST', `/imports/${id}/undo`)).status).toBe(409);
  expect((await doors.admin.browser('DELETE', `/imports/${id}`)).status).toBe(204);
  expect((await doors.admin.browser('GET', `/imports/${id}`)).status).toBe(404);
});

test('refused rows come back as a file, with their reasons in the reader’s language', async () => {
  const made = await upload(
    doors.admin,
    'opportunity',
    'deals.csv',
    'ID;Name;Close Date\n1;Good;2026-12-01\n2;Bad;soon\n',
  );
  await doors.admin.program('POST', `/imports/${made.body.id}/run`);
  expect(await imported(doors.admin, made.body.id)).toMatchObject({ state: 'done', created: 1, failed: 1 });
  const { body } = await doors.admin.browser('GET', `/imports/${made.body.id}/rows?outcome=failed`);
  expect(body.items).toMatchObject([
    { row: 2, line: 3, mistakes: [{ column: 'Close Date', code: 'date-unknown', value: 'soon' }] },
  ]);
  await doors.admin.browser('PATCH', '/me', { locale: 'fr' });
  const file = await doors.admin.browser('GET', `/imports/${made.body.id}/failed.csv`);
  await doors.admin.browser('PATCH', '/me', { locale: 'en' });
  expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(file.headers['content-disposition']).toContain('deals-refused.csv');
  expect(file.text).toMatch(
    /^\uFEFFID;Name;Close Date;Refusé parce que\r\n2;Bad;soon;"?Close Date: «\u00a0soon/,
  );
  await doors.admin.browser('POST', `/imports/${made.body.id}/undo`);
  expect(await imported(doors.admin, made.body.id)).toMatchObject({ state: 'undone' });
});

const npsp = sharedData('crm/npsp-accounts.csv');

test.skipIf(!npsp)(
  'a file goes in, is checked, run and undone through the doors',

  async () => {
    const made = await upload(doors.admin, 'account', 'npsp-accounts.csv', readFileSync(npsp ?? ''));
    expect(made.status).toBe(201);
    const checking = await doors.admin.browser('POST', `/imports/${made.body.id}/check`);
    expect(checking.status).toBe(202);
    expect(await imported(doors.admin, made.body.id)).toMatchObject({
      state: 'checked',
      rows: 1223,
      created: 1223,
      failed: 0,
      stopped: null,
    });
    expect((await doors.admin.browser('GET', '/accounts?limit=1')).body.total).toBe(0);
    await doors.admin.browser('POST', `/imports/${made.body.id}/run`);
    expect(await imported(doors.admin, made.body.id)).toMatchObject({
      state: 'done',
      created: 1223,
      position: 1223,
    });
    expect((await doors.admin.browser('GET', '/accounts?limit=1')).body.total).toBe(1223);
    await doors.admin.browser('POST', `/imports/${made.body.id}/undo`);
    expect(await imported(doors.admin, made.body.id)).toMatchObject({
      state: 'undone',
      undo: { done: 1223, of: 1223, refused: [] },
    });
    expect((await doors.admin.browser('GET', '/accounts?limit=1')).body.total).toBe(0);
  },
);
