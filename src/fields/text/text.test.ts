import { expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv, said } from '../../../test/harness/field.ts';
import { text, textField } from './text.ts';

const field = fieldOf(text({ ...anyLabel, max: 10 }));
const read = (input: unknown) => textField.read(input, field, readEnv);

test('what can’t be stored on one line is refused, and the sentence says what to do', () => {
  expect(outcome(read(12))).toEqual(['wrong-type']);
  expect(outcome(read(['a']))).toEqual(['wrong-type']);
  expect(outcome(read('a\u0000b'))).toEqual(['text-control-character']);
  expect(outcome(read('a\u0007b'))).toEqual(['text-control-character']);
  expect(outcome(read('a\ud800b'))).toEqual(['text-broken']);
  expect(outcome(read('a\nb'))).toEqual(['text-line-break']);
  expect(said(read('elevenchars'))).toBe('11 characters are too many: at most 10 fit');
  expect(said(read('elevenchars'), 'fr')).toBe('11 caractères, c’est trop\u00a0: 10 au plus');
});

test('a text is trimmed, composed, and counted in characters, not in halves of them', () => {
  expect(outcome(read('  Acme  '))).toBe('Acme');
  expect(outcome(read('E\u0301mile'))).toBe('\u00c9mile');
  expect(outcome(read('😀'.repeat(10)))).toBe('😀'.repeat(10));
  expect(outcome(read('😀'.repeat(11)))).toEqual(['text-too-long']);
});

test('a cell of several lines becomes one line', () => {
  expect(outcome(textField.readText(' two\r\n lines\t', field, readEnv))).toBe('two lines');
});

test('the folded companion is what compares', () => {
  expect(textField.toRow('Émile', field)).toEqual({ some_field: 'Émile', some_field_fold: 'emile' });
});
