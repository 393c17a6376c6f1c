import { expect, test } from 'vitest';
import { remembered } from './remembered.ts';

test('what was asked lately is worked out once, an answer of nothing too', () => {
  const asked: string[] = [];
  const first = remembered(4, (text) => {
    asked.push(text);
    return text === '' ? undefined : text[0];
  });
  expect(['ab', 'ab', '', '', 'ab'].map(first)).toEqual(['a', 'a', undefined, undefined, 'a']);
  expect(asked).toEqual(['ab', '']);
});

test('what was asked long ago is forgotten, what is asked again and again is not', () => {
  const asked: string[] = [];
  const same = remembered(4, (text) => {
    asked.push(text);
    return text;
  });
  for (const text of ['keep', 'b', 'keep', 'c', 'keep', 'd', 'keep', 'e', 'keep', 'b'])
    expect(same(text)).toBe(text);
  expect(asked).toEqual(['keep', 'b', 'c', 'd', 'e', 'b']);
});
