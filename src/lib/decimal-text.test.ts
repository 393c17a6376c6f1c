import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalDecimal, compareDecimals, withoutExponent } from './decimal-text.ts';

test('what isn’t a plain decimal is refused', () => {
  for (const text of ['', '-', '1.2.3', '1e5', ' 1', '1,5', 'NaN', `1${'0'.repeat(500)}x`]) {
    expect(canonicalDecimal(text)).toBeNull();
  }
});

test('a decimal is written one way', () => {
  expect(canonicalDecimal('0012.500')).toBe('12.5');
  expect(canonicalDecimal('12.5', 2)).toBe('12.50');
  expect(canonicalDecimal('12.555', 2)).toBe('12.555');
  expect(canonicalDecimal('-0.000', 2)).toBe('0.00');
  expect(canonicalDecimal('-0.01')).toBe('-0.01');
  expect(canonicalDecimal('12.', 0)).toBe('12');
});

test('decimals compare exactly where floats are equal', () => {
  expect(compareDecimals('9007199254740993.1', '9007199254740993.2')).toBeLessThan(0);
  expect(compareDecimals('-1.5', '-1.50')).toBe(0);
  expect(compareDecimals('-0.5', '0.5')).toBeLessThan(0);
  expect(compareDecimals('-2.5', '-2.4')).toBeLessThan(0);
});

test('any number of JavaScript keeps its value without an exponent', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      const plain = withoutExponent(String(number));
      expect(plain).not.toBeNull();
      expect(Number(plain)).toBe(number === 0 ? 0 : number);
    }),
  );
});
