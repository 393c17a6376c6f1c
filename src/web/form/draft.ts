import type { EntityDescription, FieldDescription } from '../../model/description.ts';
import { sameValue } from '../../model/rule.ts';

/** The values of a form by field name, as the API answers and reads them. */
export type Draft = Readonly<Record<string, unknown>>;

/** A block of a form with the fields that the reader may see. */
export interface Section {
  readonly label: string;
  readonly fields: readonly FieldDescription[];
}

/** The blocks of an entity's form. */
export const sectionsOf = (entity: EntityDescription): readonly Section[] =>
  entity.form
    .map(({ label, fields }) => ({
      label,
      fields: fields.flatMap((name) => entity.fields.find((field) => field.name === name) ?? []),
    }))
    .filter(({ fields }) => fields.length > 0);

/** The value without what is empty in it, so that two ways to be empty are the same. */
export function normal(value: unknown): unknown {
  if (value === undefined || value === '') return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(idOf);
  if (typeof value !== 'object' || value === null) return value;
  if ('id' in value) return idOf(value);
  if ('e164' in value && 'typed' in value) return value.typed === '' ? null : value.typed;
  const parts = Object.entries(value).map(([name, part]) => [name, part === '' ? null : part] as const);
  return parts.every(([, part]) => part === null) ? null : Object.fromEntries(parts);
}

/** References are the same when they name the same record, whatever it is called. */
function idOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('id' in value)) return value;
  const { id, entity } = value as { readonly id: unknown; readonly entity?: unknown };
  return entity === undefined ? id : { entity, id };
}

/** Whether two values mean the same. */
export const isSame = (one: unknown, other: unknown): boolean => sameValue(normal(one), normal(other));

/** The values of `draft` that differ from `before`; only these are sent. */
export const changesOf = (before: Draft, draft: Draft): Draft =>
  Object.fromEntries(
    Object.entries(draft)
      .filter(([name, value]) => !isSame(before[name], value))
      .map(([name, value]) => [name, normal(value) === null ? null : value]),
  );

/** What a new record sends: what is filled in, and what was emptied although it would be filled in by default. */
export const creationOf = (entity: EntityDescription, draft: Draft): Draft =>
  Object.fromEntries(
    entity.fields
      .filter((field) => !field.readOnly && field.name in draft)
      .filter((field) => normal(draft[field.name]) !== null || field.default !== null)
      .map((field) => [field.name, normal(draft[field.name]) === null ? null : draft[field.name]]),
  );
