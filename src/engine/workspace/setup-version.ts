import { type RawBuilder, sql } from 'kysely';
import type { Workspace } from '../ctx.ts';

const name = 'setup-version';

/**
 * The number of the set-up as it is now, as a scalar of a query: each write of base values, roles, rights, declarations
 * and the like counts it up in its own transaction, and whoever sees a later one than his snapshot reads anew first.
 */
export const setupVersionSql = (schema: string): RawBuilder<number> =>
  sql<number>`coalesce((select (value #>> '{}')::int from ${sql.id(schema, 'setting')} where name = ${sql.lit(name)}), 0)`;

/** Counts the set-up's number up, as a part of the statement that writes it. */
export const countSetupSql = (schema: string): RawBuilder<unknown> =>
  sql`insert into ${sql.id(schema, 'setting')} as s (name, value) values (${sql.lit(name)}, '1'::jsonb)
    on conflict (name) do update set value = to_jsonb((s.value #>> '{}')::int + 1)`;

/** Lets nothing be decided by a set-up older than `version`: reads it anew first. */
export async function reachSetup(workspace: Workspace, version: number): Promise<void> {
  if (version > workspace.setupVersion) await workspace.refresh();
}
