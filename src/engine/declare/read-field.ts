import type { ReadEnv } from '../../fields/field-type.ts';
import { fieldType } from '../../fields/index.ts';
import type { Labels } from '../../lib/locale.ts';
import type { Mistake } from '../../lib/problem.ts';
import { isCustomField, longestCustomName } from '../../model/custom-name.ts';
import { ownField } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { Values } from '../../model/record.ts';
import { canBeUnique } from '../schema/can-be-unique.ts';
import { sortColumn } from '../schema/sort-column.ts';
import { customFieldTypes } from '../system/custom-field-types.ts';
import { cant, defaultWord, fieldName, nameTooLong, refusedByModel } from './messages.ts';
import { type Names, readSettings } from './read-settings.ts';

/** A field made of a declaration; null when its type or options can’t be read, so that it has no columns. */
export interface ReadField {
  readonly field: Field | null;
  readonly mistakes: readonly Mistake[];
}

const env: ReadEnv = { locale: 'en', timeZone: 'UTC', now: new Date(0), country: null, currency: 'EUR' };
const words = new Set<unknown>(['me', 'my-teams', 'today', 'now']);
const longestSqlName = 63;

/** A text of a declaration; null when it’s empty. */
export const textIn = (values: Values, name: string): string | null =>
  typeof values[name] === 'string' ? values[name] : null;

/** A label of a declaration in all languages, the English one where another is missing. */
export function labelsIn(values: Values, name: string): Labels {
  const en = textIn(values, `${name}En`) ?? '';
  return { en, fr: textIn(values, `${name}Fr`) ?? en, es: textIn(values, `${name}Es`) ?? en };
}

/** Reads a custom field’s record as a field, with everything that is wrong with it by itself. */
export function readField(values: Values, names: Names): ReadField {
  const type = customFieldTypes.some(({ code }) => code === values.type)
    ? fieldType(String(values.type))
    : null;
  if (!type) return { field: null, mistakes: [] };
  const mistakes = nameMistakes(values);
  const read = readSettings(type.name, values.options ?? null, names);
  if ('mistakes' in read) {
    const placed = read.mistakes.map((each) => ({
      ...each,
      field: each.field ? `options.${each.field}` : 'options',
    }));
    return { field: null, mistakes: [...mistakes, ...placed] };
  }
  const help = labelsIn(values, 'help');
  const field = ownField(textIn(values, 'name') ?? '', {
    type: type.name,
    label: labelsIn(values, 'label'),
    ...(help.en === '' ? {} : { help }),
    required: values.required === true && type.name !== 'checkbox',
    unique: values.unique === true,
    options: read.options,
  });
  const [odd] = type.verify?.({ ...field, unique: false }) ?? [];
  if (odd !== undefined)
    return {
      field: null,
      mistakes: [
        ...mistakes,
        { field: 'options', message: refusedByModel, params: { reason: odd }, value: values.options },
      ],
    };
  const byDefault = readDefault(values.default ?? null, field);
  mistakes.push(...byDefault.mistakes, ...abilityMistakes(values, field), ...columnMistakes(field));
  return { field: { ...field, default: byDefault.value }, mistakes };
}

function nameMistakes(values: Values): Mistake[] {
  const name = textIn(values, 'name') ?? '';
  if (isCustomField(name) && name.length <= longestCustomName) return [];
  const params = { given: name, max: longestCustomName, example: 'xSegment' };
  return [{ field: 'name', message: fieldName, params, value: name }];
}

function readDefault(given: unknown, field: Field): { value: unknown; mistakes: readonly Mistake[] } {
  if (given === null) return { value: null, mistakes: [] };
  if (words.has(given)) {
    const isMeant =
      (given === 'today' && field.type === 'date') ||
      (given === 'me' && field.type === 'reference' && field.options.to === 'user');
    return isMeant
      ? { value: given, mistakes: [] }
      : {
          value: null,
          mistakes: [
            { field: 'default', message: defaultWord, params: { value: String(given) }, value: given },
          ],
        };
  }
  const read = fieldType(field.type).read(given, field, env);
  if (!('mistakes' in read)) return { value: read.value, mistakes: [] };
  return {
    value: null,
    mistakes: read.mistakes.map((each) => ({
      ...each,
      field: each.field ? `default.${each.field}` : 'default',
    })),
  };
}

/** True when quick search has words to take from the field. */
const holdsText = (field: Field): boolean => {
  const type = fieldType(field.type);
  return !type.target && Object.values(type.paths(field)).some(({ kind }) => kind === 'text');
};

const typeLabel = (field: Field): Labels | string =>
  customFieldTypes.find(({ code }) => code === field.type)?.label ?? field.type;

function abilityMistakes(values: Values, field: Field): readonly Mistake[] {
  const able: Readonly<Record<string, boolean>> = {
    unique: canBeUnique(field),
    sortable: sortColumn(field) !== null,
    searchable: holdsText(field),
    required: field.type !== 'checkbox',
  };
  return Object.entries(able)
    .filter(([name, isAble]) => values[name] === true && !isAble)
    .map(([name]) => ({ field: name, message: cant, params: { type: typeLabel(field) }, value: true }));
}

function columnMistakes(field: Field): readonly Mistake[] {
  const longest = Math.max(
    ...fieldType(field.type)
      .columns(field)
      .map(({ name }) => name.length),
  );
  if (longest <= longestSqlName) return [];
  const params = { name: field.name, count: longest - longestSqlName };
  return [{ field: 'name', message: nameTooLong, params, value: field.name }];
}
