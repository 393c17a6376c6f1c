import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { sortColumn } from '../schema/sort-column.ts';
import { codesOf } from './codes.ts';
import { refuseSort } from './mistakes.ts';
import { type Place, partsOf, placeOf, referenceTarget } from './place.ts';
import type { Source } from './source.ts';

/** One key of an order: ascending with missing values last, or descending with missing values first. */
export interface SortKey {
  readonly descending: boolean;
  /** PostgreSQL type that a key's text is cast to when paging goes on. */
  readonly type: string;
  readonly nullable: boolean;
  /** The key over the tables of `source`, joined as needed. */
  sql(source: Source): RawBuilder<unknown>;
}

/** An order: its keys, to which the id is added in the direction of the last one. */
export interface Order {
  /** As it can be written again: `-amount,name`. */
  readonly text: string;
  readonly keys: readonly SortKey[];
  /** A declared sort, whose index serves every page in order whatever the number of matches. */
  readonly flat: boolean;
}

/** More sort fields than anybody reads, fewer than a statement should carry. */
const mostKeys = 6;

/** Reads `-amount,name`; refuses fields that are unknown, hidden or without an order. */
export function readOrder(ctx: Ctx, entity: Entity, text: string): Order {
  const written = text.split(',').map((part) => part.trim());
  if (written.length > mostKeys) throw refuseSort(text);
  const keys = written.map((part) => sortKey(ctx, entity, part, written.length === 1));
  return {
    text: written.join(','),
    keys,
    flat: written.length === 1 && isDeclared(entity, written[0] ?? ''),
  };
}

/** The order of a list when none is asked for: the entity's own, or the first declared one that the reader may see. */
export function defaultSort(ctx: Ctx, entity: Entity): string {
  const fields = readableFields(ctx, entity);
  const isSeen = (sort: string): boolean => Object.hasOwn(fields, sort.replace(/^-/, '').split('.')[0] ?? '');
  return [entity.list.sort, ...entity.sorts].find(isSeen) ?? '-id';
}

/** True when an index serves this order: a declared sort, in either direction, or the id's. */
export function isDeclared(entity: Entity, part: string): boolean {
  const name = part.replace(/^-/, '');
  return name === 'id' || entity.sorts.some((declared) => declared.replace(/^-/, '') === name);
}

/** True when lists may be sorted by a field: it has an order, or names a record whose title has one. */
export function isSortable(ctx: Ctx, field: Field): boolean {
  const target = referenceTarget(field);
  if (target === null) return sortColumn(field) !== null;
  const named = entityOf(ctx.workspace.model, target);
  const title = readableFields(ctx, named)[named.title];
  return title !== undefined && referenceTarget(title) === null && sortColumn(title) !== null;
}

function sortKey(ctx: Ctx, entity: Entity, part: string, alone: boolean): SortKey {
  const descending = part.startsWith('-');
  const path = descending ? part.slice(1) : part;
  const place = placeOf(ctx, entity, path, 'sort');
  const common = { descending, nullable: !(place.through.length === 0 && alwaysThere.has(path)) };
  const target = place.part === '' ? referenceTarget(place.field) : null;
  if (target !== null) return byTitle(ctx, place, target, common);
  const column =
    place.part === '' ? sortColumn(place.field) : (partsOf(place.field)[place.part]?.column ?? null);
  if (column === null) throw refuseSort(path);
  const codes = alone && isDeclared(entity, part) ? null : codesOf(ctx, place.field);
  const ref = (source: Source): RawBuilder<unknown> => sql.ref(`${source.join(place.through)}.${column}`);
  if (codes && place.part === '' && partsOf(place.field)['']?.kind === 'code') {
    const order = codes.map(({ code }) => code);
    return {
      ...common,
      type: 'integer',
      sql: (source) => sql`array_position(${order}::text[], ${ref(source)})`,
    };
  }
  return { ...common, type: columnType(place.field, column), sql: ref };
}

/** A reference sorts by the title of the record it names. */
function byTitle(
  ctx: Ctx,
  place: Place,
  target: string,
  common: { readonly descending: boolean; readonly nullable: boolean },
): SortKey {
  const entity = entityOf(ctx.workspace.model, target);
  const title = readableFields(ctx, entity)[entity.title];
  const column = title && sortColumn(title);
  if (!title || !column || !isSortable(ctx, place.field)) throw refuseSort(place.field.name);
  const through = [...place.through, place.field];
  return {
    ...common,
    type: columnType(title, column),
    sql: (source) => sql.ref(`${source.join(through)}.${column}`),
  };
}

/** Type of a column without its collation: `text collate "C"` → `text`. */
function columnType(field: Field, column: string): string {
  const found = fieldType(field.type)
    .columns(field)
    .find(({ name }) => name === column);
  return /^[a-z0-9_ (),[\]]+?(?=\s+(?:collate|not|default)\b|$)/.exec(found?.sql ?? 'text')?.[0] ?? 'text';
}

/** System fields that no record lacks. */
const alwaysThere: ReadonlySet<string> = new Set(['id', 'version', 'createdAt', 'updatedAt']);

/** `order by` over rows that have the keys as columns `k0 … kn` and the record's `id`. */
export const orderBy = (order: Order): RawBuilder<unknown> =>
  orderOf(
    order,
    order.keys.map((_, index) => sql.id(`k${index}`)),
    sql.id('id'),
  );

/** `order by` these expressions. The id follows the last key's direction, so an index can be read either way. */
export function orderOf(
  order: Order,
  keys: readonly RawBuilder<unknown>[],
  id: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const parts = keys.map((key, index) =>
    order.keys[index]?.descending ? sql`${key} desc nulls first` : sql`${key} asc nulls last`,
  );
  return sql.join([...parts, order.keys.at(-1)?.descending ? sql`${id} desc` : sql`${id} asc`]);
}

/** Where a page goes on: the text of each key of the last record served (null = missing), and its id. */
export interface Position {
  readonly nulls: readonly boolean[];
  /** A parameter for each key, by index. */
  key(index: number): unknown;
  readonly id: unknown;
}

/**
 * The ranges that follow `position`, in their order, each one a condition an index can serve. One key gives a row
 * comparison, and missing values a range of their own; several keys give one condition, right but not served by
 * an index, for orders whose matches are bounded anyhow.
 */
export function rangesAfter(
  order: Order,
  position: Position,
  keys: readonly RawBuilder<unknown>[],
  id: RawBuilder<unknown>,
): RawBuilder<SqlBool>[] {
  const [first] = order.keys;
  const [key] = keys;
  if (order.keys.length !== 1 || !first || !key) return [lexicographic(order, position, keys, id)];
  const beyond = first.descending ? sql`<` : sql`>`;
  const afterId = sql<SqlBool>`${id} ${beyond} ${position.id}::uuid`;
  if (position.nulls[0]) {
    const rest = sql<SqlBool>`${key} is null and ${afterId}`;
    return first.descending ? [rest, sql<SqlBool>`${key} is not null`] : [rest];
  }
  const after = sql<SqlBool>`(${key}, ${id}) ${beyond} (${typed(first, position.key(0))}, ${position.id}::uuid)`;
  return first.descending || !first.nullable ? [after] : [after, sql<SqlBool>`${key} is null`];
}

/** After the first key, or equal to it and after the second … or equal to all and after the id. */
function lexicographic(
  order: Order,
  position: Position,
  keys: readonly RawBuilder<unknown>[],
  id: RawBuilder<unknown>,
): RawBuilder<SqlBool> {
  const beyond = order.keys.at(-1)?.descending ? sql`<` : sql`>`;
  let condition = sql<SqlBool>`${id} ${beyond} ${position.id}::uuid`;
  for (let index = order.keys.length - 1; index >= 0; index--) {
    const sortKey = order.keys[index];
    const key = keys[index];
    if (!sortKey || !key) continue;
    if (position.nulls[index]) {
      const same = sql<SqlBool>`${key} is null and ${condition}`;
      condition = sortKey.descending
        ? sql<SqlBool>`(${key} is not null or (${same}))`
        : sql<SqlBool>`(${same})`;
    } else {
      const value = typed(sortKey, position.key(index));
      const after = sortKey.descending ? sql`${key} < ${value}` : sql`(${key} > ${value} or ${key} is null)`;
      condition = sql<SqlBool>`(${after} or (${key} = ${value} and ${condition}))`;
    }
  }
  return condition;
}

const typed = (key: SortKey, value: unknown): RawBuilder<unknown> => sql`${value}::${sql.raw(key.type)}`;
