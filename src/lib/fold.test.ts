import { expect, test } from 'vitest';
import { fold } from './fold.ts';

test('accents, case and white space make no difference', () => {
  expect(fold('  Émile\t\n Größe ')).toBe('emile grosse');
  expect(fold('ŒUVRE ÆSIR Łódź Øre Đà Işık')).toBe('oeuvre aesir lodz ore da isik');
});

test('plain text is folded as text with accents is', () => {
  for (let code = 0; code < 128; code += 1) {
    const text = `A${String.fromCharCode(code)}  b${String.fromCharCode(code)}${String.fromCharCode(code)}C`;
    expect(fold(`é ${text} é`)).toBe(`e ${fold(text)} e`);
  }
  expect(fold('   ')).toBe('');
  expect(fold(' a  b ')).toBe('a b');
});
