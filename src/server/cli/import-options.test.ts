import { expect, test } from 'vitest';
import { perFile } from './import-options.ts';

const paths = ['in/a.csv', 'b.csv', 'book.xlsx', 'book.xlsx'];

test.each([
  [['c.csv=x'], /no file called c.csv/],
  [['x', 'y'], /says twice/],
  [['x', 'b.csv=y'], /says twice/],
  [['b.csv=x', 'b.csv=y'], /says twice/],
  [['book.xlsx=A', 'book.xlsx=B', 'book.xlsx=C'], /says twice/],
  [['=x'], /--sheet is missing/],
  [[' '], /--sheet is missing/],
] as const)('%j says nothing that could be done', (given, why) => {
  expect(() => perFile('sheet', given, paths)).toThrow(why);
});

test('one value is for all files, or for those it names; a file named twice gets two in their order', () => {
  expect(perFile('sheet', [], paths)).toEqual([null, null, null, null]);
  expect(perFile('sheet', ['x'], paths)).toEqual(['x', 'x', 'x', 'x']);
  expect(perFile('sheet', ['a.csv=x', 'b.csv=y'], paths)).toEqual(['x', 'y', null, null]);
  expect(perFile('sheet', ['book.xlsx=A', 'book.xlsx=B', 'b.csv=c=d'], paths)).toEqual([
    null,
    'c=d',
    'A',
    'B',
  ]);
});
