import { canonicalDecimal } from '../../lib/decimal-text.ts';
import { formatDecimal, numberFormat } from '../../lib/formats.ts';
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
import { isRefusal } from '../read-result.ts';
import { limitSettings } from '../setting.ts';

/** What an author may say of a percentage: its limits, 0 and 100 unless told. */
export interface PercentSettings extends CommonSettings {
  readonly min?: number | string;
  readonly max?: number | string;
}

/** A percentage. */
export const percent = (settings: PercentSettings): FieldSpec => fieldSpec('percent', { ...settings });

const scale = 2;
const wholeDigits = 7;

const boundsOf = (field: Field): DecimalBounds => ({
  scale,
  wholeDigits,
  min: limitOption(field.options, 'min') ?? 0,
  max: limitOption(field.options, 'max') ?? 100,
});

/** A percentage as a decimal of hundredths: `"12.50"` is 12.5 %. */
export const percentField: FieldType<string> = {
  name: 'percent',
  columns: (field) => [{ name: columnName(field), sql: `numeric(${wholeDigits + scale},${scale})` }],
  paths: (field) => ({ '': { kind: 'number', column: columnName(field), pick: (value) => value ?? null } }),
  settings: limitSettings,
  sortable: true,
  read: (input, field) => readDecimal(input, boundsOf(field)),
  readText: (cell, field, env) => {
    const read = readDecimalText(cell.slice(0, 200).trim().replace(/\s?%$/, ''), env);
    return isRefusal(read) ? read : readDecimal(read.value, boundsOf(field));
  },
  toRow: (value, field) => ({ [columnName(field)]: value }),
  fromRow: (row, field) => {
    const value = row[columnName(field)];
    return value === null || value === undefined ? null : canonicalDecimal(String(value), scale);
  },
  // The percent style multiplies by a hundred: E-2 undoes it without a float.
  toText: (value, _field, env) =>
    formatDecimal(
      numberFormat(env.locale, { style: 'percent', maximumFractionDigits: scale }),
      `${value}E-2`,
    ),
  jsonSchema: () => ({ type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' }),
  example: (field) =>
    isRefusal(readDecimal('25', boundsOf(field)))
      ? canonicalDecimal(limit(boundsOf(field).min ?? 0), scale)
      : '25.00',
  describe: (field) => {
    const { min, max } = boundsOf(field);
    return { scale, min, max };
  },
  verify: (field) => verifyBounds(boundsOf(field)),
};
