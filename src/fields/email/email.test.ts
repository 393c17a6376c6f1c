import { expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv } from '../../../test/harness/field.ts';
import { email, emailField } from './email.ts';

const field = fieldOf(email(anyLabel));

test.each([
  'ana',
  'ana@',
  '@example.org',
  'ana@example',
  'ana@@example.org',
  'a b@example.org',
  '.ana@example.org',
  'an..a@example.org',
  'ana@-example.org',
  'ana@example..org',
  'ana@127.0.0.1',
  'ana@exam ple.org',
  `${'x'.repeat(65)}@example.org`,
])('“%s” is refused', (input) => {
  expect(outcome(emailField.read(input, field, readEnv))).toEqual(['email-unknown']);
});

test('several addresses and too long ones are refused with their own words', () => {
  expect(outcome(emailField.readText('a@example.org; b@example.org', field, readEnv))).toEqual([
    'email-several',
  ]);
  expect(outcome(emailField.read(`a@${'x'.repeat(250)}.org`, field, readEnv))).toEqual(['text-too-long']);
});

test.each([
  'ana.diaz@example.org',
  'o’neil+crm@sub.example.co.uk',
  'josé@españa.es',
  'user@例え.jp',
  "o'brien@x.io",
])('“%s” is read', (input) => {
  expect(outcome(emailField.read(` ${input} `, field, readEnv))).toBe(input);
});

test('a cell may name the person too', () => {
  expect(outcome(emailField.readText('Ana Díaz <ana@example.org>', field, readEnv))).toBe('ana@example.org');
  expect(outcome(emailField.readText('mailto:ana@example.org', field, readEnv))).toBe('ana@example.org');
});

test('case doesn’t matter to comparisons, and is kept', () => {
  expect(emailField.toRow('Ana@Example.org', field)).toEqual({
    some_field: 'Ana@Example.org',
    some_field_fold: 'ana@example.org',
  });
});
