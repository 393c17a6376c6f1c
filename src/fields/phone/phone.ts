import { fold } from '../../lib/fold.ts';
import { labels } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import { e164Of, internationalOf } from '../../lib/phone-number.ts';
import { type CommonSettings, type FieldSpec, fieldSpec } from '../../model/field.ts';
import { columnName } from '../column-name.ts';
import type { FieldType, Read, ReadEnv } from '../field-type.ts';
import { accepted, isEmpty, isRefusal, quoted, readParts, refused } from '../read-result.ts';
import { oneLine, readString } from '../string-value.ts';
import { textOf } from '../text-column.ts';

/** A telephone number as somebody typed it, and its E.164 form when it is a number in use. */
export interface Phone {
  readonly typed: string;
  readonly e164: string | null;
}

const badE164 = message(
  'phone-e164',
  '“{value}” isn’t an international number; write it like +33142685300, or leave it out',
  '« {value} » n’est pas un numéro international ; écrivez-le comme +33142685300, ou omettez-le',
  '«{value}» no es un número internacional; escríbalo como +33142685300, u omítalo',
);
const shape = labels('a telephone number', 'un numéro de téléphone', 'un número de teléfono');
const international = labels('International form', 'Forme internationale', 'Forma internacional');
const longest = 60;
/** By how many of its last digits a number is recognised, and how many it must have. */
const lastDigits = 9;
const fewestDigits = 6;

/** A telephone number. */
export const phone = (settings: CommonSettings): FieldSpec => fieldSpec('phone', { ...settings });

/**
 * A telephone number: what doesn't parse is kept as typed with `e164` null, never refused.
 *
 * The column `<name>_digits` is what filters and sorts see: the folded number as typed, then its digits alone,
 * then its E.164 form, so that `phone contains "902296"`, `"(902)296"` and `"+3314268"` all find it. Equality is
 * of the part `e164`: `phone.e164 = "+33142685300"`.
 */
export const phoneField: FieldType<Phone> = {
  name: 'phone',
  columns: (field) => [
    { name: columnName(field), sql: 'text' },
    { name: columnName(field, 'e164'), sql: 'text collate "C"' },
    { name: columnName(field, 'digits'), sql: 'text collate "C"' },
  ],
  paths: (field) => ({
    '': {
      kind: 'text',
      column: columnName(field, 'digits'),
      exact: columnName(field),
      pick: (value) => (value === null || value === undefined ? null : digitsOf(value as Phone)),
    },
    e164: {
      kind: 'code',
      column: columnName(field, 'e164'),
      label: international,
      pick: (value) => (value as Phone | null)?.e164 ?? null,
    },
  }),
  settings: {},
  sortable: true,
  read: readPhone,
  readText: (cell, _field, env, part) =>
    part === 'e164' ? readE164(cell) : readTyped(oneLine(cell.slice(0, 1000)), env),
  textParts: () => ({ e164: international }),
  ownMember: 'typed',
  cells: () => ({ '': ({ typed }) => typed, e164: ({ e164 }) => e164 }),
  toRow: (value, field) => ({
    [columnName(field)]: value?.typed ?? null,
    [columnName(field, 'e164')]: value?.e164 ?? null,
    [columnName(field, 'digits')]: value === null ? null : digitsOf(value),
  }),
  fromRow: (row, field) => {
    const typed = textOf(row, columnName(field));
    return typed === null ? null : { typed, e164: textOf(row, columnName(field, 'e164')) };
  },
  toText: ({ typed, e164 }) => (e164 === null ? typed : internationalOf(e164)),
  jsonSchema: (_field, direction) => {
    const answered = {
      type: 'object',
      properties: {
        typed: { type: 'string', maxLength: longest },
        e164: { type: ['string', 'null'], pattern: '^\\+[1-9][0-9]{1,14}$' },
      },
      required: direction === 'out' ? ['typed', 'e164'] : ['typed'],
      additionalProperties: false,
    };
    return direction === 'out' ? answered : { oneOf: [{ type: 'string', maxLength: longest }, answered] };
  },
  // Alike are numbers with the same last nine digits: so +33 1 42 68 53 00 is 01 42 68 53 00.
  likeness: (field) => ({
    of: lastOf,
    places: {
      digits: (column) =>
        `right(regexp_replace(coalesce(${column(columnName(field, 'e164'))}, ${column(columnName(field))}) collate "C", '[^0-9]', '', 'g'), ${lastDigits})`,
    },
    searched: ['digits'],
    searches: (value) => {
      const text = lastOf(value);
      return text === null ? [] : [{ place: 'digits', text }];
    },
  }),
  example: () => ({ typed: '+33 1 42 68 53 00', e164: '+33142685300' }),
  describe: () => ({ max: longest }),
};

function lastOf({ typed, e164 }: Phone): string | null {
  const digits = (e164 ?? typed).replace(/[^0-9]/g, '');
  return digits.length < fewestDigits ? null : digits.slice(-lastDigits);
}

function readPhone(input: unknown, _field: unknown, env: ReadEnv, before?: Phone | null): Read<Phone> {
  if (isEmpty(input)) return accepted<Phone>(null);
  if (typeof input === 'string') return readTyped(input, env, before);
  const read = readParts(input, ['typed', 'e164'], shape);
  if (isRefusal(read)) return read;
  const given = read.parts.get('e164');
  const known = typeof given === 'string' ? e164Of(given, null) : null;
  if (!isEmpty(given) && known !== given) return refused(badE164, { value: quoted(given) }, given, 'e164');
  const typed = readTyped(read.parts.get('typed') ?? given, env, before, 'typed');
  if (isRefusal(typed) || typed.value === null || typed.value.e164 !== null) return typed;
  return accepted({ typed: typed.value.typed, e164: agrees(typed.value.typed, known) ? known : null });
}

function readTyped(input: unknown, env: ReadEnv, before: Phone | null = null, part = ''): Read<Phone> {
  const typed = readString(input, { max: longest, part });
  if (isRefusal(typed)) return typed;
  if (typed.value === null) return accepted<Phone>(null);
  // What was parsed when it was typed stays so, whatever the country of who sends it back unchanged.
  if (before?.typed === typed.value) return accepted(before);
  return accepted({ typed: typed.value, e164: e164Of(typed.value, env.country) });
}

/** The international form in a column of its own, beside the number as typed. */
function readE164(cell: string): Read<string> {
  if (isEmpty(cell)) return accepted<string>(null);
  const e164 = e164Of(cell.slice(0, 200).trim(), null);
  return e164 === null ? refused(badE164, { value: quoted(cell) }, cell) : accepted(e164);
}

/** Whether an E.164 form sent along is of the number as typed: it ends with the same digits, but for a trunk 0. */
function agrees(typed: string, e164: string | null): boolean {
  const digits = typed.replace(/\D/g, '').replace(/^0+/, '');
  return e164 !== null && digits.length >= 4 && (e164.endsWith(digits) || digits.endsWith(e164.slice(1)));
}

/** The text that filters look into: as typed, its digits, its E.164 form, each unless an earlier one says it. */
function digitsOf({ typed, e164 }: Phone): string {
  const text = fold(typed);
  const digits = typed.replace(/\D/g, '');
  return [text, ...(digits === '' || digits === text ? [] : [digits]), ...(e164 === null ? [] : [e164])].join(
    ' ',
  );
}
