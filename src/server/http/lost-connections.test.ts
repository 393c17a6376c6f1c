import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Caller, type TestDoors, testDoors } from '../../../test/harness/doors.ts';
import { somebodyWaits } from '../../../test/harness/lock-waiters.ts';
import { openPool } from '../../engine/workspace/database.ts';

let doors: TestDoors;
let sam: Caller;
let killer: ReturnType<typeof openPool>;
beforeAll(async () => {
  doors = await testDoors();
  sam = await doors.user('Sam');
  killer = openPool(doors.url, { max: 2, applicationName: 'killer' });
});
afterAll(async () => {
  await killer.close();
  await doors.close();
});

const end = (pids: readonly number[]) =>
  sql`select pg_terminate_backend(pid) from unnest(${[...pids]}::int[]) as pid`.execute(killer.db);
/** Holds a table until the request waits for it, ends the request's connection in the middle, then lets go. */
const killedAt = async (table: string, request: () => Promise<Answer>): Promise<Answer> => {
  let answer: Promise<Answer> | undefined;
  await killer.db.transaction().execute(async (db) => {
    await sql`lock table ${sql.id('w_main', table)} in exclusive mode`.execute(db);
    answer = request();
    await end(await somebodyWaits(killer.db));
  });
  return (await answer) as Answer;
};
const count = async (name: string): Promise<number> => {
  const { rows } = await sql`select from w_main.account where name = ${name}`.execute(killer.db);
  return rows.length;
};

describe('a connection that ends in the middle of a request', () => {
  test('of one record, alone: it is made, once', async () => {
    const answer = await killedAt('account', () => sam.program('POST', '/accounts', { name: 'Alone' }));
    expect(answer.status).toBe(201);
    expect(await count('Alone')).toBe(1);
  });

  test('of a change, alone: it is made, once', async () => {
    const { body } = await sam.program('POST', '/accounts', { name: 'Changing' });
    const change = { version: 1, name: 'Changed' };
    const answer = await killedAt('event', () => sam.program('PATCH', `/accounts/${body.id}`, change));
    expect(answer).toMatchObject({ status: 200, body: { version: 2, name: 'Changed' } });
    const { body: history } = await sam.program('GET', `/accounts/${body.id}/history`);
    expect(history.items).toHaveLength(2);
  });

  test('of many records: they are made, once', async () => {
    const records = [{ name: 'Several' }, { name: 'Several' }];
    const answer = await killedAt('event', () => sam.program('POST', '/accounts', records));
    expect(answer.status).toBe(201);
    expect(await count('Several')).toBe(2);
  });

  test('with a key: it is made, once, and answered again', async () => {
    const make = () => sam.program('POST', '/accounts', { name: 'Keyed' }, { 'idempotency-key': 'lost' });
    const answer = await killedAt('kept_answer', make);
    expect(answer.status).toBe(201);
    expect((await make()).text).toBe(answer.text);
    expect(await count('Keyed')).toBe(1);
  });

  test('of a reading: it is read', async () => {
    const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity
      where datname = current_database() and application_name not like 'killer%'`.execute(killer.db);
    await end(rows.map((row) => row.pid));
    const answers = await Promise.all(
      ['/accounts?limit=1', '/accounts/totals', '/me'].map((path) => sam.program('GET', path)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });
});

test('two that lock the same records in opposite order both end well', async () => {
  const ids = (await sam.program('POST', '/accounts', [{ name: 'A' }, { name: 'B' }])).body.items.map(
    ({ id }) => id,
  );
  const change = (order: readonly string[], phone: string) =>
    sam.program(
      'PATCH',
      '/accounts',
      order.map((id) => ({ id, phone })),
    );
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, at) => change(at % 2 ? ids : [...ids].reverse(), `+331422700${10 + at}`)),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
});
