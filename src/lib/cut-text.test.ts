import { expect, test } from 'vitest';
import { cutText } from './cut-text.ts';

test.each([
  ['abc', 5, 'abc'],
  ['abc', 2, 'ab'],
  ['a𠮷b', 1, 'a'],
  ['a𠮷b', 2, 'a'],
  ['a𠮷b', 3, 'a𠮷'],
  ['🚀🚀', 3, '🚀'],
  ['', 3, ''],
])('%s cut to %i is “%s”', (text, most, cut) => {
  expect(cutText(text, most)).toBe(cut);
});
