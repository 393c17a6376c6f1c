import { describe, expect, test } from 'vitest';
import { readDay, writeDay } from './day-text.browser.ts';
import { wallClock } from './wall-clock.browser.ts';

describe('a day typed by the language of the reader', () => {
  test('isn’t one when the calendar has no such day', () => {
    expect(readDay('fr', '31/02/2026', '2026-11-22')).toBeNull();
    expect(readDay('en', 'soon', '2026-11-22')).toBeNull();
  });

  test('has the month first in English only', () => {
    expect(readDay('en', '12/24/2026', '2026-11-22')).toBe('2026-12-24');
    expect(readDay('fr', '24/12/2026', '2026-11-22')).toBe('2026-12-24');
    expect(readDay('es', '24.12.26', '2026-11-22')).toBe('2026-12-24');
    expect(readDay('fr', '2026-12-24', '2026-11-22')).toBe('2026-12-24');
  });

  test('is of this year when it names none', () => {
    expect(readDay('fr', '24/12', '2026-11-22')).toBe('2026-12-24');
  });

  test('is written as it is read', () => {
    for (const locale of ['en', 'fr', 'es'] as const)
      expect(readDay(locale, writeDay(locale, '2026-03-09'), '2020-01-01')).toBe('2026-03-09');
    expect(writeDay('en', 'not a day')).toBe('not a day');
  });
});

describe('the clock on the wall', () => {
  test('shows nothing for what isn’t a moment', () => {
    expect(wallClock('2026-11-22', 'Europe/Paris')).toBeNull();
    expect(wallClock(null, 'Europe/Paris')).toBeNull();
  });

  test('shows the day and hour of its zone', () => {
    expect(wallClock('2026-12-31T23:30:00.000Z', 'Europe/Paris')).toEqual({
      day: '2027-01-01',
      time: '00:30',
    });
    expect(wallClock('2026-07-01T00:05:00.000Z', 'America/Lima')).toEqual({
      day: '2026-06-30',
      time: '19:05',
    });
  });
});
