import { type CommonSettings, type FieldSpec, fieldSpec } from '../../model/field.ts';
import { columnName } from '../column-name.ts';
import type { FieldType } from '../field-type.ts';
import { accepted, isEmpty } from '../read-result.ts';
import {
  type ExternalKey,
  exampleId,
  isExternalKey,
  labelOf,
  readId,
  readReference,
  referenceSchema,
  storedId,
  targetsOf,
  verifyTargets,
} from '../record-id.ts';
import { targetSettings } from '../setting.ts';
import { textOf } from '../text-column.ts';

/** What an author may say of a reference: the entity it names. */
export interface ReferenceSettings extends CommonSettings {
  readonly to: string;
}

/** A record of one entity; `default: 'me'` takes the writer, of a reference to a user. */
export const reference = (settings: ReferenceSettings): FieldSpec => fieldSpec('reference', { ...settings });

/**
 * A record of one entity, kept as its id. `read` answers an id, or `{ source, key }` as it was sent: the engine
 * resolves that, checks that the record exists and may be read, and adds the label to what doors answer.
 */
export const referenceField: FieldType<string | ExternalKey> = {
  name: 'reference',
  columns: (field) => [{ name: columnName(field, 'id'), sql: 'uuid' }],
  paths: (field) => ({ '': { kind: 'id', column: columnName(field, 'id'), pick: (value) => value ?? null } }),
  settings: targetSettings,
  sortable: false,
  read: (input) => (isEmpty(input) ? accepted<string>(null) : readReference(input)),
  readText: (cell) => (isEmpty(cell) ? accepted<string>(null) : readId(cell)),
  toRow: (value, field) => ({ [columnName(field, 'id')]: storedId(value) }),
  fromRow: (row, field) => textOf(row, columnName(field, 'id')),
  toText: (value) => labelOf(value),
  jsonSchema: (_field, direction) => referenceSchema(direction),
  example: () => exampleId,
  target: (field) => ({ to: 'records', entities: targetsOf(field) }),
  pointsAt: (value) => (isExternalKey(value) ? [] : [{ id: value }]),
  describe: () => ({}),
  verify: (field) => verifyTargets(field, true),
};
