import { fieldType } from '../../fields/index.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { Values } from '../../model/record.ts';
import { isEmptyValue } from '../record/rules.ts';

/** A record on its way into one with others. */
export interface Merged {
  readonly id: string;
  readonly values: Values;
}

/** What several records come to in one field, and which of them it comes from. */
export interface Combined {
  readonly value: unknown;
  readonly from: readonly string[];
}

/** Fields that hold any number of things, which come together. */
export const isSeveral = (field: Field): boolean =>
  ['ids', 'codes'].includes(fieldType(field.type).paths(field)['']?.kind ?? '');

/** Whether a value says nothing, so that another record’s takes its place: an unticked box is one that nobody ticked. */
export const saysNothing = (value: unknown): boolean => isEmptyValue(value) || value === false;

/** The fields that belong to a record itself, and neither to the system nor to its bookkeeping. */
export const combinedFields = (entity: Entity): readonly Field[] =>
  Object.values(entity.fields).filter(
    (field) => !field.readOnly && (!field.system || field.name === 'owner' || field.name === 'teams'),
  );

/**
 * What records come to in a field when nobody says otherwise: the value of the first one, which is the one that stays;
 * where that says nothing, of the next that says something; of things that there may be several of, all.
 */
export function combine(entity: Entity, field: Field, records: readonly Merged[]): Combined {
  const ids = new Set(records.map(({ id }) => id));
  const own = records.map(({ id, values }) => ({
    id,
    value: withoutSelf(entity, field, values[field.name] ?? null, ids),
  }));
  const [first] = own;
  if (isSeveral(field)) {
    const all = [...new Set(own.flatMap(({ value }) => (Array.isArray(value) ? (value as unknown[]) : [])))];
    return {
      value: all.length > 0 ? all : null,
      from: own.filter(({ value }) => !saysNothing(value)).map(({ id }) => id),
    };
  }
  const telling = own.find(({ value }) => !saysNothing(value));
  return telling
    ? { value: telling.value, from: [telling.id] }
    : { value: first?.value ?? null, from: first ? [first.id] : [] };
}

/** A value that doesn’t name one of the records that become one: they would name themselves. */
export function withoutSelf(entity: Entity, field: Field, value: unknown, ids: ReadonlySet<string>): unknown {
  const type = fieldType(field.type);
  const target = type.target?.(field);
  if (value === null || target?.to !== 'records' || !target.entities.includes(entity.name)) return value;
  if (Array.isArray(value)) {
    const others = value.filter((id) => !ids.has(String(id)));
    return others.length > 0 ? others : null;
  }
  const points = type.pointsAt?.(value, field) ?? [];
  return points.some((point) => (point.entity ?? entity.name) === entity.name && ids.has(point.id))
    ? null
    : value;
}
