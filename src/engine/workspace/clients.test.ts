import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts';
import { type Client, onClient } from './clients.ts';
import { type OpenPool, openPool } from './database.ts';
import { isConnectionLost } from './lost-connection.ts';

let database: TestDatabase;
let pool: OpenPool;
beforeAll(async () => {
  database = await testDatabase({ empty: true });
  // One connection: what one piece of work leaves behind, the next one meets.
  pool = openPool(database.url, { max: 1 });
  await sql`create schema p`.execute(pool.db);
  await sql`create table p.boat (id integer primary key, name text)`.execute(pool.db);
});
afterAll(async () => {
  await pool.close();
  await database.close();
});

const insert = (id: number, name: string) => ({
  text: 'insert into p.boat (id, name) values ($1, $2) returning id',
  values: [id, name],
});
const read = (id: number) => ({ text: 'select name from p.boat where id = $1', values: [id] });
const followed = (...[first, second]: Parameters<Client['followed']>) =>
  onClient(pool.db, (client) => client.followed(first, second));

it('a write that is refused is thrown, and the connection serves on', async () => {
  await followed(insert(1, 'Ida'), read(1));
  await expect(followed(insert(1, 'Ada'), read(1))).rejects.toMatchObject({ code: '23505' });
  expect((await sql`select name from p.boat`.execute(pool.db)).rows).toEqual([{ name: 'Ida' }]);
});

it('a reading that fails is told as none, and the write before it is kept', async () => {
  const wrong = { text: 'select nothing from p.boat where id = $1', values: [2] };
  expect(await followed(insert(2, 'Eva'), wrong)).toEqual([[{ id: 2 }], null]);
  expect(await onClient(pool.db, ({ query }) => query(read(2)))).toEqual([{ name: 'Eva' }]);
});

it('the reading sees what was written just before', async () => {
  expect(await followed(insert(3, 'Zoé'), read(3))).toEqual([[{ id: 3 }], [{ name: 'Zoé' }]]);
});

it('prepared statements go on working, also when both have the same name', async () => {
  const named = (id: number) => ({ ...read(id), name: 'by id' });
  for (let round = 0; round < 3; round += 1)
    expect(await followed(named(3), named(4))).toEqual([[{ name: 'Zoé' }], []]);
});

const ended = { text: 'select pg_terminate_backend(pg_backend_pid())', values: [] };

it('a connection that is lost with the reading leaves the write kept, and one lost with the write tells so', async () => {
  expect(await followed(insert(5, 'Mia'), ended)).toEqual([[{ id: 5 }], null]);
  await expect(followed(ended, read(5))).rejects.toSatisfy(isConnectionLost);
  expect(await followed(insert(6, 'Lea'), read(5))).toEqual([[{ id: 6 }], [{ name: 'Mia' }]]);
});
