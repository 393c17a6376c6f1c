import { type RawBuilder, sql } from 'kysely';
import { snakeCase } from '../../lib/names.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { Ctx } from '../ctx.ts';
import { referenceTarget } from './place.ts';
import { visibleSql } from './title.ts';

/** The FROM of a query that grows as paths need it: a root table and the records its references name. */
export interface Source {
  readonly entity: Entity;
  readonly alias: string;
  /** The alias under which the record at the end of these references stands; joins it when need be. */
  join(through: readonly Field[]): string;
  /** The joins made so far. A record the reader may not see is joined as if it didn't exist. */
  joins(): RawBuilder<unknown>;
  /** The root table under its alias. */
  table(): RawBuilder<unknown>;
  /** The root table and the joins made so far. */
  from(): RawBuilder<unknown>;
}

/** What stands for the table of an entity in a FROM: the table itself, or its rows as they will be. */
export type TableOf = (entity: Entity) => RawBuilder<unknown>;

/** The tables as they are stored. */
export const storedTables =
  (ctx: Ctx): TableOf =>
  (entity) =>
    sql.id(ctx.workspace.schema, entity.table);

/** Starts the FROM of a query over `entity`. */
export function openSource(
  ctx: Ctx,
  entity: Entity,
  alias = 'r',
  tableOf: TableOf = storedTables(ctx),
): Source {
  const joined = new Map<string, { readonly alias: string; readonly entity: Entity }>([
    ['', { alias, entity }],
  ]);
  const clauses: RawBuilder<unknown>[] = [];

  function join(through: readonly Field[]): string {
    let path = '';
    let at = { alias, entity };
    for (const field of through) {
      path += `.${field.name}`;
      at = joined.get(path) ?? add(path, at.alias, field);
    }
    return at.alias;
  }

  function add(path: string, parent: string, field: Field): { alias: string; entity: Entity } {
    const target = entityOf(ctx.workspace.model, referenceTarget(field) ?? '');
    // Inside a statement each source needs names of its own: an inner query reads columns of the outer one.
    const name = alias === 'r' ? `j${joined.size}` : `${alias}_j${joined.size}`;
    const added = { alias: name, entity: target };
    joined.set(path, added);
    clauses.push(
      sql` left join ${tableOf(target)} ${sql.id(added.alias)}
        on ${sql.ref(`${added.alias}.id`)} = ${sql.ref(`${parent}.${snakeCase(field.name)}_id`)} and ${visibleSql(ctx, target, added.alias)}`,
    );
    return added;
  }

  const joins = (): RawBuilder<unknown> => (clauses.length === 0 ? sql`` : sql.join(clauses, sql` `));
  const table = (): RawBuilder<unknown> => sql`${tableOf(entity)} ${sql.id(alias)}`;
  return { entity, alias, join, joins, table, from: () => sql`${table()}${joins()}` };
}
