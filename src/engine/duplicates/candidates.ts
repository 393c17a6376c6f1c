import { type RawBuilder, sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { Values } from '../../model/record.ts';
import { accessFilter } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { type LookUp, lookUpsOf } from './look-ups.ts';
import type { Comparing } from './score.ts';

/** Records found by one value; when more hold it, it tells little. */
export const mostByOne = 30;

/** What duplicates are looked for of. */
export interface Sought {
  /** The record itself, which is none of its own duplicates; null when it isn't written yet. */
  readonly id: string | null;
  readonly values: Values;
}

/** A value that is looked up, of the `n`th of what is sought. */
interface Asked {
  readonly n: number;
  readonly own: string | null;
  readonly text: string;
  readonly upto: string | null;
  readonly parts: readonly string[];
}

/** Live records of an entity worth comparing with each of `sought`, by its place; with `isHeld` only those the asker may read. */
export async function candidatesOf(
  ctx: Ctx,
  entity: Entity,
  comparing: Comparing,
  sought: readonly Sought[],
  o: { readonly isHeld: boolean },
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const found = new Map<number, Set<string>>();
  const statement = candidatesSql(ctx, entity, comparing, sought, o);
  if (!statement) return found;
  const { rows } = await statement.execute(ctx.db);
  for (const { n, id } of rows) {
    const ids = found.get(n);
    if (ids) ids.add(id);
    else found.set(n, new Set([id]));
  }
  return found;
}

/** The one statement that finds them over the indexes; null when nothing can be looked for. */
export function candidatesSql(
  ctx: Ctx,
  entity: Entity,
  comparing: Comparing,
  sought: readonly Sought[],
  o: { readonly isHeld: boolean },
): RawBuilder<{ readonly n: number; readonly id: string }> | null {
  const ways = new Map<string, { readonly lookUp: LookUp; readonly asked: Asked[] }>();
  for (const [n, { id, values }] of sought.entries()) {
    for (const lookUp of lookUpsOf(comparing, values)) {
      const way = ways.get(lookUp.way) ?? { lookUp, asked: [] };
      ways.set(lookUp.way, way);
      const { text, parts } = lookUp;
      const upto = lookUp.isBeginning ? `${text}\u{10FFFF}` : null;
      way.asked.push({ n, own: id, text, upto, parts });
    }
  }
  if (ways.size === 0) return null;
  const access = o.isHeld ? accessFilter(ctx, entity, 'read', 'r') : null;
  const parts = [...ways.values()].map(({ lookUp, asked }) => lookUpSql(ctx, entity, lookUp, asked, access));
  return sql`${sql.join(parts, sql` union all `)}`;
}

/** A look-up per value by an index; each ends after a few records, however many hold the value. */
function lookUpSql(
  ctx: Ctx,
  entity: Entity,
  { at, kind, isBeginning, partPlaces }: LookUp,
  asked: readonly Asked[],
  access: RawBuilder<unknown> | null,
): RawBuilder<unknown> {
  const place = sql.raw(at.sql('r'));
  const text = kind === 'uuid' ? sql`q.text::uuid` : sql`q.text collate "C"`;
  const hasPart = partPlaces.map((each) => sql`${sql.raw(each.sql('r'))} = any(q.parts)`);
  const conditions = [
    isBeginning ? sql`${place} >= ${text} and ${place} < q.upto collate "C"` : sql`${place} = ${text}`,
    sql`r.removed_at is null`,
    sql`(q.own is null or r.id <> q.own)`,
    ...(hasPart.length > 0 ? [sql`(${sql.join(hasPart, sql` or `)})`] : []),
    ...(access ? [access] : []),
  ];
  return sql`select q.n, c.id
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as q(n int, text text, upto text, own uuid, parts text[])
    cross join lateral (select r.id from ${sql.id(ctx.workspace.schema, entity.table)} r
      where ${sql.join(conditions, sql` and `)} limit ${sql.lit(mostByOne)}) c`;
}

/** What is compared of live records, by their ids. */
export async function comparedValues(
  ctx: Ctx,
  entity: Entity,
  fields: readonly Field[],
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, Values>> {
  const { rows } = await sql<Record<string, unknown> & { readonly id: string }>`
    select ${comparedColumns(fields, 'r')} from ${sql.id(ctx.workspace.schema, entity.table)} r
    where r.id = any(${[...ids]}::uuid[]) and r.removed_at is null`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id, comparedOf(fields, row)]));
}

/** The id, and the columns of the fields that are compared: none where administrators let no criterion count. */
export const comparedColumns = (fields: readonly Field[], alias: string): RawBuilder<unknown> => {
  const columns = fields.flatMap((field) => fieldType(field.type).columns(field));
  return sql.join(['id', ...columns.map(({ name }) => name)].map((name) => sql.ref(`${alias}.${name}`)));
};

/** The values of the fields that are compared, of a row. */
export const comparedOf = (fields: readonly Field[], row: Readonly<Record<string, unknown>>): Values =>
  Object.fromEntries(fields.map((field) => [field.name, fieldType(field.type).fromRow(row, field)]));
