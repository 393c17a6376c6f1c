import { sql } from 'kysely';
import { accessSql } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { titleSql } from './title.ts';

/** A record, as it is named anywhere. */
interface Named {
  readonly entity: string;
  readonly id: string;
}

/** What people call a record; null of one that the reader may not see, and of an entity retired since. */
export type TitleOf = (entity: string, id: string) => string | null;

/** Looks up, in one statement, what people call these records; removed ones keep their name. */
export async function titlesOf(ctx: Ctx, named: readonly Named[]): Promise<TitleOf> {
  const selects = [...Map.groupBy(named, ({ entity }) => entity)].flatMap(([name, records]) => {
    const entity = ctx.workspace.model.entities.get(name);
    if (!entity) return [];
    const ids = [...new Set(records.map(({ id }) => id))];
    return sql`select ${name} as entity, r.id, ${titleSql(ctx, entity, 'r')} as title
      from ${sql.id(ctx.workspace.schema, entity.table)} r
      where r.id = any(${ids}::uuid[]) and ${accessSql(ctx, entity, 'read', 'r')}`;
  });
  if (selects.length === 0) return () => null;
  const { rows } = await sql<Named & { readonly title: string | null }>`
    ${sql.join(selects, sql` union all `)}`.execute(ctx.db);
  const titles = new Map(rows.map(({ entity, id, title }) => [`${entity} ${id}`, title]));
  return (entity, id) => titles.get(`${entity} ${id}`) ?? null;
}
