import { sql } from 'kysely';
import type { Ctx } from '../ctx.ts';

/** Tables that tell what was done, or are learnt from it, and not what is. */
const uncounted = new Set(['event', 'search_word', 'delivery']);
const bookkeeping = ['version', 'updated_at', 'updated_by_id', 'removed_at', 'at', 'batch'];

/** All rows of all tables of a workspace as texts, bookkeeping and the moments of removals aside: equal when nothing is other than it was. */
export async function tablesNow(
  ctx: Ctx,
  o: { readonly withEvents?: boolean } = {},
): Promise<Readonly<Record<string, readonly string[]>>> {
  const { schema } = ctx.workspace;
  const { rows: tables } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${schema} and c.relkind in ('r', 'p') and not c.relispartition`.execute(ctx.db);
  const all: Record<string, readonly string[]> = {};
  for (const { name } of tables.filter((table) => o.withEvents || !uncounted.has(table.name))) {
    const { rows } = await sql<{ row: string }>`
      select (jsonb_strip_nulls(to_jsonb(t)) - ${bookkeeping}::text[] || case when to_jsonb(t)->>'removed_at' is null
        then '{}'::jsonb else '{"in the bin": true}'::jsonb end)::text as row from ${sql.id(schema, name)} t order by 1`.execute(
      ctx.db,
    );
    all[name] = rows.map(({ row }) => row);
  }
  return all;
}
