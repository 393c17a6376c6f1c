import { fold } from '../lib/fold.ts';
import type { Field } from '../model/field.ts';
import { columnName } from './column-name.ts';
import type { Column, Comparable, FieldType } from './field-type.ts';

/** The folded companion of a text column: what filters, sorts and unique indexes use. */
export const foldedColumn = (name: string): Column => ({ name: `${name}_fold`, sql: 'text collate "C"' });

/** How a text column with its folded companion is compared. */
export const textComparable = (name: string, pick: Comparable['pick']): Comparable => ({
  kind: 'text',
  column: `${name}_fold`,
  exact: name,
  pick,
});

/** The storage that types holding one text share: the text as typed and its folded companion. */
export const textStorage: Pick<FieldType<string>, 'columns' | 'paths' | 'toRow' | 'fromRow' | 'toText'> = {
  columns: (field) => [{ name: columnName(field), sql: 'text' }, foldedColumn(columnName(field))],
  paths: (field) => ({ '': textComparable(columnName(field), (value) => value ?? null) }),
  toRow: (value, field) => textRow(columnName(field), value),
  fromRow: (row, field) => textOf(row, columnName(field)),
  toText: (value) => value,
};

/** A text and its folded companion as columns. */
export const textRow = (name: string, value: string | null): Readonly<Record<string, unknown>> => ({
  [name]: value,
  [`${name}_fold`]: value === null ? null : fold(value),
});

/** A column's text, or null. */
export const textOf = (row: Readonly<Record<string, unknown>>, name: string): string | null => {
  const value = row[name];
  return typeof value === 'string' ? value : null;
};

/** Reports a declaration that wants a unique index on a text too long for one. */
export const neverUnique = (field: Field): readonly string[] =>
  field.unique ? [`a ${field.type} field can’t be unique`] : [];
