import { countryCodes, countryName, countryOf, nearestCountry } from '../../lib/countries.ts';
import { fold } from '../../lib/fold.ts';
import { type Labels, labels } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import { type CommonSettings, type FieldSpec, fieldSpec } from '../../model/field.ts';
import { columnName } from '../column-name.ts';
import type { FieldType, Read, ReadEnv } from '../field-type.ts';
import {
  accepted,
  isEmpty,
  isRefusal,
  quoted,
  type Refusal,
  readParts,
  refused,
  wrongType,
} from '../read-result.ts';
import { oneLine, readString } from '../string-value.ts';
import { foldedColumn, textComparable, textOf, textRow } from '../text-column.ts';
import { addressLikeness } from './likeness.ts';

/** A postal address; `street` may hold several lines, `country` is ISO 3166-1 alpha-2. Not every part is null. */
export interface Address {
  readonly street: string | null;
  readonly city: string | null;
  readonly postalCode: string | null;
  readonly region: string | null;
  readonly country: string | null;
}

type Part = keyof Address;
type TextPart = Exclude<Part, 'country'>;

const lengths: Readonly<Record<TextPart, number>> = { street: 500, city: 120, postalCode: 30, region: 120 };
const textParts = Object.keys(lengths) as TextPart[];
const parts: readonly Part[] = [...textParts, 'country'];
const partLabels: Readonly<Record<Part, Labels>> = {
  street: labels('Street', 'Rue', 'Calle'),
  city: labels('City', 'Ville', 'Ciudad'),
  postalCode: labels('Postal code', 'Code postal', 'Código postal'),
  region: labels('Region', 'Région', 'Región'),
  country: labels('Country', 'Pays', 'País'),
};

const unknownCountry = message(
  'country-unknown',
  '“{value}” isn’t a country; write its name or its code, like FR',
  '« {value} » n’est pas un pays ; écrivez son nom ou son code, comme FR',
  '«{value}» no es un país; escriba su nombre o su código, como FR',
);
const unknownCountryNear = message(
  'country-unknown-near',
  '“{value}” isn’t a country; did you mean {near}?',
  '« {value} » n’est pas un pays ; vouliez-vous dire {near} ?',
  '«{value}» no es un país; ¿quiso decir {near}?',
);
const shape = labels(
  'an address like {"street": …, "city": …, "postalCode": …, "region": …, "country": …}',
  'une adresse comme {"street": …, "city": …, "postalCode": …, "region": …, "country": …}',
  'una dirección como {"street": …, "city": …, "postalCode": …, "region": …, "country": …}',
);
const countryShape = labels('a country', 'un pays', 'un país');

/** A postal address. */
export const address = (settings: Omit<CommonSettings, 'unique'>): FieldSpec =>
  fieldSpec('address', { ...settings });

/** A postal address. A part left out of what is sent keeps its value; one sent as null is emptied. */
export const addressField: FieldType<Address> = {
  name: 'address',
  columns: (field) => [
    ...textParts.flatMap((part) => [
      { name: columnName(field, part), sql: 'text' },
      foldedColumn(columnName(field, part)),
    ]),
    { name: columnName(field, 'country'), sql: 'text collate "C"' },
  ],
  paths: (field) => ({
    ...Object.fromEntries(
      textParts.map((part) => [
        part,
        {
          ...textComparable(columnName(field, part), picker(part)),
          label: partLabels[part],
          narrows: part === 'city' || part === 'postalCode',
        },
      ]),
    ),
    country: {
      kind: 'code',
      column: columnName(field, 'country'),
      label: partLabels.country,
      pick: picker('country'),
    },
  }),
  settings: {},
  sortable: false,
  read: readAddress,
  readText: (cell, _field, env, part = '') => {
    if (part === 'country') return readCountry(oneLine(cell.slice(0, 500)), env, '');
    const isPart = textParts.includes(part as TextPart);
    if (isPart && part !== 'street') return readString(oneLine(cell), { max: lengths[part as TextPart] });
    const street = readString(cell.replace(/\t/g, ' '), { max: lengths.street, lines: true });
    return isPart || isRefusal(street) || street.value === null ? street : accepted({ street: street.value });
  },
  textParts: () => partLabels,
  cells: () =>
    Object.fromEntries(parts.map((part) => [part, (address: Address): string | null => address[part]])),
  toRow: (value, field) => {
    const row: Record<string, unknown> = { [columnName(field, 'country')]: value?.country ?? null };
    for (const part of textParts) Object.assign(row, textRow(columnName(field, part), value?.[part] ?? null));
    return row;
  },
  fromRow: (row, field) => {
    const of = (part: Part): string | null => textOf(row, columnName(field, part));
    return filled({
      street: of('street'),
      city: of('city'),
      postalCode: of('postalCode'),
      region: of('region'),
      country: of('country'),
    });
  },
  toText: (value, _field, env) => addressLines(value, env).join(', '),
  jsonSchema: (_field, direction) => ({
    type: 'object',
    properties: {
      ...Object.fromEntries(
        textParts.map((part) => [part, { type: ['string', 'null'], maxLength: lengths[part] }]),
      ),
      country:
        direction === 'out'
          ? { type: ['string', 'null'], pattern: '^[A-Z]{2}$' }
          : {
              type: ['string', 'null'],
              description: 'ISO 3166-1 code, or the name in English, French or Spanish',
            },
    },
    ...(direction === 'out' ? { required: parts } : {}),
    additionalProperties: false,
  }),
  // Compared where something else says that two records may be one; not looked for by itself.
  likeness: () => ({
    of: (value) => textParts.map((part) => fold(value[part] ?? '')).join('\n'),
    between: addressLikeness,
    places: {},
    searched: [],
    searches: () => [],
  }),
  example: () => ({
    street: '12 rue de la Paix',
    city: 'Paris',
    postalCode: '75002',
    region: null,
    country: 'FR',
  }),
  describe: () => ({ max: lengths, countries: countryCodes() }),
  verify: (field) => (field.unique ? ['an address can’t be unique'] : []),
};

const picker =
  (part: Part) =>
  (value: unknown): unknown =>
    (value as Address | null)?.[part] ?? null;

/** The lines of an address as its country writes them. */
function addressLines(
  { street, city, postalCode, region, country }: Address,
  env: ReadEnv,
): readonly string[] {
  const cityFirst = ['US', 'CA', 'AU', 'GB', 'IE', 'NZ', 'IN'].includes(country ?? '');
  const place = cityFirst
    ? [city, [region, postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ')
    : [[postalCode, city].filter(Boolean).join(' '), region].filter(Boolean).join(', ');
  const lines = [
    ...(street?.split('\n') ?? []),
    place,
    country === null ? '' : countryName(country, env.locale),
  ];
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

function readAddress(input: unknown, _field: unknown, env: ReadEnv, before?: Address | null): Read<Address> {
  if (isEmpty(input)) return accepted<Address>(null);
  const sent = readParts(input, parts, shape);
  if (isRefusal(sent)) return sent;
  const mistakes: Mistake[] = [];
  const value = (part: Part): string | null => {
    if (!sent.parts.has(part)) return before?.[part] ?? null;
    const given = sent.parts.get(part);
    const read =
      part === 'country'
        ? readCountry(given, env, part)
        : readString(given, { max: lengths[part], lines: part === 'street', part });
    if (!isRefusal(read)) return read.value;
    mistakes.push(...read.mistakes);
    return null;
  };
  const address = {
    street: value('street'),
    city: value('city'),
    postalCode: value('postalCode'),
    region: value('region'),
    country: value('country'),
  };
  return mistakes.length > 0 ? { mistakes } : accepted(filled(address));
}

function readCountry(
  input: unknown,
  env: ReadEnv,
  part: string,
): { readonly value: string | null } | Refusal {
  if (isEmpty(input)) return accepted<string>(null);
  if (typeof input !== 'string') return wrongType(countryShape, input, part);
  const text = input.slice(0, 200);
  const code = countryOf(text);
  if (code !== null) return accepted(code);
  const near = nearestCountry(text, env.locale);
  return near === null
    ? refused(unknownCountry, { value: quoted(input) }, input, part)
    : refused(unknownCountryNear, { value: quoted(input), near }, input, part);
}

/** The address, or null when nothing of it is known. */
const filled = (address: Address): Address | null =>
  parts.some((part) => address[part] !== null) ? address : null;
