import { fieldType } from '../../fields/index.ts';
import type { Locale } from '../../lib/locale.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';

/** A JSON Schema, or a part of an OpenAPI document. */
export type Json = Readonly<Record<string, unknown>>;

/** A pointer to a named schema of the document. */
export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

/** A name as schemas are named: `account-contact` → `AccountContact`. */
export const schemaName = (name: string): string =>
  name.replace(/(^|-)([a-z0-9])/g, (_, _dash, letter: string) => letter.toUpperCase());

/** What may be empty is a value or null. */
export const orNull = (schema: Json): Json => ({ anyOf: [schema, { type: 'null' }] });

/** An object with these members. */
export const object = (properties: Json, required: readonly string[] = []): Json => ({
  type: 'object',
  properties,
  ...(required.length > 0 ? { required } : {}),
});

/** A list of these. */
export const list = (items: Json): Json => ({ type: 'array', items });

/** The three schemas of an entity: as it is answered, created and changed. */
export function entitySchemas(entity: Entity, fields: Readonly<Record<string, Field>>, locale: Locale): Json {
  const name = schemaName(entity.name);
  const all = Object.values(fields);
  const written = all.filter((field) => !field.readOnly);
  const needed = written
    .filter((field) => field.required && field.default === null)
    .map((field) => field.name);
  const input = { ...propertiesOf(written, locale, 'in'), ...extrasOf(entity) };
  return {
    [name]: {
      ...object({ ...propertiesOf(all, locale, 'out'), ...mergedInto(entity), can: ref('Can') }, [
        'id',
        'version',
        'can',
      ]),
      title: entity.label.one[locale],
      examples: [outExample(all)],
    },
    [`${name}Input`]: {
      ...object(input, needed),
      title: entity.label.one[locale],
      additionalProperties: false,
      examples: [inExample(written)],
    },
    [`${name}Patch`]: {
      ...object({ version: { type: 'integer', minimum: 1 }, ...input }, ['version']),
      title: entity.label.one[locale],
      additionalProperties: false,
      examples: [{ version: 1, ...firstOf(inExample(written)) }],
    },
  };
}

/** What a record in the bin says of itself when it was merged. */
const mergedInto = (entity: Entity): Json =>
  entity.system
    ? {}
    : {
        mergedInto: {
          type: 'string',
          format: 'uuid',
          readOnly: true,
          description:
            'Of a record in the bin that was merged: the one it went into, whose id answers for it.',
        },
      };

/** The members of a record with these fields, as a door reads or answers them. */
export function propertiesOf(fields: readonly Field[], locale: Locale, direction: 'in' | 'out'): Json {
  return Object.fromEntries(
    fields.map((field) => {
      const schema = fieldType(field.type).jsonSchema(field, direction);
      const isAlways = field.required || field.name === 'id' || field.name === 'version';
      const described = {
        title: field.label[locale],
        ...(field.help ? { description: field.help[locale] } : {}),
        ...(field.readOnly ? { readOnly: true } : {}),
      };
      return [field.name, { ...(isAlways ? schema : orNull(schema)), ...described }];
    }),
  );
}

/** Members of a body that are no fields: external keys, and the password of a user. */
function extrasOf(entity: Entity): Json {
  const key = object(
    { source: { type: 'string', maxLength: 200 }, key: { type: 'string', maxLength: 200 } },
    ['source', 'key'],
  );
  return {
    ...(entity.importable ? { externalKeys: { ...list(key), maxItems: 20 } } : {}),
    ...(entity.system && entity.name === 'user'
      ? { password: { type: 'string', minLength: 12, maxLength: 200, writeOnly: true } }
      : {}),
  };
}

const exampleId = '01934f2a-7c1e-7b3a-9d5e-3f2a1b4c5d6e';

function inExample(fields: readonly Field[]): Json {
  const shown = fields.filter((field) => !field.system);
  return Object.fromEntries(shown.map((field) => [field.name, fieldType(field.type).example(field)]));
}

function outExample(fields: readonly Field[]): Json {
  const own = Object.fromEntries(fields.map((field) => [field.name, outValue(field)]));
  return { ...own, id: exampleId, version: 1, can: { update: true, remove: true }, removedAt: null };
}

/** An example as doors answer it: references with their labels. */
function outValue(field: Field): unknown {
  const example = fieldType(field.type).example(field);
  const labelled = (id: unknown): Json => ({ id: typeof id === 'string' ? id : exampleId, label: '…' });
  switch (field.type) {
    case 'reference':
      return labelled(example);
    case 'any-reference':
      return { ...(example as Json), label: '…' };
    case 'references':
      return Array.isArray(example) ? example.map(labelled) : [];
    default:
      return example;
  }
}

const firstOf = (values: Json): Json => Object.fromEntries(Object.entries(values).slice(0, 1));
