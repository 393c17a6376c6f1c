import { expect, test } from 'vitest';
import { wordLikeness } from './word-likeness.ts';

test.each([
  ['diaz', 'kelly', 0],
  ['', '', 0],
  ['', 'diaz', 0],
  ['dan', 'sam', 0],
  ['dan', 'don', 0.5],
  ['mary', 'mark', 0.65],
  ['reynolds', 'reynlods', 0.85],
  ['vasquez', 'vazquez', 0.85],
  ['hernandez', 'fernandes', 0.75],
  ['greene', 'garner', 0],
  ['a', 'amy', 0.6],
  ['b', 'amy', 0],
  ['rob', 'robert', 0.7],
  ['diaz', 'diaz', 1],
])('“%s” and “%s” are alike to %d, either way round', (one, other, likeness) => {
  expect([wordLikeness(one, other), wordLikeness(other, one)]).toEqual([likeness, likeness]);
});
