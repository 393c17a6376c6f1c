import { expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv, said } from '../../../test/harness/field.ts';
import { date, dateField } from './date.ts';

const field = fieldOf(date(anyLabel));

test('a day the calendar doesn’t have is refused', () => {
  for (const input of [
    '2026-02-30',
    '2026-13-01',
    '0000-01-01',
    '2026-1-1',
    '22/11/2026',
    '2026-11-22T09:00:00Z',
  ]) {
    expect(outcome(dateField.read(input, field, readEnv))).toEqual(['date-unknown']);
  }
  expect(outcome(dateField.read(20261122, field, readEnv))).toEqual(['wrong-type']);
  expect(said(dateField.read('2026-02-30', field, readEnv), 'fr')).toBe(
    '«\u00a02026-02-30\u00a0» n’est pas un jour du calendrier\u00a0; écrivez-le comme 2026-11-22',
  );
});

test('a day is read from JSON in one way only', () => {
  expect(outcome(dateField.read('2028-02-29', field, readEnv))).toBe('2028-02-29');
});

test('a file’s day follows the file, else the language; a date-time is cut to the day it names', () => {
  const cell = (text: string, env = {}) => outcome(dateField.readText(text, field, { ...readEnv, ...env }));
  expect(cell('2016-11-25')).toBe('2016-11-25');
  expect(cell('2006-04-15T23:23:15.000Z')).toBe('2006-04-15');
  expect(cell('2006-04-15 03:23:15')).toBe('2006-04-15');
  expect(cell('12/25/2016', { country: 'US' })).toBe('2016-12-25');
  expect(cell('25/12/2016', { locale: 'fr' })).toBe('2016-12-25');
  expect(cell('03/04/2016', { text: { decimal: '.', dateOrder: 'mdy' } })).toBe('2016-03-04');
  expect(cell('03/04/2016', { text: { decimal: '.', dateOrder: 'dmy' } })).toBe('2016-04-03');
  expect(cell('12/25/2016', { text: { decimal: '.', dateOrder: 'dmy' } })).toEqual(['date-unknown']);
});

test('it is shown in the reader’s language, the same day in every zone', () => {
  expect(dateField.toText('2026-11-22', field, { ...readEnv, timeZone: 'Pacific/Honolulu' })).toBe(
    'Nov 22, 2026',
  );
  expect(dateField.toText('2026-11-22', field, { ...readEnv, locale: 'fr' })).toBe('22 nov. 2026');
});
