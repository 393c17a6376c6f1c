import { expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv } from '../../../test/harness/field.ts';
import { baseValue, baseValueField } from './base-value.ts';

const field = fieldOf(baseValue({ ...anyLabel, list: 'lead-source' }), 'leadSource');

test('what can’t be a code of any list is refused here', () => {
  expect(outcome(baseValueField.read(3, field, readEnv))).toEqual(['wrong-type']);
  expect(outcome(baseValueField.read('x'.repeat(101), field, readEnv))).toEqual(['text-too-long']);
});

test('the list it is of is left to the engine to check', () => {
  expect(outcome(baseValueField.read('trade-show', field, readEnv))).toBe('trade-show');
  expect(outcome(baseValueField.readText(' Trade Show ', field, readEnv))).toBe('Trade Show');
  expect(baseValueField.target?.(field)).toEqual({ to: 'list', list: 'lead-source' });
  expect(baseValueField.pointsAt?.('trade-show', field)).toEqual([{ id: 'trade-show' }]);
});
