import { labels } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import { type CommonSettings, type FieldSpec, fieldSpec } from '../../model/field.ts';
import { columnName } from '../column-name.ts';
import type { FieldType, Read } from '../field-type.ts';
import { accepted, isEmpty, isRefusal, refused, wrongType } from '../read-result.ts';
import {
  type ExternalKey,
  exampleId,
  isExternalKey,
  labelOf,
  readReference,
  referenceSchema,
  storedId,
  targetsOf,
  verifyTargets,
} from '../record-id.ts';
import { targetSettings } from '../setting.ts';

/** What an author may say of references: the entity they name. */
export interface ReferencesSettings extends Omit<CommonSettings, 'unique'> {
  readonly to: string;
}

const most = 1000;
const tooMany = message(
  'references-too-many',
  '{count} records are too many: at most {max}',
  '{count} fiches, c’est trop : {max} au plus',
  '{count} registros son demasiados: {max} como máximo',
);
const shape = labels('a list of records', 'une liste de fiches', 'una lista de registros');

/** Any number of records of one entity, without further data; a link with data of its own is an entity. */
export const references = (settings: ReferencesSettings): FieldSpec =>
  fieldSpec('references', { ...settings });

/** Records of one entity, kept as their ids, each once; none at all is null. */
export const referencesField: FieldType<readonly (string | ExternalKey)[]> = {
  name: 'references',
  columns: (field) => [{ name: columnName(field, 'ids'), sql: "uuid[] not null default '{}'" }],
  paths: (field) => ({
    '': { kind: 'ids', column: columnName(field, 'ids'), pick: (value) => value ?? null },
  }),
  settings: targetSettings,
  sortable: false,
  read: (input) => {
    if (isEmpty(input)) return accepted<readonly string[]>(null);
    return Array.isArray(input) ? readList(input) : wrongType(shape, input);
  },
  readText: (cell) => readList(cell.split(/[\s;,|]+/).filter((word) => word !== '')),
  toRow: (value, field) => ({ [columnName(field, 'ids')]: (value ?? []).map(storedId) }),
  fromRow: (row, field) => {
    const value = row[columnName(field, 'ids')];
    return Array.isArray(value) && value.length > 0 ? value.map(String) : null;
  },
  toText: (value) => value.map(labelOf).join(', '),
  jsonSchema: (_field, direction) => ({ type: 'array', maxItems: most, items: referenceSchema(direction) }),
  example: () => [exampleId],
  target: (field) => ({ to: 'records', entities: targetsOf(field) }),
  pointsAt: (value) => value.flatMap((one) => (isExternalKey(one) ? [] : [{ id: one }])),
  describe: () => ({}),
  verify: (field) => [...verifyTargets(field, true), ...(field.unique ? ['references can’t be unique'] : [])],
};

function readList(inputs: readonly unknown[]): Read<readonly (string | ExternalKey)[]> {
  if (inputs.length > most) return refused(tooMany, { count: inputs.length, max: most }, inputs.length);
  const read = new Map<string, string | ExternalKey>();
  const mistakes: Mistake[] = [];
  inputs.forEach((input, position) => {
    const one = readReference(input);
    if (!isRefusal(one)) read.set(JSON.stringify(one.value), one.value);
    else
      mistakes.push(
        ...one.mistakes.map((mistake) => ({
          ...mistake,
          field: `[${position}]${mistake.field && `.${mistake.field}`}`,
        })),
      );
  });
  if (mistakes.length > 0) return { mistakes: mistakes.slice(0, 20) };
  return accepted(read.size === 0 ? null : [...read.values()]);
}
