import type { ComparableKind } from '../../fields/field-type.ts';
import { fieldType } from '../../fields/index.ts';
import type { Level } from '../../model/access.ts';
import { isCustomField } from '../../model/custom-name.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import { likenessOf } from '../duplicates/likeness.ts';
import { uniqueSets } from '../record/unique.ts';
import { index } from './object-name.ts';
import { readSort, sortColumn } from './sort-column.ts';
import type { WantedIndex } from './wanted.ts';

const where = '"removed_at" is null';
const followed = new Set(['owner', 'teams']);

/**
 * The indexes of an entity's table. One of (column, id, owner) serves a declared sort in both directions: read forwards
 * it is ascending with nulls last, backwards descending with nulls first, id last in either.
 */
export function entityIndexes(entity: Entity): readonly WantedIndex[] {
  const uniques = uniqueSets(entity).map((set) => set.index);
  const sorted = entity.sorts.map((sort) => columnOf(entity, sort)).filter((column) => column !== null);
  const byList = columnOf(entity, entity.list.sort);
  const all = [
    ...uniques,
    ...sorted.map((column) => (column === 'id' ? null : sortIndex(entity.table, column))),
    isReadBy(entity, ['own', 'team']) || entity.navigation
      ? index(entity.table, distinct(['owner_id', byList ?? 'id', 'id']), { where })
      : null,
    board(entity, byList),
    isReadBy(entity, ['team']) ? index(entity.table, ['teams_ids'], { method: 'gin', where }) : null,
    ...Object.values(entity.fields).flatMap((field) => references(entity, field, uniques)),
  ];
  const made = all.filter((wanted) => wanted !== null);
  made.push(...likenesses(entity, made));
  made.push(...filters(entity, made));
  return [...new Map(made.map((wanted) => [wanted.name, wanted] as const)).values()];
}

/**
 * The declared filters, each by itself: a value that few records have is found by it and then sorted, one that many
 * have is met soon on the way along a sort. What another index begins with is served already; of custom fields, their
 * administrator says which are worth an index.
 */
function filters(entity: Entity, made: readonly WantedIndex[]): readonly WantedIndex[] {
  const columns = entity.list.filters.flatMap((name) => {
    const field = entity.fields[name];
    return field && !isCustomField(name) ? filteredColumns(field) : [];
  });
  return distinct(columns)
    .filter((column) => !begins(made, column))
    .map((column) => index(entity.table, [column], { where }));
}

/**
 * The columns by which a field narrows a list: its own, and those of its parts that do. Yes and no narrow nothing, and a
 * text that has no order may be longer than an index takes.
 */
function filteredColumns(field: Field): readonly string[] {
  const { paths: pathsOf, sortable } = fieldType(field.type);
  const { '': whole, ...parts } = pathsOf(field);
  const isIndexed = whole && !unindexed.has(whole.kind) && (whole.kind !== 'text' || sortable);
  const narrowing = Object.values(parts).filter(({ narrows }) => narrows);
  return [...(isIndexed ? [whole] : []), ...narrowing].map(({ column }) => column);
}

const unindexed: ReadonlySet<ComparableKind> = new Set(['boolean', 'codes', 'ids']);

/** Whether a whole-table index can be entered by a column. */
const begins = (made: readonly WantedIndex[], column: string): boolean =>
  made.some(
    (wanted) =>
      wanted.method === 'btree' &&
      wanted.expression === null &&
      wanted.columns[0] === column &&
      wanted.where === where,
  );

/** What records are looked for by when their duplicates are; what a list is sorted by or refers to is served already. */
function likenesses(entity: Entity, made: readonly WantedIndex[]): readonly WantedIndex[] {
  const looked = (entity.duplicates?.criteria ?? []).flatMap(({ anyOf }) => anyOf);
  return [...new Set(looked)].flatMap((name) => {
    const field = entity.fields[name];
    const likeness = field ? likenessOf(field) : null;
    return (likeness?.searched ?? []).flatMap((place) => {
      const at = likeness?.places[place];
      if (!at) return [];
      const isServed = at.expression === null && begins(made, at.columns[0] ?? '');
      return isServed ? [] : [index(entity.table, at.columns, { where, expression: at.expression })];
    });
  });
}

/**
 * The index that serves lists sorted by a column. The owner ends it, so that who reads his own finds them along the sort
 * without looking at everybody's records; teams are too many to be in it.
 */
export const sortIndex = (table: string, column: string): WantedIndex =>
  index(table, inOrder(column), { where });

/** The columns of an index in an order, whose last part tells the owner. */
const inOrder = (column: string): readonly string[] => distinct([column, 'id', 'owner_id']);

function columnOf(entity: Entity, sort: string): string | null {
  const { field } = readSort(entity, sort);
  return field ? sortColumn(field) : null;
}

/** One column of the board in the order of the list. */
function board(entity: Entity, byList: string | null): WantedIndex | null {
  const field = entity.board ? entity.fields[entity.board.by] : undefined;
  const by = field ? fieldType(field.type).paths(field)['']?.column : undefined;
  return by === undefined ? null : index(entity.table, distinct([by, ...inOrder(byList ?? 'id')]), { where });
}

/** True when a role reads only some rows: those are found by owner and team, not by walking everybody's. */
function isReadBy(entity: Entity, levels: readonly Level[]): boolean {
  return Object.values(entity.access).some(
    (grant) => grant.read !== undefined && levels.includes(grant.read),
  );
}

/** Related lists and the access of links start from a reference; a unique index that begins with it does as well. */
function references(entity: Entity, field: Field, uniques: readonly WantedIndex[]): readonly WantedIndex[] {
  const type = fieldType(field.type);
  if (followed.has(field.name) || field.system || type.target?.(field).to !== 'records') return [];
  return type.columns(field).flatMap((column) => {
    if (column.sql.startsWith('uuid[]'))
      return [index(entity.table, [column.name], { method: 'gin', where })];
    if (column.sql !== 'uuid') return [];
    const isServed = uniques.some((unique) => unique.columns[0] === column.name && unique.where === where);
    return isServed ? [] : [index(entity.table, [column.name], { where })];
  });
}

const distinct = (columns: readonly string[]): readonly string[] => [...new Set(columns)];
