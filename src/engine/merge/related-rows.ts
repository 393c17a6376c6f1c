import { type RawBuilder, sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import type { Entity, LinkField } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';
import { columnsSql, rowOf, valuesOf } from '../record/codec.ts';
import type { Merged } from './combine.ts';
import { linksThrough } from './mergeable.ts';

/**
 * Live records of which a condition on `t` holds, whoever may read them, locked until the transaction ends; no more than
 * `most`. Links may come to go in turn, so nobody names them meanwhile.
 */
export async function liveRows(
  ctx: Ctx,
  entity: Entity,
  condition: RawBuilder<unknown>,
  most: number,
): Promise<readonly Merged[]> {
  const isLink = linksThrough(ctx.workspace.model, entity).length > 0;
  const lock = isLink ? sql`for update of t` : sql`for no key update of t`;
  const { rows } = await sql<Record<string, unknown> & { id: string }>`
    select ${columnsSql(entity, 't')} from ${sql.id(ctx.workspace.schema, entity.table)} t
    where t.removed_at is null and ${condition} order by t.id limit ${most} ${lock}`.execute(ctx.db);
  return rows.map((row) => ({ id: row.id, values: valuesOf(entity, row) }));
}

/** Live links between the same two records as these will link. */
export function samePairs(
  ctx: Ctx,
  entity: Entity,
  link: LinkField,
  moved: readonly { readonly after: Values }[],
  most: number,
): Promise<readonly Merged[]> {
  const columns = [link.from, link.to].map((name) => {
    const field = entity.fields[name];
    const path = field ? fieldType(field.type).paths(field)[''] : undefined;
    if (!path) throw new Error(`${entity.name}.${name} can’t be the end of a link`);
    return path.column;
  });
  const wanted = moved.map(({ after }) => {
    const row = rowOf(entity, after);
    return Object.fromEntries(columns.map((column) => [column, row[column]]));
  });
  const same = columns.map((column) => sql`${sql.ref(`w.${column}`)} = ${sql.ref(`t.${column}`)}`);
  const table = sql.id(ctx.workspace.schema, entity.table);
  const pairs = sql`jsonb_populate_recordset(null::${table}, ${JSON.stringify(wanted)}::jsonb) w`;
  return liveRows(ctx, entity, sql`exists (select from ${pairs} where ${sql.join(same, sql` and `)})`, most);
}
