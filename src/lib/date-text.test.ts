import { expect, test } from 'vitest';
import { type DateOrder, parseDateText } from './date-text.ts';

test.each([
  ['2026-02-30', 'ymd'],
  ['29/02/2026', 'dmy'],
  ['13/13/2026', 'mdy'],
  ['25/12/2026', 'mdy'],
  ['0000-01-01', 'ymd'],
  ['2026-1', 'ymd'],
  ['11-22/2026', 'mdy'],
  ['32 december 2026', 'dmy'],
  ['22 brumaire 2026', 'dmy'],
  ['tomorrow', 'dmy'],
  ['', 'dmy'],
] as [string, DateOrder][])('“%s” in the order %s is no day', (text, order) => {
  expect(parseDateText(text, order)).toBeNull();
});

test.each([
  ['2026-11-22', 'mdy', '2026-11-22'],
  ['2026/1/2', 'dmy', '2026-01-02'],
  ['22/11/2026', 'dmy', '2026-11-22'],
  ['11/22/2026', 'mdy', '2026-11-22'],
  ['22.11.26', 'dmy', '2026-11-22'],
  ['1/2/99', 'mdy', '1999-01-02'],
  ['26/11/22', 'ymd', '2026-11-22'],
  ['20261122', 'dmy', '2026-11-22'],
  ['29/02/2024', 'dmy', '2024-02-29'],
  ['22 novembre 2026', 'dmy', '2026-11-22'],
  ['1er févr. 2026', 'dmy', '2026-02-01'],
  ['22 de noviembre de 2026', 'dmy', '2026-11-22'],
  ['22-Nov-2026', 'dmy', '2026-11-22'],
  ['November 22, 2026', 'mdy', '2026-11-22'],
  ['Sept 3rd 2026', 'mdy', '2026-09-03'],
] as [string, DateOrder, string][])('“%s” in the order %s is %s', (text, order, expected) => {
  expect(parseDateText(text, order)).toBe(expected);
});
