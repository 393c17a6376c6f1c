import { expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv } from '../../../test/harness/field.ts';
import { references, referencesField } from './references.ts';

const field = fieldOf(references({ ...anyLabel, to: 'team' }), 'teams');
const id = '01932c07-a000-7000-8000-000000000001';
const read = (input: unknown) => outcome(referencesField.read(input, field, readEnv));

test('mistakes name their place in the list', () => {
  expect(read([id, 'sales', { id: 1 }])).toEqual(['[1]: id-unknown', '[2].id: wrong-type']);
  expect(read(id)).toEqual(['wrong-type']);
  expect(read(Array.from({ length: 1001 }, () => id))).toEqual(['references-too-many']);
});

test('each record is named once; none at all is empty and stored as an empty list', () => {
  expect(read([id, { id, label: 'Sales' }])).toEqual([id]);
  expect(read([])).toBeNull();
  expect(referencesField.toRow(null, field)).toEqual({ teams_ids: [] });
});
