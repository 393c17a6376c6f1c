import { expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv } from '../../../test/harness/field.ts';
import { dateTime, dateTimeField } from './date-time.ts';

const field = fieldOf(dateTime(anyLabel));

test('a moment without its zone, or that no clock shows, is refused', () => {
  for (const input of [
    '2026-11-22',
    '2026-11-22T09:00',
    '2026-02-30T09:00:00Z',
    '2026-11-22T24:30:00Z',
    '0000-01-01T00:00:00Z',
  ]) {
    expect(outcome(dateTimeField.read(input, field, readEnv))).toEqual(['date-time-unknown']);
  }
  expect(outcome(dateTimeField.read(Date.now(), field, readEnv))).toEqual(['wrong-type']);
  expect(outcome(dateTimeField.readText('soon', field, readEnv))).toEqual(['date-time-text-unknown']);
});

test('a moment is kept in UTC', () => {
  expect(outcome(dateTimeField.read('2026-11-22T10:00:00+01:00', field, readEnv))).toBe(
    '2026-11-22T09:00:00.000Z',
  );
  expect(outcome(dateTimeField.readText('22/11/2026 10:00', field, readEnv))).toBe(
    '2026-11-22T09:00:00.000Z',
  );
  expect(outcome(dateTimeField.readText('2006-04-15T03:23:15.000Z', field, readEnv))).toBe(
    '2006-04-15T03:23:15.000Z',
  );
});

test('it is shown in the reader’s zone and language', () => {
  const value = '2026-11-22T23:30:00.000Z';
  expect(dateTimeField.toText(value, field, { ...readEnv, locale: 'fr' })).toBe('23 nov. 2026, 00:30');
  expect(dateTimeField.toText(value, field, { ...readEnv, timeZone: 'America/New_York' })).toMatch(
    /^Nov 22, 2026, 6:30\sPM$/,
  );
});
