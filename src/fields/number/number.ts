import { formatDecimal, numberFormat } from '../../lib/formats.ts';
import { labels } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import { type CommonSettings, type FieldSpec, fieldSpec } from '../../model/field.ts';
import { columnName } from '../column-name.ts';
import { readDecimal, readDecimalText, verifyBounds } from '../decimal-value.ts';
import type { FieldType, Read } from '../field-type.ts';
import { accepted, isEmpty, isRefusal, numberOption, quoted, refused, wrongType } from '../read-result.ts';
import { wholeLimitSettings } from '../setting.ts';

/** What an author may say of a whole number: its limits, both included. */
export interface NumberSettings extends CommonSettings {
  readonly min?: number;
  readonly max?: number;
}

const notWhole = message(
  'not-whole',
  '{value} isn’t a whole number',
  '{value} n’est pas un nombre entier',
  '{value} no es un número entero',
);
const wholeNumber = labels('a whole number', 'un nombre entier', 'un número entero');

/** A whole number. */
export const number = (settings: NumberSettings): FieldSpec => fieldSpec('number', { ...settings });

/** A whole number within what JSON carries exactly (±9,007,199,254,740,991). */
export const numberField: FieldType<number> = {
  name: 'number',
  // A record's own version counts far less than 2³¹ changes.
  columns: (field) => [{ name: columnName(field), sql: field.system ? 'integer' : 'bigint' }],
  paths: (field) => ({
    '': {
      kind: 'number',
      column: columnName(field),
      pick: (value) => (typeof value === 'number' ? String(value) : null),
    },
  }),
  settings: wholeLimitSettings,
  sortable: true,
  read: (input, field) => {
    if (isEmpty(input)) return accepted<number>(null);
    if (typeof input !== 'number') return wrongType(wholeNumber, input);
    if (!Number.isInteger(input)) return refused(notWhole, { value: quoted(String(input)) }, input);
    return bounded(String(input), field);
  },
  readText: (cell, field, env) => {
    const read = readDecimalText(cell, env);
    if (isRefusal(read) || read.value === null) return read;
    if (/\.0*[1-9]/.test(read.value)) return refused(notWhole, { value: quoted(cell) }, cell);
    return bounded(read.value, field);
  },
  toRow: (value, field) => ({ [columnName(field)]: value }),
  fromRow: (row, field) => {
    const value = row[columnName(field)];
    return value === null || value === undefined ? null : Number(value);
  },
  toText: (value, _field, env) => formatDecimal(numberFormat(env.locale, {}), String(value)),
  jsonSchema: (field) => ({ type: 'integer', ...limits(field) }),
  example: (field) => Math.max(limits(field).minimum, Math.min(limits(field).maximum, 12)),
  describe: (field) => ({ min: limits(field).minimum, max: limits(field).maximum }),
  verify: (field) => [
    ...verifyBounds({ min: limits(field).minimum, max: limits(field).maximum }),
    ...['min', 'max']
      .filter((name) => field.options[name] !== undefined && !Number.isSafeInteger(field.options[name]))
      .map((name) => `${name} is ${String(field.options[name])}, not a whole number`),
  ],
};

const limits = (field: Parameters<FieldType['columns']>[0]): { minimum: number; maximum: number } => ({
  minimum: numberOption(field, 'min', Number.MIN_SAFE_INTEGER),
  maximum: numberOption(field, 'max', Number.MAX_SAFE_INTEGER),
});

function bounded(decimal: string, field: Parameters<FieldType['columns']>[0]): Read<number> {
  const { minimum, maximum } = limits(field);
  const whole = decimal.split('.')[0] ?? decimal;
  const read = readDecimal(whole, { scale: 0, wholeDigits: 16, min: minimum, max: maximum });
  return isRefusal(read) ? read : accepted(read.value === null ? null : Number(read.value));
}
