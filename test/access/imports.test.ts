import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { undoBatch } from '../../src/engine/events/undo-batch.ts';
import { readBatch } from '../../src/engine/import/batch.ts';
import { openImport } from '../../src/engine/import/open.ts';
import { startSet } from '../../src/engine/import/sets.ts';
import { rowsOut } from '../../src/engine/import/view.ts';
import { readRecord } from '../../src/engine/query/read.ts';
import { createRecords } from '../../src/engine/record/verbs.ts';
import { problemKinds } from '../../src/lib/problem.ts';
import { administrator } from '../../src/model/access.ts';
import { entityOf } from '../../src/model/declarations.ts';
import { importRow } from '../doors/write-doors.ts';
import { refusal } from '../harness/refusal.ts';
import { productModel } from '../harness/workspace.ts';
import { declaredLevel, noRole, relations } from './oracle.ts';
import { probes } from './probes.ts';
import { type Actor, openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(probes);
});
afterAll(() => stage.close());

const actorOf = (role: string): Actor => stage.actors.find((each) => each.role === role) as Actor;
const entities = [...productModel(probes).entities.values()];
const file = { fileName: 'x.csv', bytes: Buffer.from('Name\nx\n') };

describe.each([administrator, 'sales', noRole])('as %s', (role) => {
  test.each(entities.map(({ name }) => name))(
    'a file goes into %s when and only when its declaration says so',
    async (name) => {
      const entity = entityOf(stage.model, name);
      const { ctx } = actorOf(role);
      const isOpen =
        declaredLevel(entity, role, 'import') !== 'none' && declaredLevel(entity, role, 'create') !== 'none';
      if (entity.importable && isOpen) {
        const id = await openImport(ctx(), { entity: name, ...file });
        expect((await readBatch(ctx(), id)).entity).toBe(name);
        return;
      }
      const before = await stage.fingerprint();
      const { code } = await refusal(openImport(ctx(), { entity: name, ...file }));
      expect(problemKinds[code].status).toBe(entity.importable ? 403 : 422);
      expect(await stage.fingerprint()).toEqual(before);
    },
  );
});

test('an import is seen, and undone, by who made it and by administrators alone', async () => {
  const [sales, nobody] = [actorOf('sales'), actorOf(noRole)];
  const other = await stage.doors.user('Another');
  const { id } = await importRow(stage.doors, sales.caller, 'account', 'k1', { name: 'Imported' });
  for (const [caller, status] of [
    [sales.caller, 200],
    [stage.doors.admin, 200],
    [other, 404],
    [nobody.caller, 404],
  ] as const) {
    const paths = ['', '/rows', '/failed.csv'].map((path) => `/imports/${id}${path}`);
    for (const path of paths) expect((await caller.program('GET', path)).status, path).toBe(status);
  }
  const before = await stage.fingerprint();
  expect((await other.program('DELETE', `/imports/${id}`)).status).toBe(404);
  expect((await other.program('PUT', `/imports/${id}/mapping`, {})).status).toBe(404);
  const ctx = { ...sales.ctx(), who: { ...sales.ctx().who, userId: other.id } };
  for (const what of ['check', 'run', 'undo'] as const)
    expect((await refusal(startSet(ctx, id, what))).code).toBe('not-found');
  expect((await refusal(undoBatch(ctx, id))).code).toBe('not-found');
  expect(await stage.fingerprint()).toEqual(before);
});

test('who is only let see the imports of others works on none of them', async () => {
  const { admin } = stage.doors;
  const reader = await stage.doors.user('Reader', ['sales']);
  const { body: role } = await admin.program('POST', '/roles', {
    code: 'import-reader',
    name: 'Import reader',
  });
  await admin.program('POST', '/rights', { role: role.id, entity: 'import-batch', read: 'all' });
  const { body: user } = await admin.program('GET', `/users/${reader.id}`);
  const roles = [...(user['roles'] as readonly { readonly id: string }[]).map(({ id }) => id), role.id];
  await admin.program('PATCH', `/users/${reader.id}`, { version: user.version, roles });
  const { id } = await importRow(stage.doors, actorOf('sales').caller, 'account', 'k2', { name: 'Seen' });
  const open = await openImport(actorOf('sales').ctx(), {
    entity: 'account',
    fileName: 'own.csv',
    bytes: Buffer.from('ID,Name\nk3,Not yours\n'),
  });
  const before = await stage.fingerprint();
  const none = { map: false, check: false, run: false, cancel: false, undo: false, remove: false };
  for (const each of [id, open]) {
    const seen = await reader.program('GET', `/imports/${each}`);
    expect([seen.status, seen.body['can']]).toEqual([200, none]);
    for (const [method, path, body] of [
      ['PUT', `/imports/${each}/mapping`, { source: 'a', match: 'externalKey', columns: [] }],
      ['PUT', `/imports/${each}/entity`, { entity: 'contact' }],
      ['PATCH', `/import-sets/${each}`, { source: 'other' }],
      ['POST', `/import-sets/${each}/cancel`, undefined],
      ['DELETE', `/imports/${each}`, undefined],
      ['DELETE', `/import-sets/${each}`, undefined],
    ] as const) {
      const answer = await reader.program(method, path, body);
      expect([path, answer.status, answer.body['code']]).toEqual([path, 403, 'import-not-yours']);
    }
    const ctx = {
      ...actorOf('sales').ctx(),
      who: { userId: reader.id, name: '', roles: ['sales', 'import-reader'], teams: [] },
    };
    for (const what of ['check', 'run', 'undo'] as const)
      expect((await refusal(startSet(ctx, each, what))).code).toBe('forbidden');
  }
  expect(await stage.fingerprint()).toEqual(before);
});

test.each(relations)(
  'a row that names a %s record by its key changes it only where its importer may',
  async (relation) => {
    const sales = actorOf('sales');
    const account = entityOf(stage.model, 'account');
    const key = `key of ${relation}`;
    const values = await stage.values(account, sales, relation);
    const [made] = await createRecords(stage.system(), account, [
      { ...values, name: 'Former name', externalKeys: [{ source: 'rules', key }] },
    ]);
    const { id } = await importRow(stage.doors, sales.caller, 'account', key, { name: 'Imported name' });
    const { items } = await rowsOut(sales.ctx(), id, { limit: 10 });
    const now = await readRecord(stage.system(), account, made?.id ?? '');
    if (relation === 'own') {
      expect(items).toMatchObject([{ outcome: 'updated' }]);
      expect(now.name).toBe('Imported name');
      return;
    }
    expect(items).toMatchObject([{ outcome: 'failed', mistakes: [{}] }]);
    expect(now).toMatchObject({ name: 'Former name', version: 1 });
    if (relation === 'stranger’s') expect(JSON.stringify(items)).not.toContain('Former name');
  },
);
