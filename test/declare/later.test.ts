import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWaiting } from '../../src/engine/declare/build-waiting.ts';
import { rebuildWaiting } from '../../src/engine/search/rebuild.ts';
import { isMigrated, migrateWorkspace, planWorkspace } from '../../src/engine/workspace/migrate.ts';
import { ctxOf } from '../doors/write-doors.ts';
import { type AnswerBody, type Caller, type TestDoors, testDoors } from '../harness/doors.ts';

let doors: TestDoors;
let admin: Caller;
beforeAll(async () => {
  doors = await testDoors();
  admin = doors.admin;
  await contact('One', {});
});
afterAll(() => doors.close());

const contact = (last: string, values: Record<string, unknown>) =>
  admin.program('POST', '/contacts', { name: { last }, ...values });
const declare = async (values: Record<string, unknown>) =>
  (await admin.program('POST', '/custom-fields', { entity: 'contact', type: 'text', ...values })).body;
const fieldOf = async (name: string) => {
  const { body } = await admin.program('GET', '/contacts/describe');
  return (body.fields as { name: string; unique: boolean; indexed: boolean }[]).find(
    (field) => field.name === name,
  );
};
const builds = async (): Promise<readonly AnswerBody[]> =>
  (await admin.program('GET', '/index-builds')).body.items;
const build = () => buildWaiting(ctxOf(doors, admin, 'system'));
const place = () => ({ db: doors.db, model: doors.workspace.declaredInCode, name: 'main' });

test('how indexes come on is for administrators', async () => {
  const sales = await doors.user('Sal');
  expect((await sales.program('GET', '/index-builds')).status).toBe(403);
  expect((await sales.program('POST', '/index-builds')).status).toBe(403);
});

test('a unique and sortable field is served as both once its indexes stand, in every process', async () => {
  await declare({ labelEn: 'Badge', unique: true, sortable: true });
  expect(await fieldOf('xBadge')).toMatchObject({ unique: false, indexed: false });
  expect(await builds()).toMatchObject([
    { entity: 'contact', state: 'waiting', progress: null, error: null },
    { entity: 'contact', state: 'waiting' },
  ]);
  expect(await isMigrated(place())).toBe(true);
  await contact('Two', { xBadge: 'B-1' });
  await build();
  expect(await fieldOf('xBadge')).toMatchObject({ unique: true, indexed: true });
  expect((await builds()).every(({ state }) => state === 'done')).toBe(true);
  const double = await contact('Three', { xBadge: 'b-1' });
  expect(double.body.mistakes).toMatchObject([{ field: 'xBadge', code: 'not-unique' }]);
  expect(await planWorkspace(place())).toEqual([]);
});

test('duplicates leave a field as it was, are told, keep no start, and the index is built once they are gone', async () => {
  const { id } = await declare({ labelEn: 'Passport' });
  await contact('Four', { xPassport: 'P1' });
  const { body: double } = await contact('Five', { xPassport: 'p1' });
  await admin.program('PATCH', `/custom-fields/${id}`, { version: 1, unique: true });
  await build();
  expect(await fieldOf('xPassport')).toMatchObject({ unique: false });
  const [failed] = await builds();
  expect(failed).toMatchObject({ state: 'failed', error: expect.stringContaining('p1') as unknown });
  const { pending } = await migrateWorkspace(place());
  expect(pending).toEqual([expect.stringMatching(/^build the index contact_x_passport/)]);
  expect(await isMigrated(place())).toBe(true);

  await admin.program('PATCH', `/contacts/${double.id}`, { version: 1, xPassport: 'P2' });
  expect((await admin.program('POST', '/index-builds')).body).toEqual({ waiting: 1 });
  await build();
  expect(await fieldOf('xPassport')).toMatchObject({ unique: true });
});

test('a field retired while its index waits leaves nothing behind, and its indexes go', async () => {
  const { id } = await declare({ labelEn: 'Locker', unique: true });
  await admin.program('DELETE', `/custom-fields/${id}`);
  await build();
  expect((await builds()).filter(({ state }) => state !== 'done')).toEqual([]);
  const { rows } = await sql`select 1 from pg_indexes where indexname like 'contact_x_locker%'`.execute(
    doors.db,
  );
  expect(rows).toEqual([]);
  expect(await planWorkspace(place())).toEqual([]);
  await admin.program('POST', `/custom-fields/${id}/restore`);
  await build();
  expect(await fieldOf('xLocker')).toMatchObject({ unique: true });
});

test('what a retired field had built goes, and values of a choice are checked in rows that were there', async () => {
  const options = (codes: readonly string[]) => ({ values: codes.map((code) => ({ code })) });
  const { id } = await declare({
    labelEn: 'Size',
    type: 'choice',
    options: options(['s', 'm']),
    sortable: true,
  });
  await contact('Tall', { xSize: 'm' });
  await build();
  const change = (version: number, codes: readonly string[]) =>
    admin.program('PATCH', `/custom-fields/${id}`, { version, options: options(codes) });
  expect((await change(1, ['s', 'l'])).body.mistakes).toMatchObject([{ code: 'custom-values-used' }]);
  expect((await change(1, ['s', 'm', 'l'])).status).toBe(200);
  expect((await contact('Taller', { xSize: 'l' })).status).toBe(201);
  await build();
  const { rows: checks } = await sql`
    select convalidated from pg_constraint where conname like 'contact_x_size%'`.execute(doors.db);
  expect(checks).toEqual([{ convalidated: true }]);
  await admin.program('DELETE', `/custom-fields/${id}`);
  await build();
  const { rows } = await sql`select 1 from pg_indexes where indexname like 'contact_x_size%'`.execute(
    doors.db,
  );
  expect(rows).toEqual([]);
  expect(await planWorkspace(place())).toEqual([]);
});

test('records made before are found by a field that quick search looks at later', async () => {
  const { id } = await declare({ labelEn: 'Alias' });
  const { body } = await contact('Six', { xAlias: 'Quasimodo' });
  const found = async () => (await admin.program('GET', '/search?q=quasimodo')).text.includes(body.id);
  const rebuild = () => rebuildWaiting(ctxOf(doors, admin, 'system'));
  expect(await found()).toBe(false);
  await admin.program('PATCH', `/custom-fields/${id}`, { version: 1, searchable: true });
  await rebuild();
  expect(await found()).toBe(true);
  await admin.program('DELETE', `/custom-fields/${id}`);
  await rebuild();
  expect(await found()).toBe(false);
});
