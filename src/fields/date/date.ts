import { parseIsoDate } from '../../lib/calendar-date.ts';
import { type DateOrder, parseDateText } from '../../lib/date-text.ts';
import { dateFormat } from '../../lib/formats.ts';
import { labels } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import { type CommonSettings, type FieldSpec, fieldSpec } from '../../model/field.ts';
import { columnName } from '../column-name.ts';
import type { FieldType, ReadEnv } from '../field-type.ts';
import { accepted, isEmpty, quoted, refused, wrongType } from '../read-result.ts';

const badDate = message(
  'date-unknown',
  '“{value}” isn’t a day of the calendar; write it like 2026-11-22',
  '« {value} » n’est pas un jour du calendrier ; écrivez-le comme 2026-11-22',
  '«{value}» no es un día del calendario; escríbalo como 2026-11-22',
);
const aDate = labels(
  'a date like "2026-11-22"',
  'une date comme "2026-11-22"',
  'una fecha como "2026-11-22"',
);

/** A day without a time; `default: 'today'` takes the writer's day. */
export const date = (settings: CommonSettings): FieldSpec => fieldSpec('date', { ...settings });

/** A day, `YYYY-MM-DD`, the same in every time zone. */
export const dateField: FieldType<string> = {
  name: 'date',
  columns: (field) => [{ name: columnName(field), sql: 'date' }],
  paths: (field) => ({ '': { kind: 'date', column: columnName(field), pick: (value) => value ?? null } }),
  settings: {},
  sortable: true,
  read: (input) => {
    if (isEmpty(input)) return accepted<string>(null);
    if (typeof input !== 'string') return wrongType(aDate, input);
    const text = input.slice(0, 100).trim();
    return parseIsoDate(text) === null ? refused(badDate, { value: quoted(input) }, input) : accepted(text);
  },
  readText: (cell, _field, env) => {
    if (isEmpty(cell)) return accepted<string>(null);
    const text = cell.slice(0, 100).trim();
    // A program's date-time names the day it was written on: its time is cut, not turned into another zone.
    const day =
      /^(\d{4}-\d{2}-\d{2})[T ]\d{1,2}:\d{2}/.exec(text)?.[1] ?? text.replace(/[ ,]+00?:00(:00)?$/, '');
    const read = parseDateText(day, dateOrder(env));
    return read === null ? refused(badDate, { value: quoted(cell) }, cell) : accepted(read);
  },
  toRow: (value, field) => ({ [columnName(field)]: value }),
  fromRow: (row, field) => {
    const value = row[columnName(field)];
    return typeof value === 'string' ? value.slice(0, 10) : null;
  },
  toText: (value, _field, env) =>
    dateFormat(env.locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${value}T00:00:00Z`)),
  jsonSchema: () => ({ type: 'string', format: 'date' }),
  example: () => '2026-11-22',
  describe: () => ({}),
};

/** In which order the file, else the reader's language, writes a date. */
export const dateOrder = (env: ReadEnv): DateOrder =>
  env.text?.dateOrder ??
  (env.locale === 'en' && (env.country === null || env.country === 'US') ? 'mdy' : 'dmy');
