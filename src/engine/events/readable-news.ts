import { sql } from 'kysely';
import { accessSql, mayEver } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import type { Written } from './announce.ts';

/** Which of these writes are of records that the asker may read as they are now, the bin included: each record's latest. */
export async function readableNews(ctx: Ctx, written: readonly Written[]): Promise<readonly Written[]> {
  const latest = new Map<string, Written>();
  for (const each of written) {
    const known = latest.get(`${each.entity} ${each.id}`);
    if (!known || known.version <= each.version) latest.set(`${each.entity} ${each.id}`, each);
  }
  const selects = [...Map.groupBy(latest.values(), ({ entity }) => entity)].flatMap(([name, records]) => {
    const entity = ctx.workspace.model.entities.get(name);
    if (!entity || !mayEver(ctx, entity, 'read')) return [];
    const ids = records.map(({ id }) => id);
    return [
      sql<{ entity: string; id: string }>`select ${name}::text as entity, t.id
        from ${sql.id(ctx.workspace.schema, entity.table)} t
        where t.id = any(${ids}::uuid[]) and ${accessSql(ctx, entity, 'read', 't')}`,
    ];
  });
  if (selects.length === 0) return [];
  const { rows } = await sql<{ entity: string; id: string }>`${sql.join(selects, sql` union all `)}`.execute(
    ctx.db,
  );
  return rows.flatMap(({ entity, id }) => latest.get(`${entity} ${id}`) ?? []);
}
