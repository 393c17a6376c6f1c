import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editDistance } from '../../lib/edit-distance.ts';
import { forgiven, isForgiving, keysOfTyped, keysOfWord } from './near-keys.ts';

const letter = fc.constantFrom(...'abcdefgéß');
const word = fc.array(letter, { minLength: 3, maxLength: 14 }).map((letters) => letters.join(''));

it('gives no keys for numbers and for what is too short', () => {
  for (const typed of ['12345', 'r2d2', 'ab', '']) expect(isForgiving(typed), typed).toBe(false);
});

it('shares a key between any two words that differ by no more mistakes than are forgiven', () => {
  const mistyped = fc.tuple(word, fc.array(fc.tuple(fc.nat(20), fc.nat(3), letter), { maxLength: 2 }));
  fc.assert(
    fc.property(mistyped, ([written, mistakes]) => {
      const typed = mistakes.slice(0, forgiven(written)).reduce(
        (letters, [place, kind, other]) => {
          const at = place % Math.max(1, letters.length);
          if (kind === 0) return letters.toSpliced(at, 1);
          if (kind === 1) return letters.toSpliced(at, 0, other);
          if (kind === 2) return letters.toSpliced(at, 1, other);
          const [one = '', two = ''] = letters.slice(at, at + 2);
          return letters.toSpliced(at, 2, two, one);
        },
        [...written],
      );
      const text = typed.join('');
      fc.pre(editDistance(text, written, 9) <= forgiven(written) && text !== '');
      const keys = new Set(keysOfWord(written));
      expect(keysOfTyped(text).some((key) => keys.has(key))).toBe(true);
    }),
    { numRuns: 3000 },
  );
});
