import { fold } from '../../lib/fold.ts';
import { type Labels, labels } from '../../lib/locale.ts';
import { type CommonSettings, type FieldSpec, fieldSpec } from '../../model/field.ts';
import { columnName } from '../column-name.ts';
import type { FieldType, Read, ReadEnv } from '../field-type.ts';
import { accepted, isEmpty, isRefusal, readParts } from '../read-result.ts';
import { oneLine, readString } from '../string-value.ts';
import { foldedColumn, textComparable, textOf, textRow } from '../text-column.ts';
import { nameLikeness, partsOfName, writtenWays } from './likeness.ts';

/** A person's name; not every part is null. */
export interface PersonName {
  readonly first: string | null;
  readonly middle: string | null;
  readonly last: string | null;
}

type Part = keyof PersonName;

const parts: readonly Part[] = ['first', 'middle', 'last'];
const longest = 80;
const partLabels: Readonly<Record<Part, Labels>> = {
  first: labels('First name', 'Prénom', 'Nombre'),
  middle: labels('Middle name', 'Deuxième prénom', 'Segundo nombre'),
  last: labels('Last name', 'Nom de famille', 'Apellidos'),
};
const shape = labels(
  'a name like {"first": "Ana", "middle": null, "last": "Díaz"}',
  'un nom comme {"first": "Ana", "middle": null, "last": "Díaz"}',
  'un nombre como {"first": "Ana", "middle": null, "last": "Díaz"}',
);

/** A person's name. */
export const personName = (settings: Omit<CommonSettings, 'unique'>): FieldSpec =>
  fieldSpec('person-name', { ...settings });

/** A person's name: compared as it is said (first middle last), sorted by last name. A part left out keeps its value. */
export const personNameField: FieldType<PersonName> = {
  name: 'person-name',
  columns: (field) => [
    { name: columnName(field, 'first'), sql: 'text' },
    foldedColumn(columnName(field, 'first')),
    { name: columnName(field, 'middle'), sql: 'text' },
    { name: columnName(field, 'last'), sql: 'text' },
    foldedColumn(columnName(field, 'last')),
    { name: columnName(field, 'fold'), sql: 'text collate "C"' },
    { name: columnName(field, 'sort'), sql: 'text collate "C"' },
  ],
  paths: (field) => ({
    '': {
      kind: 'text',
      column: columnName(field, 'fold'),
      sort: columnName(field, 'sort'),
      pick: (value) => (value === null || value === undefined ? null : spoken(value as PersonName)),
    },
    first: { ...textComparable(columnName(field, 'first'), picker('first')), label: partLabels.first },
    last: {
      ...textComparable(columnName(field, 'last'), picker('last')),
      label: partLabels.last,
      leads: columnName(field, 'sort'),
    },
  }),
  settings: {},
  sortable: true,
  read: readName,
  readText: (cell, _field, env, part = '') =>
    parts.includes(part as Part)
      ? readString(oneLine(cell), { max: longest })
      : readName(splitName(oneLine(cell)), null, env),
  textParts: () => partLabels,
  cells: () => ({ first: ({ first }) => first, middle: ({ middle }) => middle, last: ({ last }) => last }),
  toRow: (value, field) => ({
    ...textRow(columnName(field, 'first'), value?.first ?? null),
    [columnName(field, 'middle')]: value?.middle ?? null,
    ...textRow(columnName(field, 'last'), value?.last ?? null),
    [columnName(field, 'fold')]: value === null ? null : fold(spoken(value)),
    [columnName(field, 'sort')]:
      value === null ? null : fold([value.last, value.first].filter(Boolean).join(' ')),
  }),
  fromRow: (row, field) => {
    const of = (part: Part): string | null => textOf(row, columnName(field, part));
    return filled({ first: of('first'), middle: of('middle'), last: of('last') });
  },
  toText: (value) => spoken(value),
  jsonSchema: (_field, direction) => ({
    type: 'object',
    properties: Object.fromEntries(
      parts.map((part) => [part, { type: ['string', 'null'], maxLength: longest }]),
    ),
    ...(direction === 'out' ? { required: parts } : {}),
    additionalProperties: false,
  }),
  likeness: (field) => ({
    of: (value) => fold(spoken(value)),
    between: nameLikeness,
    places: {
      sort: (column) => column(columnName(field, 'sort')),
      first: (column) => column(`${columnName(field, 'first')}_fold`),
      last: (column) => column(`${columnName(field, 'last')}_fold`),
    },
    searched: ['sort'],
    searches: (value) => writtenWays(value).map((text) => ({ place: 'sort', text })),
    parts: { places: ['first', 'last'], of: partsOfName },
  }),
  example: () => ({ first: 'Ana', middle: null, last: 'Díaz' }),
  describe: () => ({ max: longest }),
  verify: (field) => (field.unique ? ['a person’s name can’t be unique'] : []),
};

const picker =
  (part: Part) =>
  (value: unknown): unknown =>
    (value as PersonName | null)?.[part] ?? null;

const spoken = ({ first, middle, last }: PersonName): string =>
  [first, middle, last].filter(Boolean).join(' ');

/** `Díaz, Ana María` and `Ana María Díaz`: the first word is the first name, the last one the last name. */
function splitName(text: string): Record<Part, string | null> | null {
  if (text === '') return null;
  const comma = text.indexOf(',');
  const [last, rest] = comma < 0 ? [null, text] : [text.slice(0, comma), text.slice(comma + 1)];
  const words = rest.split(' ').filter((word) => word !== '');
  const surname = last ?? (words.length > 0 ? (words.pop() ?? null) : null);
  const [first = null, ...middle] = words;
  return { first, middle: middle.length > 0 ? middle.join(' ') : null, last: surname };
}

function readName(
  input: unknown,
  _field: unknown,
  _env: ReadEnv,
  before?: PersonName | null,
): Read<PersonName> {
  if (isEmpty(input)) return accepted<PersonName>(null);
  const sent = readParts(input, parts, shape);
  if (isRefusal(sent)) return sent;
  const read = parts.map((part) => ({
    part,
    read: sent.parts.has(part)
      ? readString(sent.parts.get(part), { max: longest, part })
      : accepted(before?.[part] ?? null),
  }));
  const mistakes = read.flatMap((one) => (isRefusal(one.read) ? one.read.mistakes : []));
  if (mistakes.length > 0) return { mistakes };
  const value = (wanted: Part): string | null => {
    const found = read.find(({ part }) => part === wanted)?.read;
    return found === undefined || isRefusal(found) ? null : found.value;
  };
  return accepted(filled({ first: value('first'), middle: value('middle'), last: value('last') }));
}

/** The name, or null when nothing of it is known. */
const filled = (name: PersonName): PersonName | null =>
  parts.some((part) => name[part] !== null) ? name : null;
