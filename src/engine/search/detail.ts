import { type RawBuilder, sql } from 'kysely';
import { snakeCase } from '../../lib/names.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { partsOf, referenceTarget } from '../query/place.ts';
import { titleOfSql } from '../query/title.ts';

/** What tells a record from others of the same title: the first two of its list's texts and references. */
export function detailSql(ctx: Ctx, entity: Entity, alias: string): RawBuilder<string | null> {
  const fields = readableFields(ctx, entity);
  const texts = entity.list.columns
    .filter((name) => name !== entity.title && name !== 'owner')
    .flatMap((name) => (fields[name] ? (textOf(ctx, fields[name], alias) ?? []) : []))
    .slice(0, 2);
  return texts.length === 0 ? sql`null::text` : sql`concat_ws(' · ', ${sql.join(texts)})`;
}

function textOf(ctx: Ctx, field: Field, alias: string): RawBuilder<string | null> | null {
  const target = referenceTarget(field);
  if (target !== null) {
    const id = sql.ref(`${alias}.${snakeCase(field.name)}_id`);
    return titleOfSql(ctx, entityOf(ctx.workspace.model, target), id, 'named');
  }
  const whole = partsOf(field)[''];
  return whole?.kind === 'text' && whole.exact ? sql.ref(`${alias}.${whole.exact}`) : null;
}
