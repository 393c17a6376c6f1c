import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from './database.ts';
import { onDatabase } from './database-server.ts';

describe('the database of a test', () => {
  let first: TestDatabase;
  let second: TestDatabase;

  beforeAll(async () => {
    [first, second] = await Promise.all([testDatabase(), testDatabase()]);
  });

  afterAll(async () => {
    await Promise.all([first.close(), second.close()]);
  });

  test('belongs to a role that is no superuser', async () => {
    const { rows } = await onDatabase(first.url, (client) =>
      client.query<{ rolsuper: boolean }>('select rolsuper from pg_roles where rolname = current_user'),
    );
    expect(rows).toEqual([{ rolsuper: false }]);
  });

  test('shares nothing with another test’s', async () => {
    await onDatabase(first.url, (client) => client.query('create table w_main.mark (id int)'));
    const { rows } = await onDatabase(second.url, (client) =>
      client.query("select to_regclass('w_main.mark') as mark"),
    );
    expect(rows).toEqual([{ mark: null }]);
  });

  test('holds the migrated workspace, unless it is asked for empty', async () => {
    const schemas = "select count(*)::int as n from pg_namespace where nspname = 'w_main'";
    const empty = await testDatabase({ empty: true });
    const inClone = await onDatabase(first.url, (client) => client.query(schemas));
    const inEmpty = await onDatabase(empty.url, (client) => client.query(schemas));
    await empty.close();
    expect([inClone.rows, inEmpty.rows]).toEqual([[{ n: 1 }], [{ n: 0 }]]);
  });

  test('is gone once it is closed', async () => {
    const third = await testDatabase({ empty: true });
    await third.close();
    await expect(onDatabase(third.url, (client) => client.query('select 1'))).rejects.toThrow(
      /does not exist/,
    );
  });
});
