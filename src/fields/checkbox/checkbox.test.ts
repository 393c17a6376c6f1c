import { expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv } from '../../../test/harness/field.ts';
import { checkbox, checkboxField } from './checkbox.ts';

const field = fieldOf(checkbox(anyLabel));

test('what is neither yes nor no is refused', () => {
  for (const input of ['true', 1, 0, [], {}])
    expect(outcome(checkboxField.read(input, field, readEnv))).toEqual(['wrong-type']);
  for (const text of ['maybe', '2', 'yesno'])
    expect(outcome(checkboxField.readText(text, field, readEnv))).toEqual(['checkbox-unknown']);
});

test('a box is unticked unless told otherwise', () => {
  expect(field.default).toBe(false);
  expect(fieldOf(checkbox({ ...anyLabel, default: true })).default).toBe(true);
  expect(checkboxField.fromRow({ some_field: null }, field)).toBe(false);
  expect(checkboxField.toRow(null, field)).toEqual({ some_field: false });
});

test('files say yes and no in three languages', () => {
  for (const text of ['true', 'YES', ' oui ', 'Sí', 'si', '1', 'x', 'Vrai'])
    expect(outcome(checkboxField.readText(text, field, readEnv))).toBe(true);
  for (const text of ['false', 'No', 'non', '0', 'FAUX'])
    expect(outcome(checkboxField.readText(text, field, readEnv))).toBe(false);
});
