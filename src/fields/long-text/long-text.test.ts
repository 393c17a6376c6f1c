import { expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv } from '../../../test/harness/field.ts';
import { longText, longTextField } from './long-text.ts';

const field = fieldOf(longText(anyLabel));

test('more than 100,000 characters and control characters are refused', () => {
  expect(outcome(longTextField.read('x'.repeat(100_001), field, readEnv))).toEqual(['text-too-long']);
  expect(outcome(longTextField.read('a\u0000', field, readEnv))).toEqual(['text-control-character']);
  expect(longTextField.verify?.({ ...field, unique: true })).toHaveLength(1);
});

test('line breaks and tabs are kept, written one way', () => {
  expect(outcome(longTextField.read('one\r\ntwo\rthree\tfour', field, readEnv))).toBe(
    'one\ntwo\nthree\tfour',
  );
  expect(outcome(longTextField.readText('one\r\ntwo', field, readEnv))).toBe('one\ntwo');
  expect(outcome(longTextField.read('x'.repeat(100_000), field, readEnv))).toHaveLength(100_000);
});
