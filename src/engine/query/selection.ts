import { type RawBuilder, sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import { snakeCase } from '../../lib/names.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { RecordOut, Values } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';
import { verbAbility } from '../verbs/ability.ts';
import { readFields } from './fields.ts';
import { type Permission, permissionOf } from './permission.ts';
import { type Place, partsOf, targetsOf } from './place.ts';
import type { Source } from './source.ts';
import { titleOfSql, titleSql } from './title.ts';

/** A row as the driver gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** The columns that chosen fields need, and how a row becomes the record that doors answer. */
export interface Selection {
  readonly columns: readonly RawBuilder<unknown>[];
  read(row: Row): RecordOut;
}

type Reader = (row: Row) => unknown;

/** Adds to a statement's columns, each name once. */
type Take = (name: string, column: () => RawBuilder<unknown>) => void;

/** Chooses fields (all that the reader may see, when none are named) over the tables of `source`. */
export function selectFields(ctx: Ctx, source: Source, fields: readonly string[] | undefined): Selection {
  const { entity, alias } = source;
  const { columns, take } = openColumns();
  const root = (column: string): void => take(column, () => sql.ref(`${alias}.${column}`));
  root('id');
  root('version');
  const places = [...readFields(ctx, entity, fields)].filter(([path]) => path !== 'id' && path !== 'version');
  const names = places.map(([path]) => path);
  const readers = places.map(([, place]) => readerOf(ctx, source, place, take));
  const mayUpdate = permission('update');
  const mayRemove = permission('remove');
  const verbs = verbAbility(ctx, entity);
  for (const column of verbs?.columns ?? []) root(column);

  function permission(action: 'update' | 'remove'): (row: Row) => boolean {
    const asked: Permission = permissionOf(ctx, entity, action, alias);
    for (const column of asked.columns) root(column);
    if (asked.sql) take(`can.${action}`, () => asked.sql as RawBuilder<unknown>);
    return asked.read;
  }

  return {
    columns: [...columns.values()],
    read: (row) => {
      const record: Record<string, unknown> = { id: row.id, version: row.version };
      for (let index = 0; index < names.length; index++) {
        record[names[index] as string] = (readers[index] as Reader)(row);
      }
      const can = { update: mayUpdate(row), remove: mayRemove(row) };
      record.can = verbs ? { ...can, verbs: verbs.read(row, can) } : can;
      return record as unknown as RecordOut;
    },
  };
}

/** Chooses the values at these places alone, by their paths, without what a reader may do to the record. */
export function selectValues(
  ctx: Ctx,
  source: Source,
  places: ReadonlyMap<string, Place>,
): { readonly columns: readonly RawBuilder<unknown>[]; readonly read: (row: Row) => Values } {
  const { columns, take } = openColumns();
  const readers = [...places].map(([path, place]) => [path, readerOf(ctx, source, place, take)] as const);
  return {
    columns: [...columns.values()],
    read: (row) => Object.fromEntries(readers.map(([path, read]) => [path, read(row)])),
  };
}

function openColumns(): { readonly columns: Map<string, RawBuilder<unknown>>; readonly take: Take } {
  const columns = new Map<string, RawBuilder<unknown>>();
  const take: Take = (name, column) => {
    if (!columns.has(name)) columns.set(name, sql`${column()} as ${sql.id(name)}`);
  };
  return { columns, take };
}

/** How the value at `place` is read from a row, its columns taken. */
function readerOf(ctx: Ctx, source: Source, place: Place, take: Take): Reader {
  const { field, part } = place;
  const alias = source.join(place.through);
  const prefix = alias === source.alias ? '' : `${alias}.`;
  for (const name of readColumns(field)) take(`${prefix}${name}`, () => sql.ref(`${alias}.${name}`));
  const value = valueReader(field, prefix);
  if (part !== '') {
    const pick = partsOf(field)[part]?.pick;
    return (row) => pick?.(value(row)) ?? null;
  }
  const label = `${prefix}${field.name}~label`;
  if (field.type === 'reference') {
    take(label, () => {
      const joined = source.join([...place.through, field]);
      return titleSql(ctx, entityOf(ctx.workspace.model, targetsOf(field)[0] ?? ''), joined);
    });
    return (row) => {
      const id = value(row);
      return id === null ? null : { id, label: row[label] ?? null };
    };
  }
  if (field.type === 'any-reference') {
    take(label, () => anyLabel(ctx, field, alias));
    return (row) => {
      const named = value(row) as { entity: string; id: string } | null;
      return named && { entity: named.entity, id: named.id, label: row[label] ?? null };
    };
  }
  if (field.type === 'references') {
    take(label, () => manyLabels(ctx, field, alias));
    return (row) => {
      const ids = (value(row) ?? []) as readonly string[];
      const labels = (row[label] ?? []) as readonly (string | null)[];
      return ids.map((id, index) => ({ id, label: labels[index] ?? null }));
    };
  }
  return value;
}

/** Reads a field's canonical value; of a joined record, whose columns carry its alias, through a row of its own. */
function valueReader(field: Field, prefix: string): Reader {
  const type = fieldType(field.type);
  if (prefix === '') return (row) => type.fromRow(row, field);
  const names = readColumns(field);
  return (row) => {
    const own: Record<string, unknown> = {};
    for (const name of names) own[name] = row[`${prefix}${name}`] ?? null;
    return type.fromRow(own, field);
  };
}

function anyLabel(ctx: Ctx, field: Field, alias: string): RawBuilder<unknown> {
  const column = snakeCase(field.name);
  const id = sql.ref(`${alias}.${column}_id`);
  const cases = targetsOf(field).map(
    (name) => sql`when ${name} then ${titleOfSql(ctx, entityOf(ctx.workspace.model, name), id, 'any')}`,
  );
  return sql`case ${sql.ref(`${alias}.${column}_entity`)} ${sql.join(cases, sql` `)} end`;
}

/** The titles of the records that an array of ids names, in its order. */
function manyLabels(ctx: Ctx, field: Field, alias: string): RawBuilder<unknown> {
  const target: Entity = entityOf(ctx.workspace.model, targetsOf(field)[0] ?? '');
  return sql`array(select ${titleOfSql(ctx, target, sql.ref('named.id'), 'many')}
    from unnest(${sql.ref(`${alias}.${snakeCase(field.name)}_ids`)}) with ordinality named(id, place) order by named.place)`;
}

/** The columns of a field's value; folded companions and sort keys only help comparing. */
function readColumns(field: Field): readonly string[] {
  const comparing = new Set(
    Object.values(partsOf(field)).flatMap(({ column, exact, sort }) => [
      ...(exact !== undefined && exact !== column ? [column] : []),
      ...(sort === undefined ? [] : [column, sort]),
    ]),
  );
  return fieldType(field.type)
    .columns(field)
    .map(({ name }) => name)
    .filter((name) => !comparing.has(name));
}
