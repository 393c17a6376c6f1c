import { sql } from 'kysely';
import { accessSql } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { titleSql } from '../query/title.ts';

/** What people call these records, removed ones included; those the reader may not see, and those of an entity retired since, are left out. */
export async function titlesOf(
  ctx: Ctx,
  name: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const entity = ctx.workspace.model.entities.get(name);
  if (!entity || ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; title: string | null }>`
    select t.id, ${titleSql(ctx, entity, 't')} as title from ${sql.id(ctx.workspace.schema, entity.table)} t
    where t.id = any(${[...ids]}::uuid[]) and ${accessSql(ctx, entity, 'read', 't')}`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id, row.title]));
}
