import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDoors, testDoors } from '../../../test/harness/doors.ts';
import { openPool } from '../../engine/workspace/database.ts';
import { newId } from '../../lib/ids.ts';
import type { BulkRun } from '../../model/bulk.ts';

const batch = newId();
const many = 10_001;

let doors: TestDoors;
beforeAll(async () => {
  doors = await testDoors({ works: true });
  for (let left = many; left > 0; left -= 1000)
    await doors.admin.program(
      'POST',
      '/accounts',
      Array.from({ length: Math.min(left, 1000) }, () => ({ name: 'Of a large batch' })),
    );
  // As a rule or an undo writes them: all at once.
  const { db, close } = openPool(doors.url, { max: 1 });
  await sql`update w_main.event set batch = ${batch} where entity = 'account'`.execute(db);
  await close();
});
afterAll(() => doors.close());

const undo = `/batches/${batch}/undo`;

test('a batch of more records than one request undoes is refused without “part”, and to who didn’t write it', async () => {
  const { program } = doors.admin;
  const told = await program('GET', `/batches/${batch}`);
  expect(told.body).toMatchObject({ isLarge: true, records: many, undone: [], isImport: false });
  for (const body of [undefined, {}, { part: false }]) {
    const refused = await program('POST', undo, body);
    expect([refused.status, refused.body['code']]).toEqual([413, 'batch-too-large']);
    expect(refused.body['detail']).toMatch(/wrote 10,?001 records.*Send “part”: true/);
  }
  const sal = await doors.user('Sal');
  for (const answer of [
    await sal.program('GET', `/batches/${batch}`),
    await sal.program('POST', undo, { part: true }),
  ])
    expect([answer.status, answer.body['code']]).toEqual([404, 'batch-not-found']);
  expect((await program('GET', '/bulk-runs')).body.items).toEqual([]);
});

test('with “part” it is undone as a bulk run, watched at its address', async () => {
  const { program } = doors.admin;
  const begun = await program('POST', undo, { part: true });
  const run = begun.body as unknown as BulkRun;
  expect([begun.status, run.verb, run.total]).toEqual([202, 'undo', many]);
  expect(begun.headers['location']).toMatch(new RegExp(`/bulk-runs/${run.id}$`));
  const read = async () => (await program('GET', `/bulk-runs/${run.id}`)).body as unknown as BulkRun;
  await expect.poll(async () => (await read()).isBusy, { timeout: 120_000 }).toBe(false);
  expect(await read()).toMatchObject({ state: 'done', done: many, changed: many, refused: 0 });
  expect((await program('GET', '/accounts?count=exact&limit=1')).body).toMatchObject({ total: 0 });
});
