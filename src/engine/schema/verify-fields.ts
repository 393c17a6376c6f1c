import type { FieldType, ReadEnv } from '../../fields/field-type.ts';
import { fieldTypes } from '../../fields/index.ts';
import { tell } from '../../lib/message.ts';
import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import { canBeUnique } from './can-be-unique.ts';
import { wantedColumn } from './column-type.ts';

const camel = /^[a-z][a-zA-Z0-9]*$/;
/** Keys of a record that aren't fields, and words of the expression language. */
const reserved = new Set([
  'can',
  'and',
  'or',
  'not',
  'in',
  'is',
  'true',
  'false',
  'me',
  'today',
  'now',
  'null',
  'empty',
]);
/** Defaults that stand for something only known when the record is made. */
const worked = new Set<unknown>([null, 'me', 'my-teams', 'today', 'now']);
const longestSqlName = 63;

const env: ReadEnv = { locale: 'en', timeZone: 'UTC', now: new Date(0), country: null, currency: 'EUR' };

/** Mistakes in an entity's fields: names, types and their options, columns, defaults, what they point at. */
export function verifyFields(model: Model, entity: Entity): readonly string[] {
  const fields = Object.values(entity.fields);
  const typed = fields.map((field): [Field, FieldType | undefined] => [field, fieldTypes.get(field.type)]);
  return [
    ...typed.flatMap(([field, type]) =>
      (type ? fieldMistakes(model, field, type) : [`no field type is called “${field.type}”`]).map(
        (mistake) => `${entity.name}.${field.name}: ${mistake}`,
      ),
    ),
    ...columnMistakes(entity, typed),
  ];
}

function fieldMistakes(model: Model, field: Field, type: FieldType): readonly string[] {
  const own = type.verify?.(field) ?? [];
  const mistakes = [...own];
  if (!camel.test(field.name)) mistakes.push('a field is named in camelCase: closeDate');
  if (reserved.has(field.name.toLowerCase()))
    mistakes.push(`“${field.name}” is a word of its own in records and filters`);
  // A type that found its options wrong can't be asked further.
  if (own.length > 0) return mistakes;
  if (field.unique && !canBeUnique(field))
    mistakes.push(`a ${field.type} can’t be unique: give the entity a text or a code of its own`);
  mistakes.push(...targetMistakes(model, field, type), ...defaultMistakes(model, field, type));
  return mistakes;
}

function targetMistakes(model: Model, field: Field, type: FieldType): readonly string[] {
  const target = type.target?.(field);
  if (target?.to === 'list' && !model.lists.has(target.list)) return [`no list is called “${target.list}”`];
  if (target?.to !== 'records') return [];
  return target.entities
    .filter((name) => !model.entities.has(name))
    .map((name) => `it refers to “${name}”, which no entity is called`);
}

function defaultMistakes(model: Model, field: Field, type: FieldType): readonly string[] {
  if (worked.has(field.default)) return [];
  const read = type.read(field.default, field, env);
  if ('mistakes' in read) {
    return read.mistakes.map(
      ({ message, params }) => `its default is refused: ${tell('en', message, params)}`,
    );
  }
  const target = type.target?.(field);
  const list = target?.to === 'list' ? model.lists.get(target.list) : undefined;
  if (!list || list.values.some((value) => value.code === field.default)) return [];
  return [`its default “${String(field.default)}” isn’t a value of the list ${list.name}`];
}

function columnMistakes(
  entity: Entity,
  typed: readonly (readonly [Field, FieldType | undefined])[],
): readonly string[] {
  const owners = new Map<string, string>();
  const mistakes: string[] = [];
  for (const [field, type] of typed) {
    if (!type || (type.verify?.(field) ?? []).length > 0) continue;
    for (const { name, sql } of type.columns(field)) {
      const where = `${entity.name}.${field.name}`;
      const owner = owners.get(name);
      if (owner !== undefined)
        mistakes.push(`${where}: its column ${name} is also that of ${owner}: rename one of them`);
      owners.set(name, field.name);
      if (name.length > longestSqlName)
        mistakes.push(`${where}: its column ${name} is longer than ${longestSqlName} characters`);
      wantedColumn(name, sql);
    }
  }
  return mistakes;
}
