import { sql } from 'kysely';
import type { Db } from '../ctx.ts';
import { readCatalog } from '../schema/catalog.ts';
import type { BackupTable } from './header.ts';

/**
 * What a backup leaves out: who is signed in and who tried to (everybody signs in anew), what was
 * answered to requests that may be sent again, and what the migration of the
 * restored workspace writes itself.
 */
const leftOut: ReadonlySet<string> = new Set([
  'session',
  'sign_in_attempt',
  'kept_answer',
  'index_step',
  'schema_state',
]);

/** The tables of a schema that go into a backup, with what is needed to make them again. */
export async function tablesOf(db: Db, schema: string): Promise<readonly BackupTable[]> {
  const { tables } = await readCatalog(db, schema);
  const { rows } = await sql<{ name: string; columns: readonly string[] }>`
    select t.relname as name, json_agg(a.attname order by k.place) as columns
      from pg_catalog.pg_constraint c
      join pg_catalog.pg_class t on t.oid = c.conrelid
      join pg_catalog.pg_namespace n on n.oid = t.relnamespace
      cross join lateral unnest(c.conkey) with ordinality as k (number, place)
      join pg_catalog.pg_attribute a on a.attrelid = t.oid and a.attnum = k.number
     where n.nspname = ${schema} and c.contype = 'p' and not t.relispartition
     group by t.relname`.execute(db);
  const keys = new Map(rows.map((row) => [row.name, row.columns]));
  return [...tables.values()]
    .filter((table) => !leftOut.has(table.name))
    .map((table) => ({
      name: table.name,
      columns: [...table.columns].map(([name, { type, collation, notNull }]) => ({
        name,
        type,
        collation,
        notNull,
      })),
      primaryKey: [...(keys.get(table.name) ?? [])],
      partitions: [...table.partitions],
    }));
}
