import { dateFormat } from '../../lib/formats.ts';
import { parseInstant, parseInstantText } from '../../lib/instant-text.ts';
import { labels } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import { type CommonSettings, type FieldSpec, fieldSpec } from '../../model/field.ts';
import { columnName } from '../column-name.ts';
import { dateOrder } from '../date/date.ts';
import type { FieldType } from '../field-type.ts';
import { accepted, isEmpty, quoted, refused, wrongType } from '../read-result.ts';

const badInstant = message(
  'date-time-unknown',
  '“{value}” isn’t a date and time with its zone; write it like 2026-11-22T09:00:00Z or 2026-11-22T10:00:00+01:00',
  '« {value} » n’est pas une date et heure avec son fuseau ; écrivez-la comme 2026-11-22T09:00:00Z ou 2026-11-22T10:00:00+01:00',
  '«{value}» no es una fecha y hora con su zona; escríbala como 2026-11-22T09:00:00Z o 2026-11-22T10:00:00+01:00',
);
const badInstantText = message(
  'date-time-text-unknown',
  '“{value}” isn’t a date and time; write it like 2026-11-22 09:00',
  '« {value} » n’est pas une date et heure ; écrivez-la comme 2026-11-22 09:00',
  '«{value}» no es una fecha y hora; escríbala como 2026-11-22 09:00',
);
const anInstant = labels(
  'a date and time like "2026-11-22T09:00:00Z"',
  'une date et heure comme "2026-11-22T09:00:00Z"',
  'una fecha y hora como "2026-11-22T09:00:00Z"',
);

/** A moment: a day with a time. */
export const dateTime = (settings: CommonSettings): FieldSpec => fieldSpec('date-time', { ...settings });

/** A moment in UTC with milliseconds, `2026-11-22T09:00:00.000Z`, shown in the reader's time zone. */
export const dateTimeField: FieldType<string> = {
  name: 'date-time',
  columns: (field) => [{ name: columnName(field), sql: 'timestamptz' }],
  paths: (field) => ({ '': { kind: 'dateTime', column: columnName(field), pick: (value) => value ?? null } }),
  settings: {},
  sortable: true,
  read: (input) => {
    if (isEmpty(input)) return accepted<string>(null);
    if (typeof input !== 'string') return wrongType(anInstant, input);
    const read = parseInstant(input.slice(0, 100).trim());
    return read === null ? refused(badInstant, { value: quoted(input) }, input) : accepted(read);
  },
  readText: (cell, _field, env) => {
    if (isEmpty(cell)) return accepted<string>(null);
    const read = parseInstantText(cell.slice(0, 100).trim(), dateOrder(env), env.timeZone);
    return read === null ? refused(badInstantText, { value: quoted(cell) }, cell) : accepted(read);
  },
  toRow: (value, field) => ({ [columnName(field)]: value }),
  fromRow: (row, field) => {
    const value = row[columnName(field)];
    if (value instanceof Date) return value.toISOString();
    return typeof value === 'string' ? new Date(value).toISOString() : null;
  },
  toText: (value, _field, env) =>
    dateFormat(env.locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: env.timeZone }).format(
      new Date(value),
    ),
  jsonSchema: () => ({ type: 'string', format: 'date-time' }),
  example: () => '2026-11-22T09:00:00.000Z',
  describe: () => ({}),
};
