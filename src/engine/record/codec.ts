import { type RawBuilder, sql } from 'kysely';
import type { FieldType, ReadEnv } from '../../fields/field-type.ts';
import { fieldType } from '../../fields/index.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { Values } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';

const known = new WeakMap<Entity, readonly (readonly [Field, FieldType])[]>();

/** The fields of an entity with their types, looked up once. */
export function typedFields(entity: Entity): readonly (readonly [Field, FieldType])[] {
  let typed = known.get(entity);
  if (!typed) {
    typed = Object.values(entity.fields).map((field) => [field, fieldType(field.type)] as const);
    known.set(entity, typed);
  }
  return typed;
}

/** Canonical values as the columns of their table, JSON-safe. */
export function rowOf(entity: Entity, values: Values): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [field, type] of typedFields(entity))
    Object.assign(row, type.toRow(values[field.name] ?? null, field));
  return row;
}

/** A row of the entity's table as canonical values. */
export function valuesOf(entity: Entity, row: Readonly<Record<string, unknown>>): Values {
  const values: Record<string, unknown> = {};
  for (const [field, type] of typedFields(entity)) values[field.name] = type.fromRow(row, field);
  return values;
}

const spelt = new WeakMap<Entity, Map<string, RawBuilder<unknown>>>();

/**
 * Every column of an entity's table, named one by one: a statement that a connection keeps must not say `*`, which
 * means other columns once a field was added, and PostgreSQL then refuses to run it.
 */
export function columnsSql(entity: Entity, alias: string): RawBuilder<unknown> {
  const known = spelt.get(entity) ?? new Map<string, RawBuilder<unknown>>();
  spelt.set(entity, known);
  let columns = known.get(alias);
  if (!columns) {
    const names = typedFields(entity).flatMap(([field, type]) => type.columns(field).map(({ name }) => name));
    columns = sql.join(names.map((name) => sql.ref(`${alias}.${name}`)));
    known.set(alias, columns);
  }
  return columns;
}

/** How values are read in this request. */
export const readEnv = (ctx: Ctx): ReadEnv => ({
  locale: ctx.locale,
  timeZone: ctx.timeZone,
  now: ctx.now,
  country: null,
  currency: ctx.workspace.currency,
});

const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** Today in the reader's zone, `YYYY-MM-DD`. Formats are kept: making one costs more than a statement. */
export function todayIn(timeZone: string, now: Date): string {
  let format = dayFormats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    dayFormats.set(timeZone, format);
  }
  return format.format(now);
}
