import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts';
import { Problem } from '../../lib/problem.ts';
import { isPassing } from './stopped.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

test('work that finds every connection taken, or none, is tried again rather than given up', async () => {
  const pool = new pg.Pool({ connectionString: database.url, max: 1 });
  const held = await pool.connect();
  // From here on nobody waits long, and nothing is connected to any more.
  pool.options.connectionTimeoutMillis = 1;
  const full = await failureOf(pool.connect());
  held.release();
  await pool.end();
  expect(String(full)).toContain('timeout exceeded');
  expect(isPassing(full)).toBe(true);

  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.end();
  expect(isPassing(await failureOf(client.query('select 1')))).toBe(true);

  const nowhere = new pg.Client({ host: '127.0.0.1', port: 1 });
  expect(isPassing(await failureOf(nowhere.connect()))).toBe(true);
});

test('work that lost against others is tried again as well', () => {
  for (const code of ['40P01', '40001', '55P03'])
    expect(isPassing(Object.assign(new Error('lost'), { code }))).toBe(true);
});

test('refusals, and mistakes of ours, stop work', () => {
  expect(isPassing(new Problem('forbidden'))).toBe(false);
  expect(isPassing(new TypeError('x is not a function'))).toBe(false);
  expect(isPassing(Object.assign(new Error('syntax'), { code: '42601' }))).toBe(false);
});
