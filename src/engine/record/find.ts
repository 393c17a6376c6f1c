import { sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import type { Entity } from '../../model/entity.ts';
import type { FoundRecord } from '../../model/rule.ts';
import type { Ctx } from '../ctx.ts';
import { valuesOf } from './codec.ts';

/** Live records whose fields hold one of the given values each, oldest first; for rules, which see everything. */
export async function findRecords(
  ctx: Ctx,
  entity: Entity,
  where: Readonly<Record<string, readonly string[]>>,
): Promise<readonly FoundRecord[]> {
  const conditions = Object.entries(where).map(([name, values]) => {
    const field = entity.fields[name];
    const path = field ? fieldType(field.type).paths(field)[''] : undefined;
    if (!path) throw new Error(`${entity.name}.${name} can’t be looked up`);
    const kind = path.kind === 'id' ? sql`uuid[]` : sql`text[]`;
    return sql`${sql.ref(`t.${path.column}`)} = any(${[...values]}::${kind})`;
  });
  const { rows } = await sql<Record<string, unknown> & { id: string }>`
    select t.* from ${sql.id(ctx.workspace.schema, entity.table)} t
    where t.removed_at is null and ${sql.join(conditions, sql` and `)} order by t.id`.execute(ctx.db);
  return rows.map((row) => ({ id: row.id, values: valuesOf(entity, row) }));
}
