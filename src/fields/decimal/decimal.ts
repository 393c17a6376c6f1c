import { canonicalDecimal } from '../../lib/decimal-text.ts';
import { formatDecimal, numberFormat } from '../../lib/formats.ts';
import { labels } from '../../lib/locale.ts';
import { type CommonSettings, type Field, type FieldSpec, fieldSpec } from '../../model/field.ts';
import { columnName } from '../column-name.ts';
import {
  type DecimalBounds,
  limit,
  limitOption,
  readDecimal,
  readDecimalText,
  verifyBounds,
} from '../decimal-value.ts';
import type { FieldType } from '../field-type.ts';
import { isRefusal, numberOption } from '../read-result.ts';
import { limitSettings } from '../setting.ts';

/** What an author may say of a decimal: decimals kept (0 to 8, 2 unless told) and its limits, both included. */
export interface DecimalSettings extends CommonSettings {
  readonly scale?: number;
  readonly min?: number | string;
  readonly max?: number | string;
}

const wholeDigits = 15;
const largestScale = 8;

/** A decimal number with a fixed count of decimals. */
export const decimal = (settings: DecimalSettings): FieldSpec => fieldSpec('decimal', { ...settings });

const boundsOf = (field: Field): DecimalBounds => ({
  scale: numberOption(field, 'scale', 2),
  wholeDigits,
  min: limitOption(field.options, 'min'),
  max: limitOption(field.options, 'max'),
});

/** A decimal, kept and sent as text with all its decimals: `"12.50"` at scale 2. */
export const decimalField: FieldType<string> = {
  name: 'decimal',
  columns: (field) => {
    const { scale } = boundsOf(field);
    return [{ name: columnName(field), sql: `numeric(${wholeDigits + scale},${scale})` }];
  },
  paths: (field) => ({ '': { kind: 'number', column: columnName(field), pick: (value) => value ?? null } }),
  settings: {
    ...limitSettings,
    scale: {
      kind: 'whole',
      min: 0,
      max: largestScale,
      label: labels('Decimals', 'Décimales', 'Decimales'),
    },
  },
  sortable: true,
  read: (input, field) => readDecimal(input, boundsOf(field)),
  readText: (cell, field, env) => {
    const read = readDecimalText(cell, env);
    return isRefusal(read) ? read : readDecimal(read.value, boundsOf(field));
  },
  toRow: (value, field) => ({ [columnName(field)]: value }),
  fromRow: (row, field) => {
    const value = row[columnName(field)];
    return value === null || value === undefined
      ? null
      : canonicalDecimal(String(value), boundsOf(field).scale);
  },
  toText: (value, field, env) => {
    const { scale } = boundsOf(field);
    return formatDecimal(
      numberFormat(env.locale, { minimumFractionDigits: scale, maximumFractionDigits: scale }),
      value,
    );
  },
  jsonSchema: () => ({ type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' }),
  example: (field) => {
    const { scale, min, max } = boundsOf(field);
    const fallback = isRefusal(readDecimal('12', boundsOf(field))) ? String(limit(min ?? max ?? 0)) : '12';
    return canonicalDecimal(fallback, scale);
  },
  describe: (field) => {
    const { scale, min = null, max = null } = boundsOf(field);
    return { scale, min, max };
  },
  verify: (field) => {
    const scale = field.options.scale ?? 2;
    const fits = typeof scale === 'number' && Number.isInteger(scale) && scale >= 0 && scale <= largestScale;
    const wrongScale = fits
      ? []
      : [`scale is ${String(scale)}, but a decimal keeps 0 to ${largestScale} decimals`];
    return [
      ...wrongScale,
      ...verifyBounds({ min: field.options.min as string, max: field.options.max as string }),
    ];
  },
};
