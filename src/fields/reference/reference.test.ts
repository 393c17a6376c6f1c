import { expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv } from '../../../test/harness/field.ts';
import { reference, referenceField } from './reference.ts';

const field = fieldOf(reference({ ...anyLabel, to: 'account' }), 'account');
const id = '01932c07-a000-7000-8000-000000000001';
const read = (input: unknown) => outcome(referenceField.read(input, field, readEnv));

test('what names no record is refused', () => {
  expect(read('Acme')).toEqual(['id-unknown']);
  expect(read(12)).toEqual(['wrong-type']);
  expect(read({})).toEqual(['wrong-type']);
  expect(read({ id: 5 })).toEqual(['id: wrong-type']);
  expect(read({ name: 'Acme' })).toEqual(['unknown-part']);
  expect(read({ source: 'npsp' })).toEqual(['external-key-unknown']);
  expect(read({ source: 'npsp', key: 'x'.repeat(201) })).toEqual(['external-key-unknown']);
});

test('a record is named by its id, as doors answer it, or by another system’s key', () => {
  expect(read(id.toUpperCase())).toBe(id);
  expect(read({ id, label: 'Acme' })).toBe(id);
  expect(read({ source: 'npsp', key: ' 12 ' })).toEqual({ source: 'npsp', key: '12' });
  expect(referenceField.target?.(field)).toEqual({ to: 'records', entities: ['account'] });
  expect(referenceField.columns(field)).toEqual([{ name: 'account_id', sql: 'uuid' }]);
});
