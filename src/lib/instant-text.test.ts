import { expect, test } from 'vitest';
import { parseInstant, parseInstantText } from './instant-text.ts';

test.each([
  '2026-11-22',
  '2026-11-22T09:00',
  '2026-02-30T09:00:00Z',
  '2026-11-22T25:00:00Z',
  '2026-11-22T09:00:00+99:00',
  '',
  'now',
])('“%s” isn’t a moment with its zone', (text) => {
  expect(parseInstant(text)).toBeNull();
});

test('a moment with its zone is taken to UTC, milliseconds kept', () => {
  expect(parseInstant('2026-11-22T10:00:00+01:00')).toBe('2026-11-22T09:00:00.000Z');
  expect(parseInstant('2026-11-22t09:00z')).toBe('2026-11-22T09:00:00.000Z');
  expect(parseInstant('2026-11-22 09:00:00.123456Z')).toBe('2026-11-22T09:00:00.123Z');
});

test('text without a zone is a wall clock’s', () => {
  const paris = (text: string) => parseInstantText(text, 'dmy', 'Europe/Paris');
  expect(paris('2026-11-22 10:00')).toBe('2026-11-22T09:00:00.000Z');
  expect(paris('2026-07-22 10:00')).toBe('2026-07-22T08:00:00.000Z');
  expect(paris('22/11/2026 10:00:30')).toBe('2026-11-22T09:00:30.000Z');
  expect(paris('22/11/2026 10h30')).toBe('2026-11-22T09:30:00.000Z');
  expect(paris('22/11/2026')).toBe('2026-11-21T23:00:00.000Z');
  expect(parseInstantText('11/22/2026, 4:05 PM', 'mdy', 'America/New_York')).toBe('2026-11-22T21:05:00.000Z');
  expect(parseInstantText('11/22/2026 12:05 a.m.', 'mdy', 'UTC')).toBe('2026-11-22T00:05:00.000Z');
  expect(paris('2006-04-15T03:23:15.000Z')).toBe('2006-04-15T03:23:15.000Z');
});

test('text with an impossible time is refused', () => {
  for (const text of [
    '22/11/2026 25:00',
    '22/11/2026 10:61',
    '22/11/2026 13:00 PM',
    '30/02/2026 10:00',
    '10:00',
    '22/11/2026 banana',
  ]) {
    expect(parseInstantText(text, 'dmy', 'UTC')).toBeNull();
  }
});

test('a wall clock’s hour that summer time skips or repeats still is one moment', () => {
  expect(parseInstantText('2026-03-29 02:30', 'ymd', 'Europe/Paris')).toBe('2026-03-29T01:30:00.000Z');
  expect(parseInstantText('2026-10-25 02:30', 'ymd', 'Europe/Paris')).toBe('2026-10-25T00:30:00.000Z');
});
