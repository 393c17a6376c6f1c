import { expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv } from '../../../test/harness/field.ts';
import { numberRegex, numberText, periodOn, prefixMistake } from '../../model/number-series.ts';
import { serial, serialField, takesOwnNumbers } from './serial.ts';

const verify = (settings: Record<string, unknown>) =>
  serialField.verify?.(fieldOf(serial({ ...anyLabel, prefix: 'Q-', ...settings })));

test('a declaration that could give a number twice, or none that can be written, is refused', () => {
  expect(verify({})).toEqual([]);
  expect(verify({ prefix: 'Q-{DD}-' })).toEqual([
    'its prefix “Q-{DD}-” may hold {YYYY}, {YY} and {MM} in braces only',
  ]);
  expect(verify({ restart: 'year' })).toEqual([
    'its numbers begin again each year, so its prefix must tell which',
  ]);
  expect(verify({ restart: 'month', prefix: '{YYYY}-' })).toHaveLength(1);
  expect(verify({ restart: 'day' })).toHaveLength(1);
  expect(verify({ padding: 0 })).toHaveLength(1);
  expect(verify({ prefix: 'x'.repeat(31) })).toHaveLength(1);
});

test('what isn’t one line of text is no number', () => {
  const field = fieldOf(serial({ ...anyLabel, prefix: 'Q-' }));
  expect(outcome(serialField.read(12, field, readEnv))).toEqual(['wrong-type']);
  expect(outcome(serialField.read('a\nb', field, readEnv))).toEqual(['text-line-break']);
  expect(outcome(serialField.read('Q-7', field, readEnv))).toBe('Q-7');
});

test('a number is its prefix on a day and its digits, filled up', () => {
  const pattern = { prefix: 'Q{YY}{MM}-{YYYY}/', padding: 4, restart: 'month' } as const;
  expect(numberText(pattern, '2026-11-22', 7)).toBe('Q2611-2026/0007');
  expect(numberText(pattern, '2026-11-22', 123_456)).toBe('Q2611-2026/123456');
  expect(periodOn('never', '2026-11-22')).toBe('');
  expect(periodOn('year', '2026-11-22')).toBe('2026');
  expect(periodOn('month', '2026-11-22')).toBe('2026-11');
});

test('numbers of a series are known again, those of another period or prefix not', () => {
  const match = (prefix: string, restart: 'never' | 'year' | 'month', text: string) =>
    new RegExp(numberRegex({ prefix, padding: 3, restart }, '2026-11-22')).exec(text)?.[1] ?? null;
  expect(match('Q-', 'never', 'R-001')).toBeNull();
  expect(match('Q-', 'never', 'Q-001b')).toBeNull();
  expect(match('Q-', 'never', 'Q-0042')).toBe('0042');
  expect(match('{YYYY}.', 'never', '1999.7')).toBe('7');
  expect(match('{YYYY}.', 'year', '1999.7')).toBeNull();
  expect(match('{YYYY}.', 'year', '2026x7')).toBeNull();
  expect(match('{YYYY}/{MM}-', 'year', '2026/03-7')).toBe('7');
  expect(match('{YYYY}/{MM}-', 'month', '2026/03-7')).toBeNull();
  expect(match('a^b]c\\d[e', 'never', 'a^b]c\\d[e9')).toBe('9');
});

test('a prefix says what is wrong with it', () => {
  expect(prefixMistake('{YYYY', 'never')).toBe('place');
  expect(prefixMistake('{MM}-', 'year')).toBe('restart');
  expect(prefixMistake('{YY}{MM}', 'month')).toBeNull();
});

test('only a declared field takes the numbers that an import brings', () => {
  expect(takesOwnNumbers(fieldOf(serial({ ...anyLabel, prefix: '' })))).toBe(false);
  expect(takesOwnNumbers(fieldOf(serial({ ...anyLabel, prefix: '', ownNumbers: true })))).toBe(true);
});
