import { type CommonSettings, type FieldSpec, fieldSpec } from '../../model/field.ts';
import { columnName } from '../column-name.ts';
import type { FieldType } from '../field-type.ts';
import { accepted, isEmpty } from '../read-result.ts';
import { exampleId, readId } from '../record-id.ts';
import { textOf } from '../text-column.ts';

/** A UUID that is no reference. */
export const id = (settings: CommonSettings): FieldSpec => fieldSpec('id', { ...settings });

/** A UUID in small letters, such as a record's own id. */
export const idField: FieldType<string> = {
  name: 'id',
  columns: (field) => [{ name: columnName(field), sql: 'uuid' }],
  paths: (field) => ({ '': { kind: 'id', column: columnName(field), pick: (value) => value ?? null } }),
  sortable: true,
  read: (input) => (isEmpty(input) ? accepted<string>(null) : readId(input)),
  readText: (cell) => (isEmpty(cell) ? accepted<string>(null) : readId(cell)),
  toRow: (value, field) => ({ [columnName(field)]: value }),
  fromRow: (row, field) => textOf(row, columnName(field)),
  toText: (value) => value,
  jsonSchema: () => ({ type: 'string', format: 'uuid' }),
  example: () => exampleId,
  describe: () => ({}),
};
