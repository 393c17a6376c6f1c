import { expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv } from '../../../test/harness/field.ts';
import { id, idField } from './id.ts';

test('what isn’t a UUID is refused, one is written in small letters', () => {
  const field = fieldOf(id(anyLabel));
  expect(outcome(idField.read('1', field, readEnv))).toEqual(['id-unknown']);
  expect(outcome(idField.read('01932C07-A000-7000-8000-000000000001', field, readEnv))).toBe(
    '01932c07-a000-7000-8000-000000000001',
  );
});
