import { expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv, said } from '../../../test/harness/field.ts';
import { number, numberField } from './number.ts';

const field = fieldOf(number({ ...anyLabel, min: 0, max: 100 }));
const wide = fieldOf(number(anyLabel));

test('what isn’t a whole number within its limits is refused', () => {
  expect(outcome(numberField.read('12', field, readEnv))).toEqual(['wrong-type']);
  expect(outcome(numberField.read(1.5, field, readEnv))).toEqual(['not-whole']);
  expect(outcome(numberField.read(Number.NaN, field, readEnv))).toEqual(['not-whole']);
  expect(said(numberField.read(101, field, readEnv))).toBe('101 is too large: at most 100');
  expect(said(numberField.read(-1, field, readEnv))).toBe('-1 is too small: at least 0');
  expect(outcome(numberField.read(2 ** 53, wide, readEnv))).toEqual(['number-too-large']);
  expect(outcome(numberField.read(1e308, wide, readEnv))).toEqual(['number-too-large']);
  expect(outcome(numberField.readText('3.5', wide, readEnv))).toEqual(['not-whole']);
  expect(outcome(numberField.readText('3.0000001', wide, readEnv))).toEqual(['not-whole']);
  expect(outcome(numberField.readText('many', wide, readEnv))).toEqual(['not-a-number']);
});

test('a whole number is read from JSON and from text in any style', () => {
  expect(outcome(numberField.read(0, field, readEnv))).toBe(0);
  expect(outcome(numberField.read(Number.MAX_SAFE_INTEGER, wide, readEnv))).toBe(Number.MAX_SAFE_INTEGER);
  expect(outcome(numberField.readText('166000', wide, readEnv))).toBe(166000);
  expect(outcome(numberField.readText('166 000', wide, { ...readEnv, locale: 'fr' }))).toBe(166000);
  expect(outcome(numberField.readText('6.0E7', wide, readEnv))).toBe(60_000_000);
  expect(outcome(numberField.readText('50.0', field, readEnv))).toBe(50);
});

test('the driver’s text of a bigint becomes a number', () => {
  expect(numberField.fromRow({ some_field: '42' }, field)).toBe(42);
});
