import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { compileExpression } from '../../expression/compile.ts';
import type { Scope } from '../../expression/scope.ts';
import type { Compiled } from '../../expression/tree.ts';
import type { Entity } from '../../model/entity.ts';
import { accessFilter, mayEver } from '../access/access.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import type { Source } from './source.ts';
import { whereSql } from './where.ts';

/** What a list, a total or a mass change is limited to: live or removed records, and an expression. */
export interface Filter {
  readonly removed: boolean;
  readonly where: Compiled | null;
}

/** What the names of an expression over `entity` may mean to the reader; what is kept from him is unknown. */
export const scopeOf = (ctx: Ctx, entity: Entity): Scope => ({
  entity,
  model: ctx.workspace.model,
  hidden: (of, field) => !mayEver(ctx, of, 'read') || !Object.hasOwn(readableFields(ctx, of), field.name),
  codes: (list) => ctx.workspace.baseValues.all(list),
});

/** Reads a filter that a person sent; refuses mistakes with their exact positions. */
export function compileFilter(ctx: Ctx, entity: Entity, where: string | undefined, removed: boolean): Filter {
  const written = where?.trim() ?? '';
  return { removed, where: written === '' ? null : compileExpression(where ?? '', scopeOf(ctx, entity)) };
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
  if (filter.where) {
    conditions.push(
      whereSql(filter.where, {
        ctx,
        isBin: filter.removed,
        column: ({ steps, comparable }) =>
          sql.ref(`${source.join(steps.map((step) => step.field))}.${comparable.column}`),
      }),
    );
  }
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}
