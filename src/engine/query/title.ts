import { type RawBuilder, sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import { snakeCase } from '../../lib/names.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import { accessSql } from '../access/access.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { partsOf, referenceTarget } from './place.ts';

/** The text that names a record of `entity` to people, over the columns of `alias`; null when it has none. */
export function titleSql(ctx: Ctx, entity: Entity, alias: string): RawBuilder<string | null> {
  const field = readableFields(ctx, entity)[entity.title];
  if (!field) return sql<string | null>`null::text`;
  const target = referenceTarget(field);
  if (target === null) return textSql(field, alias);
  return titleOfSql(
    ctx,
    entityOf(ctx.workspace.model, target),
    sql.ref(`${alias}.${snakeCase(field.name)}_id`),
    `${alias}_t`,
  );
}

/** The title of the record of `entity` whose id is `id`; null when the reader may not see it. */
export function titleOfSql(
  ctx: Ctx,
  entity: Entity,
  id: RawBuilder<unknown>,
  alias: string,
): RawBuilder<string | null> {
  return sql<string | null>`(select ${titleSql(ctx, entity, alias)}
    from ${sql.id(ctx.workspace.schema, entity.table)} ${sql.id(alias)}
    where ${sql.ref(`${alias}.id`)} = ${id} and ${visibleSql(ctx, entity, alias)})`;
}

/** The records of `entity` that the reader sees when he follows a reference: live, and readable to him. */
export const visibleSql = (ctx: Ctx, entity: Entity, alias: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(`${alias}.removed_at`)} is null and ${accessSql(ctx, entity, 'read', alias)}`;

/** A field as plain text: as typed where it is text, its text parts joined where it has several. */
function textSql(field: Field, alias: string): RawBuilder<string | null> {
  const typed = typedColumns(field).map((column) => sql.ref(`${alias}.${column}`));
  if (typed.length > 1) return sql<string | null>`nullif(concat_ws(' ', ${sql.join(typed)}), '')`;
  const whole = partsOf(field)['']?.column;
  if (typed.length === 0 && whole === undefined) return sql<string | null>`null::text`;
  return sql<string | null>`${typed[0] ?? sql.ref(`${alias}.${whole ?? ''}`)}::text`;
}

/** The columns that hold text as somebody typed it; those for comparing and codes have a collation of their own. */
const typedColumns = (field: Field): readonly string[] =>
  fieldType(field.type)
    .columns(field)
    .filter((column) => column.sql === 'text')
    .map(({ name }) => name);
