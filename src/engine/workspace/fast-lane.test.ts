import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts';
import { readAtOnce } from '../query/prepared.ts';
import { type OpenPool, openPool } from './database.ts';

let database: TestDatabase;
let pool: OpenPool;
beforeAll(async () => {
  database = await testDatabase({ empty: true });
  pool = openPool(database.url);
});
afterAll(async () => {
  await pool.close();
  await database.close();
});

const text = "select $1::int + 1 as next, pg_backend_pid() as pid, current_setting('application_name') as by";
const ask = (n: number) =>
  readAtOnce<{ next: number; pid: number; by: string }>(pool.db, 'fast_lane_test', text, [n]);
const isShared = async (): Promise<boolean> => (await ask(1))[0]?.by === 'rapport (short reads)';
const untilShared = async (): Promise<void> => {
  await expect.poll(isShared, { interval: 50 }).toBe(true);
};

test('a mistake of one statement leaves those around it alone', async () => {
  await untilShared();
  const answers = await Promise.allSettled([ask(1), ask(Number.NaN), ask(3)]);
  expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('each of many at once gets its own answer, on few connections', async () => {
  await untilShared();
  const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => ask(n)));
  expect(answers.map((rows) => rows[0]?.next)).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
  expect(new Set(answers.map((rows) => rows[0]?.pid)).size).toBeLessThanOrEqual(4);
});

test('what a transaction wrote, it reads', async () => {
  await untilShared();
  const by = await pool.db
    .transaction()
    .execute((db) => readAtOnce<{ by: string }>(db, 'fast_lane_test', text, [1]));
  expect(by[0]?.by).toBe('rapport');
});

test('connections that break cost no answer, and are made anew', async () => {
  await untilShared();
  const pids = new Set((await Promise.all([1, 2, 3, 4, 5].map(ask))).map((rows) => rows[0]?.pid ?? 0));
  const asked = Array.from({ length: 20 }, (_, n) => ask(n));
  await sql`select pg_terminate_backend(pid) from unnest(${[...pids]}::int[]) pid`.execute(pool.db);
  const answers = await Promise.all([...asked, ...Array.from({ length: 20 }, (_, n) => ask(n))]);
  expect(answers.every((rows) => rows.length === 1)).toBe(true);
  await untilShared();
  expect(pids.has((await ask(1))[0]?.pid ?? 0)).toBe(false);
});

test('a connection that keeps too many statements is replaced, on the pool and beside it, and no answer is lost', async () => {
  const small = openPool(database.url, { max: 1, mostKept: 20 });
  try {
    const pids = { pool: new Set<number>(), shared: new Set<number>() };
    // A connection that left is made anew after a while, however fast the machine asks meanwhile.
    for (let n = 0; n < 300 || (pids.shared.size <= 4 && n < 10_000); n += 1) {
      const [row] = await readAtOnce<{ next: number; pid: number; by: string }>(small.db, `kept_${n}`, text, [
        n,
      ]);
      expect(row?.next).toBe(n + 1);
      pids[row?.by === 'rapport (short reads)' ? 'shared' : 'pool'].add(row?.pid ?? 0);
      // Lets a connection that is being made arrive.
      await sql`select pg_sleep(0.002)`.execute(small.db);
    }
    expect(pids.shared.size).toBeGreaterThan(4);
    await small.db.transaction().execute(async (db) => {
      for (let n = 0; n < 30; n += 1) await readAtOnce(db, `within_${n}`, text, [n]);
    });
    const pid = async (): Promise<unknown> =>
      (await sql`select pg_backend_pid() as pid`.execute(small.db)).rows[0];
    const first = await pid();
    expect(await pid()).toEqual(first);
    await small.db.transaction().execute(async (db) => {
      for (let n = 30; n < 60; n += 1) await readAtOnce(db, `within_${n}`, text, [n]);
    });
    expect(await pid()).not.toEqual(first);
  } finally {
    await small.close();
  }
});
