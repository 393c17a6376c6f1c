import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restoreBackup } from '../../src/engine/backup/restore-backup.ts';
import { writeBackup } from '../../src/engine/backup/write-backup.ts';
import { undoBatch } from '../../src/engine/events/undo-batch.ts';
import { createRecords } from '../../src/engine/record/verbs.ts';
import { openPool } from '../../src/engine/workspace/database.ts';
import { isMigrated, planWorkspace } from '../../src/engine/workspace/migrate.ts';
import { openWorkspace } from '../../src/engine/workspace/open.ts';
import { newId } from '../../src/lib/ids.ts';
import { entityOf } from '../../src/model/declarations.ts';
import { ctxOf } from '../doors/write-doors.ts';
import { testDatabase } from '../harness/database.ts';
import { type Caller, type TestDoors, testDoors } from '../harness/doors.ts';
import { declareAll, samples } from './every-type.fixture.ts';

let doors: TestDoors;
let admin: Caller;
let account: string;
beforeAll(async () => {
  doors = await testDoors();
  admin = doors.admin;
  account = (await admin.program('POST', '/accounts', { name: 'Maison Élan' })).body.id;
});
afterAll(() => doors.close());

test('undoing the batch that declared an entity, its fields and its records retires all of it, and a redo brings it back', async () => {
  const asked = ctxOf(doors, admin, 'api');
  const ctx = { ...asked, who: { ...asked.who, roles: ['administrator'] }, batch: newId() };
  const { workspace } = doors;
  await createRecords(ctx, entityOf(workspace.model, 'custom-entity'), [{ oneEn: 'Boat', manyEn: 'Boats' }]);
  await createRecords(ctx, entityOf(workspace.model, 'custom-field'), [
    { entity: 'x-boat', type: 'number', labelEn: 'Length' },
    { entity: 'account', type: 'text', labelEn: 'Harbour' },
  ]);
  await createRecords(ctx, entityOf(workspace.model, 'x-boat'), [{ name: 'Ann', xLength: 12 }]);
  const { batch, refused } = await undoBatch(ctx, ctx.batch);
  expect(refused).toEqual([]);
  expect((await admin.program('GET', '/x-boats')).status).toBe(404);
  expect((await admin.program('GET', `/accounts/${account}`)).body).not.toHaveProperty('xHarbour');
  expect((await undoBatch(ctx, batch)).refused).toEqual([]);
  expect((await admin.program('GET', '/x-boats')).body.items).toMatchObject([{ name: 'Ann', xLength: 12 }]);
  expect((await admin.program('GET', `/accounts/${account}`)).body).toHaveProperty('xHarbour');
});

test('undoing the change of a declaration in its history puts the former one in force', async () => {
  const { body } = await admin.program('POST', '/custom-fields', {
    entity: 'account',
    type: 'text',
    labelEn: 'Old',
  });
  await admin.program('PATCH', `/custom-fields/${body.id}`, {
    version: 1,
    labelEn: 'New',
    options: { max: 5 },
  });
  const tooLong = { version: 1, xOld: 'abcdefgh' };
  expect((await admin.program('PATCH', `/accounts/${account}`, tooLong)).status).toBe(422);
  const { body: history } = await admin.program('GET', `/custom-fields/${body.id}/history`);
  const undone = await admin.program(
    'POST',
    `/custom-fields/${body.id}/history/${history.items[0]?.id}/undo`,
    {},
  );
  expect(undone.status).toBe(200);
  expect((await admin.program('PATCH', `/accounts/${account}`, tooLong)).status).toBe(200);
});

test('a backup holds what was declared, retired things too, and serves it where it is restored', async () => {
  await admin.program('POST', '/custom-entities', { oneEn: 'Project', manyEn: 'Projects' });
  const fields = await declareAll(admin, 'x-project', account);
  const sent = Object.fromEntries(
    Object.entries(samples(account)).map(([name, sample]) => [name, sample.sent]),
  );
  const { body: made } = await admin.program('POST', '/x-projects', { name: 'Tower', ...sent });
  await admin.program('DELETE', `/custom-fields/${fields[0]}`);

  const folder = await mkdtemp(join(tmpdir(), 'rapport-declared-'));
  const target = await testDatabase({ empty: true });
  const [from, to] = [openPool(doors.url, { max: 2 }), openPool(target.url, { max: 3 })];
  try {
    const path = join(folder, 'a.backup');
    await writeBackup({ pool: from.pool, name: 'main', path });
    const place = { db: to.db, model: doors.workspace.declaredInCode, name: 'main' };
    await restoreBackup({ ...place, pool: to.pool, path });
    expect(await isMigrated(place)).toBe(true);
    expect(await planWorkspace(place)).toEqual([]);
    const { rows } = await sql`select x_line, x_exact from w_main.x_project where id = ${made.id}`.execute(
      to.db,
    );
    expect(rows).toEqual([{ x_line: 'Ångström', x_exact: '3.125' }]);
    const workspace = await openWorkspace(place);
    const served = entityOf(workspace.model, 'x-project');
    expect(Object.keys(served.fields)).toEqual(expect.arrayContaining(Object.keys(sent).slice(1)));
    expect(served.fields).not.toHaveProperty('xLine');
    await createRecords({ ...ctxOf(doors, admin, 'system'), workspace, db: to.db }, served, [
      { name: 'After' },
    ]);
    await workspace.close();
  } finally {
    await Promise.all([from.close(), to.close()]);
    await target.close();
    await rm(folder, { recursive: true });
  }
});
