import { expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv, said } from '../../../test/harness/field.ts';
import { decimal, decimalField } from './decimal.ts';

const field = fieldOf(decimal({ ...anyLabel, scale: 2, min: '-100', max: 1000.5 }));
const wide = fieldOf(decimal({ ...anyLabel, scale: 3 }));

test('what doesn’t fit is refused rather than rounded', () => {
  expect(said(decimalField.read('1.005', field, readEnv))).toBe(
    '1.005 has 3 decimals; at most 2 are kept: round it',
  );
  expect(said(decimalField.read('1000.51', field, readEnv))).toBe('1000.51 is too large: at most 1000.5');
  expect(outcome(decimalField.read('-100.01', field, readEnv))).toEqual(['number-too-small']);
  expect(outcome(decimalField.read('1,5', field, readEnv))).toEqual(['not-a-number']);
  expect(outcome(decimalField.read(Number.NaN, field, readEnv))).toEqual(['not-a-number']);
  expect(outcome(decimalField.read(1e15, wide, readEnv))).toEqual(['number-too-large']);
  expect(outcome(decimalField.read('-9999999999999999', wide, readEnv))).toEqual(['number-too-small']);
  expect(outcome(decimalField.readText('0.123456', wide, readEnv))).toEqual(['too-many-decimals']);
});

test('a decimal keeps all its decimals as text', () => {
  expect(outcome(decimalField.read('12.5', field, readEnv))).toBe('12.50');
  expect(outcome(decimalField.read(12.5, field, readEnv))).toBe('12.50');
  expect(outcome(decimalField.read('12.500000', field, readEnv))).toBe('12.50');
  expect(outcome(decimalField.read('999999999999999.999', wide, readEnv))).toBe('999999999999999.999');
  expect(outcome(decimalField.read(0, field, readEnv))).toBe('0.00');
  expect(outcome(decimalField.readText('1.234,5', wide, { ...readEnv, locale: 'es' }))).toBe('1234.500');
});

test('it is shown in the reader’s way, exactly', () => {
  expect(decimalField.toText('999999999999999.999', wide, readEnv)).toBe('999,999,999,999,999.999');
  expect(decimalField.toText('1234.50', field, { ...readEnv, locale: 'fr' })).toBe('1\u202f234,50');
});
