import { expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv } from '../../../test/harness/field.ts';
import { labels } from '../../lib/locale.ts';
import { multiChoice, multiChoiceField } from './multi-choice.ts';

const values = ['red', 'green', 'blue'].map((code) => ({
  code,
  label: labels(`${code} one`, `${code} un`, `${code} uno`),
}));
const field = fieldOf(multiChoice({ ...anyLabel, values }));

test('a list with an unknown code or of another shape is refused', () => {
  expect(outcome(multiChoiceField.read(['red', 'yellow'], field, readEnv))).toEqual(['choice-unknown']);
  expect(outcome(multiChoiceField.read('red', field, readEnv))).toEqual(['wrong-type']);
  expect(outcome(multiChoiceField.read([['red']], field, readEnv))).toEqual(['wrong-type']);
  expect(outcome(multiChoiceField.readText('red;yelow', field, readEnv))).toEqual(['choice-unknown']);
});

test('codes come once each in the list’s order; none is empty', () => {
  expect(outcome(multiChoiceField.read(['blue', 'red', 'blue'], field, readEnv))).toEqual(['red', 'blue']);
  expect(outcome(multiChoiceField.read([], field, readEnv))).toBeNull();
  expect(outcome(multiChoiceField.readText('Blue one; RED', field, readEnv))).toEqual(['red', 'blue']);
});
