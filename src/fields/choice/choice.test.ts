import { expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv, said } from '../../../test/harness/field.ts';
import { labels } from '../../lib/locale.ts';
import { choice, choiceField } from './choice.ts';

const field = fieldOf(
  choice({
    ...anyLabel,
    values: [
      { code: 'prospect', label: labels('Prospect', 'Prospect', 'Cliente potencial') },
      { code: 'customer', label: labels('Customer', 'Client', 'Cliente') },
      { code: 'former', label: labels('Former customer', 'Ancien client', 'Antiguo cliente') },
    ],
  }),
);

test('an unknown code is refused, naming the nearest or all', () => {
  expect(said(choiceField.read('custmer', field, readEnv))).toBe(
    '“custmer” isn’t one of the values; did you mean customer?',
  );
  expect(said(choiceField.read('zzz', field, readEnv))).toBe(
    '“zzz” isn’t one of the values; they are prospect, customer, former',
  );
  expect(outcome(choiceField.read('Customer', field, readEnv))).toEqual(['choice-unknown-near']);
  expect(outcome(choiceField.read('__proto__', field, readEnv))).toEqual(['choice-unknown']);
  expect(outcome(choiceField.read(['customer'], field, readEnv))).toEqual(['wrong-type']);
});

test('a code is read from JSON; a label in any language from a file', () => {
  expect(outcome(choiceField.read('customer', field, readEnv))).toBe('customer');
  for (const text of ['CUSTOMER', 'client', ' Cliente '])
    expect(outcome(choiceField.readText(text, field, readEnv))).toBe('customer');
  expect(outcome(choiceField.readText('Supplier', field, readEnv))).toEqual(['choice-unknown']);
});

test('the database holds the list closed', () => {
  expect(choiceField.columns(field)).toEqual([
    {
      name: 'some_field',
      sql: 'text collate "C"',
      check: "\"some_field\" in ('prospect', 'customer', 'former')",
    },
  ]);
});

test('people see its label', () => {
  expect(choiceField.toText('former', field, { ...readEnv, locale: 'fr' })).toBe('Ancien client');
  expect(choiceField.toText('gone', field, readEnv)).toBe('gone');
});
