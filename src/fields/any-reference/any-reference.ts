import { labels } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import { nearest } from '../../lib/nearest.ts';
import { type CommonSettings, type Field, type FieldSpec, fieldSpec } from '../../model/field.ts';
import { columnName } from '../column-name.ts';
import type { FieldType, Read } from '../field-type.ts';
import { accepted, isEmpty, isRefusal, quoted, refused, wrongType } from '../read-result.ts';
import {
  type ExternalKey,
  exampleId,
  isExternalKey,
  labelOf,
  readReference,
  storedId,
  targetsOf,
  verifyTargets,
} from '../record-id.ts';
import { targetsSettings } from '../setting.ts';
import { textOf } from '../text-column.ts';

/** What an author may say of a reference to one of several entities: which. */
export interface AnyReferenceSettings extends Omit<CommonSettings, 'unique'> {
  readonly to: readonly string[];
}

/** A record and the entity it is of. */
export interface AnyReference {
  readonly entity: string;
  readonly id: string;
}

const badEntity = message(
  'reference-entity',
  '“{value}” can’t be named here; the entity is one of {entities}',
  '« {value} » n’est pas possible ici ; l’entité est l’une de : {entities}',
  '«{value}» no es posible aquí; la entidad es una de: {entities}',
);
const badEntityNear = message(
  'reference-entity-near',
  '“{value}” can’t be named here; did you mean {near}?',
  '« {value} » n’est pas possible ici ; vouliez-vous dire {near} ?',
  '«{value}» no es posible aquí; ¿quiso decir {near}?',
);
const shape = labels(
  'a record like {"entity": "account", "id": …}',
  'une fiche comme {"entity": "account", "id": …}',
  'un registro como {"entity": "account", "id": …}',
);

/** A record of one of several entities. */
export const anyReference = (settings: AnyReferenceSettings): FieldSpec =>
  fieldSpec('any-reference', { ...settings });

/**
 * A record of one of several entities. `read` answers `{ entity, id }`, or `{ entity, source, key }` as it was
 * sent, which the engine resolves.
 */
export const anyReferenceField: FieldType<AnyReference | (ExternalKey & { readonly entity: string })> = {
  name: 'any-reference',
  columns: (field) => [
    { name: columnName(field, 'entity'), sql: 'text collate "C"' },
    { name: columnName(field, 'id'), sql: 'uuid' },
  ],
  paths: (field) => ({
    '': {
      kind: 'id',
      column: columnName(field, 'id'),
      pick: (value) => (value as AnyReference | null)?.id ?? null,
    },
    entity: {
      kind: 'code',
      column: columnName(field, 'entity'),
      label: labels('Kind', 'Genre', 'Tipo'),
      pick: (value) => (value as AnyReference | null)?.entity ?? null,
    },
  }),
  settings: targetsSettings,
  sortable: false,
  read: (input, field) => readAny(input, field),
  readText: (cell, field) => {
    if (isEmpty(cell)) return accepted<AnyReference>(null);
    const match = /^([a-z][a-z0-9-]*)[\s:/]+(\S+)$/i.exec(cell.slice(0, 200).trim());
    return match ? readAny({ entity: match[1]?.toLowerCase(), id: match[2] }, field) : wrongType(shape, cell);
  },
  toRow: (value, field) => ({
    [columnName(field, 'entity')]: value?.entity ?? null,
    [columnName(field, 'id')]: storedId(value === null || isExternalKey(value) ? value : value.id),
  }),
  fromRow: (row, field) => {
    const [entity, id] = [textOf(row, columnName(field, 'entity')), textOf(row, columnName(field, 'id'))];
    return entity === null || id === null ? null : { entity, id };
  },
  toText: (value) => labelOf(value),
  jsonSchema: (field, direction) => {
    const entity = { type: 'string', enum: targetsOf(field) };
    const uuid = { type: 'string', format: 'uuid' };
    const label = { type: ['string', 'null'] };
    const answered = {
      type: 'object',
      properties: { entity, id: uuid, label },
      required: ['entity', 'id'],
      additionalProperties: false,
    };
    if (direction === 'out') return { ...answered, required: ['entity', 'id', 'label'] };
    const text = { type: 'string', minLength: 1, maxLength: 200 };
    const properties = { entity, source: text, key: text };
    return {
      oneOf: [
        answered,
        { type: 'object', properties, required: ['entity', 'source', 'key'], additionalProperties: false },
      ],
    };
  },
  example: (field) => ({ entity: targetsOf(field)[0] ?? '', id: exampleId }),
  target: (field) => ({ to: 'records', entities: targetsOf(field) }),
  pointsAt: (value) => (isExternalKey(value) ? [] : [{ id: value.id, entity: value.entity }]),
  describe: () => ({}),
  verify: (field) => [
    ...verifyTargets(field, false),
    ...(field.unique ? ['a reference to one of several can’t be unique'] : []),
  ],
};

function readAny(
  input: unknown,
  field: Field,
): Read<AnyReference | (ExternalKey & { readonly entity: string })> {
  if (isEmpty(input)) return accepted<AnyReference>(null);
  if (typeof input !== 'object' || Array.isArray(input)) return wrongType(shape, input);
  const entity = 'entity' in input ? input.entity : undefined;
  if (typeof entity !== 'string') return wrongType(shape, input);
  const targets = targetsOf(field);
  if (!targets.includes(entity)) {
    const near = nearest(entity, targets);
    return near === null
      ? refused(badEntity, { value: quoted(entity), entities: targets.join(', ') }, entity, 'entity')
      : refused(badEntityNear, { value: quoted(entity), near }, entity, 'entity');
  }
  const read = readReference(input);
  if (isRefusal(read)) return read;
  return accepted(typeof read.value === 'string' ? { entity, id: read.value } : { entity, ...read.value });
}
