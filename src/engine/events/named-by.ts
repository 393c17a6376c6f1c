import { type RawBuilder, sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import { snakeCase } from '../../lib/names.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import { accessSql } from '../access/access.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';

/** Live records that go on naming a record in the bin. */
export interface NamedBy {
  /** The record in the bin. */
  readonly entity: string;
  readonly id: string;
  /** What names it: records of this entity, in this field, so many. */
  readonly by: string;
  readonly field: string;
  readonly count: number;
}

/** Which live records, that the asker may read, name one of these in a field that he may see; those of `ids` themselves left out. */
export async function namedBy(ctx: Ctx, entity: Entity, ids: readonly string[]): Promise<readonly NamedBy[]> {
  if (ids.length === 0) return [];
  const selects = [...ctx.workspace.model.entities.values()].flatMap((other) =>
    Object.values(readableFields(ctx, other))
      .filter((field) => !field.system)
      .flatMap((field) => {
        const named = naming(field, entity);
        return named ? [countSql(ctx, { other, field, entity, ids }, named)] : [];
      }),
  );
  if (selects.length === 0) return [];
  const { rows } = await sql<NamedBy>`${sql.join(selects, sql` union all `)}`.execute(ctx.db);
  return rows;
}

/** How a row's field is compared with the id `n.id`; null when it can't name records of that entity. */
function naming(field: Field, entity: Entity): RawBuilder<boolean> | null {
  const target = fieldType(field.type).target?.(field);
  if (target?.to !== 'records' || !target.entities.includes(entity.name)) return null;
  const column = snakeCase(field.name);
  if (field.type === 'references') return sql<boolean>`${sql.ref(`t.${column}_ids`)} @> array[n.id]`;
  if (field.type === 'any-reference')
    return sql<boolean>`${sql.ref(`t.${column}_id`)} = n.id and ${sql.ref(`t.${column}_entity`)} = ${entity.name}`;
  return sql<boolean>`${sql.ref(`t.${column}_id`)} = n.id`;
}

function countSql(
  ctx: Ctx,
  o: {
    readonly other: Entity;
    readonly field: Field;
    readonly entity: Entity;
    readonly ids: readonly string[];
  },
  named: RawBuilder<boolean>,
): RawBuilder<NamedBy> {
  const ids = sql`${[...o.ids]}::uuid[]`;
  const apart = o.other === o.entity ? sql`and t.id <> all(${ids})` : sql``;
  return sql<NamedBy>`select ${o.entity.name} as entity, n.id, ${o.other.name} as by, ${o.field.name} as field, count(*)::int as count
    from unnest(${ids}) n(id)
    join ${sql.id(ctx.workspace.schema, entityOf(ctx.workspace.model, o.other.name).table)} t on ${named}
    where t.removed_at is null and ${accessSql(ctx, o.other, 'read', 't')} ${apart}
    group by n.id`;
}
