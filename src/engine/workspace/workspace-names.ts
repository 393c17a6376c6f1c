import { sql } from 'kysely';
import type { Db } from '../ctx.ts';
import { isWorkspaceName, schemaOf } from './workspace-name.ts';

/** The names of all workspaces of a database, in the order of the alphabet: the schemas that hold one say it. */
export async function workspaceNames(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ schema: string }>`
    select n.nspname as schema from pg_catalog.pg_namespace n
      join pg_catalog.pg_class t on t.relnamespace = n.oid and t.relname = 'schema_state' and t.relkind = 'r'
     where n.nspname like 'w\\_%' order by n.nspname collate "C"`.execute(db);
  return rows.map(({ schema }) => schema.slice('w_'.length)).filter(isWorkspaceName);
}

/** Whether there is a workspace of that name. */
export async function isWorkspaceThere(db: Db, name: string): Promise<boolean> {
  if (!isWorkspaceName(name)) return false;
  const { rows } = await sql`
    select from pg_catalog.pg_class t join pg_catalog.pg_namespace n on n.oid = t.relnamespace
     where n.nspname = ${schemaOf(name)} and t.relname = 'schema_state' and t.relkind = 'r'`.execute(db);
  return rows.length > 0;
}
