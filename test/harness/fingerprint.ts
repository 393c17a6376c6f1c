import { sql } from 'kysely';
import type { Db } from '../../src/engine/ctx.ts';

/**
 * Who was seen when is noted with every request, refused ones too, and a block of numbers may have been fetched for a
 * record that was refused; all other tables count.
 */
const uncounted = new Set(['session', 'api_key', 'sign_in_attempt', 'number_counter']);

/** How many rows each table of a schema has and which transactions wrote them: equal when and only when nothing was written. */
export async function fingerprint(db: Db, schema: string): Promise<Readonly<Record<string, string>>> {
  const { rows: tables } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${schema} and c.relkind in ('r', 'p') and not c.relispartition`.execute(db);
  const parts = tables
    .filter(({ name }) => !uncounted.has(name))
    .map(
      ({ name }) => sql`select ${name} as name,
        count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) as print from ${sql.id(schema, name)}`,
    );
  const { rows } = await sql<{ name: string; print: string }>`${sql.join(parts, sql` union all `)}`.execute(
    db,
  );
  return Object.fromEntries(rows.map(({ name, print }) => [name, print]));
}
