import { expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv } from '../../../test/harness/field.ts';
import { percent, percentField } from './percent.ts';

const field = fieldOf(percent(anyLabel));

test('less than 0, more than 100 and more than two decimals are refused', () => {
  expect(outcome(percentField.read('-1', field, readEnv))).toEqual(['number-too-small']);
  expect(outcome(percentField.read('100.01', field, readEnv))).toEqual(['number-too-large']);
  expect(outcome(percentField.read('33.333', field, readEnv))).toEqual(['too-many-decimals']);
});

test('a percentage is read with or without its sign', () => {
  expect(outcome(percentField.read('60', field, readEnv))).toBe('60.00');
  expect(outcome(percentField.readText('100.0', field, readEnv))).toBe('100.00');
  expect(outcome(percentField.readText('12,5 %', field, { ...readEnv, locale: 'fr' }))).toBe('12.50');
  expect(outcome(percentField.read('250', fieldOf(percent({ ...anyLabel, max: 500 })), readEnv))).toBe(
    '250.00',
  );
});

test('it is shown in the reader’s way, exactly', () => {
  expect(percentField.toText('60.00', field, readEnv)).toBe('60%');
  expect(percentField.toText('12.55', field, { ...readEnv, locale: 'fr' })).toBe('12,55\u00a0%');
});
