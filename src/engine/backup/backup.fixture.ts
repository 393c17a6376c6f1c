import type pg from 'pg';
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts';
import { productModel } from '../../../test/harness/workspace.ts';
import { type OpenPool, openPool } from '../workspace/database.ts';
import { type Restored, restoreBackup } from './restore-backup.ts';

/** What a backup leaves out, and what notes when a migration ran. */
const uncounted = ['session', 'sign_in_attempt', 'index_step', 'schema_state'];

/** The rows of each table of a schema and a checksum of all they hold, in whatever order; seen by `client`. */
export async function contents(client: pg.ClientBase, schema = 'w_main'): Promise<Record<string, string>> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = to_regnamespace($1)
      and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all($2) order by 1`,
    [schema, uncounted],
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await client.query<{ print: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(md5(to_jsonb(t)::text), '' order by md5(to_jsonb(t)::text))), '') as print
         from ${schema}.${name} t`,
    );
    found[name] = rows[0]?.print ?? '';
  }
  return found;
}

/** A database to restore into, opened as a command does. */
export interface Place extends OpenPool {
  readonly url: string;
  restore(path: string): Promise<Restored>;
  contents(): Promise<Record<string, string>>;
}

/** Opens a database without any workspace, or with one as a first start leaves it. */
export async function openPlace(o: { readonly isStarted?: boolean } = {}): Promise<Place> {
  const database: TestDatabase = await testDatabase({ empty: o.isStarted !== true });
  const opened = openPool(database.url, { max: 4, applicationName: 'rapport command' });
  return {
    ...opened,
    url: database.url,
    restore: (path) =>
      restoreBackup({ db: opened.db, pool: opened.pool, model: productModel(), name: 'main', path }),
    contents: async () => {
      const client = await opened.pool.connect();
      try {
        return await contents(client);
      } finally {
        client.release();
      }
    },
    close: async () => {
      await opened.close();
      await database.close();
    },
  };
}
