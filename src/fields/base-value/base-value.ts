import { labels } from '../../lib/locale.ts';
import { type CommonSettings, type FieldSpec, fieldSpec } from '../../model/field.ts';
import { columnName } from '../column-name.ts';
import type { FieldType } from '../field-type.ts';
import { oneLine, readString } from '../string-value.ts';
import { textOf } from '../text-column.ts';

/** What an author may say of a base value: the name of its list. */
export interface BaseValueSettings extends CommonSettings {
  readonly list: string;
}

const longestCode = 100;

/** A value of a list that an administrator keeps. */
export const baseValue = (settings: BaseValueSettings): FieldSpec => fieldSpec('base-value', { ...settings });

/**
 * A value of an administrator's list, kept as its code, without a check in the database. Only the engine knows
 * the list's values: it refuses a code the list doesn't hold, and turns labels in a file's cells into codes.
 */
export const baseValueField: FieldType<string> = {
  name: 'base-value',
  columns: (field) => [{ name: columnName(field), sql: 'text collate "C"' }],
  paths: (field) => ({ '': { kind: 'code', column: columnName(field), pick: (value) => value ?? null } }),
  settings: {
    list: { kind: 'list', required: true, label: labels('List', 'Liste', 'Lista') },
  },
  sortable: true,
  read: (input) => readString(input, { max: longestCode }),
  readText: (cell) => readString(oneLine(cell), { max: longestCode }),
  toRow: (value, field) => ({ [columnName(field)]: value }),
  fromRow: (row, field) => textOf(row, columnName(field)),
  toText: (value) => value,
  jsonSchema: () => ({ type: 'string', maxLength: longestCode }),
  example: () => 'code',
  target: (field) => ({ to: 'list', list: String(field.options.list) }),
  pointsAt: (value) => [{ id: value }],
  describe: () => ({}),
  verify: (field) =>
    typeof field.options.list === 'string' && field.options.list !== '' ? [] : ['names no list'],
};
