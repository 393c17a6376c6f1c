import { expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv } from '../../../test/harness/field.ts';
import { anyReference, anyReferenceField } from './any-reference.ts';

const field = fieldOf(anyReference({ ...anyLabel, to: ['account', 'contact'] }), 'about');
const id = '01932c07-a000-7000-8000-000000000001';
const read = (input: unknown) => outcome(anyReferenceField.read(input, field, readEnv));

test('an entity that may not be named, or a record without its entity, is refused', () => {
  expect(read({ entity: 'user', id })).toEqual(['entity: reference-entity']);
  expect(read({ entity: 'contacts', id })).toEqual(['entity: reference-entity-near']);
  expect(read({ id })).toEqual(['wrong-type']);
  expect(read(id)).toEqual(['wrong-type']);
  expect(read({ entity: 'account' })).toEqual(['wrong-type']);
  expect(read({ entity: 'account', id: 'x' })).toEqual(['id: id-unknown']);
});

test('a record and its entity are read from JSON and from a file', () => {
  expect(read({ entity: 'account', id, label: 'Acme' })).toEqual({ entity: 'account', id });
  expect(outcome(anyReferenceField.readText(`contact:${id}`, field, readEnv))).toEqual({
    entity: 'contact',
    id,
  });
  expect(anyReferenceField.toRow({ entity: 'account', id }, field)).toEqual({
    about_entity: 'account',
    about_id: id,
  });
});
