import { expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv } from '../../../test/harness/field.ts';
import { personName, personNameField } from './person-name.ts';

const field = fieldOf(personName(anyLabel), 'name');
const ana = { first: 'Ana', middle: null, last: 'Díaz' };
const read = (input: unknown, before: typeof ana | null = null) =>
  outcome(personNameField.read(input, field, readEnv, before));

test('a name of another shape is refused, every part’s mistakes at once', () => {
  expect(read('Ana Díaz')).toEqual(['wrong-type']);
  expect(read({ first: 1, last: 'x'.repeat(81) })).toEqual(['first: wrong-type', 'last: text-too-long']);
  expect(read({ firstName: 'Ana' })).toEqual(['unknown-part']);
});

test('a part left out keeps its value; a name without parts is empty', () => {
  expect(read({ last: 'Ruiz' }, ana)).toEqual({ ...ana, last: 'Ruiz' });
  expect(read({ first: null, last: '' }, ana)).toBeNull();
});

test('it is compared as it is said and sorted by last name', () => {
  expect(personNameField.toRow(ana, field)).toMatchObject({
    name_fold: 'ana diaz',
    name_sort: 'diaz ana',
    name_last_fold: 'diaz',
  });
  expect(personNameField.paths(field)['']).toMatchObject({ column: 'name_fold', sort: 'name_sort' });
});

test.each([
  ['Amy Diaz', { first: 'Amy', middle: null, last: 'Diaz' }],
  ['Diaz, Amy Lee', { first: 'Amy', middle: 'Lee', last: 'Diaz' }],
  ['Ana María Ruiz Díaz', { first: 'Ana', middle: 'María Ruiz', last: 'Díaz' }],
  ['Cher', { first: null, middle: null, last: 'Cher' }],
])('a cell “%s” is %j', (text, expected) => {
  expect(outcome(personNameField.readText(text, field, readEnv))).toEqual(expected);
});
