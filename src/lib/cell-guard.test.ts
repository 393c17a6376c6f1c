import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guarded, unguarded } from './cell-guard.ts';

describe('a cell of a CSV file', () => {
  test.each([
    '=1+1',
    '+33 1 42',
    '-x',
    '@SUM(A1)',
    '\tx',
    '\r=1',
    "'=1",
    "''=1",
    '＝1',
    '+33142685300',
    '-1/3',
  ])('is never computed: %j', (text) => {
    expect(guarded(text)).toBe(`'${text}`);
  });

  test.each(['-5', '-12.50', '-12,50', '12', 'a=b', "O'Neil", "'t Hart", 'a\t=b'])(
    'that computes nothing stays as it is: %j',
    (text) => {
      expect(guarded(text)).toBe(text);
    },
  );

  test('reads back as it was, whatever it holds', () => {
    const letters = fc.constantFrom('=', '+', '-', '@', "'", '\t', '\r', '1', '.', 'a', ' ', '＝');
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: letters, maxLength: 6 })), (text) => {
        expect(unguarded(guarded(text))).toBe(text);
      }),
    );
  });
});
