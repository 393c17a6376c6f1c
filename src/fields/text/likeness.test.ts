import { expect, test } from 'vitest';
import { firmBeginning, firmLikeness } from './likeness.ts';

test.each([
  ['Acme', 'Zenith', -1],
  ['Store 12', 'Store 13', -1],
  ['Lune', 'Luna', -1],
  ['Acme SA', 'ACME S.A.', 0.95],
  ['The Zenith Group', 'Zenith Ltd.', 0.95],
  ['Smith Household', 'Smith Family', 0.95],
  ['Müller & Söhne GmbH', 'Soehne Muller', -1],
  ['Müller & Söhne GmbH', 'Sohne und Muller', 0.9],
  ['Siemens', 'Siemns', 0.85],
  ['Northwind Traders', 'Nortwind Trader', 0.75],
  ['Zenith', 'Zenith France', 0.6],
  ['Zenith', 'Zenith Deutschland', 0.4],
  ['Crédit du Nord', 'credit du nord', 1],
])('%s and %s are alike to %d', (one, other, likeness) => {
  expect([firmLikeness(one, other), firmLikeness(other, one)]).toEqual([likeness, likeness]);
});

test.each([
  ['Zénith SA', 'zeni'],
  ['Northwind Traders International', 'northwind tr'],
  ['The Zenith', null],
  ['Dell', 'dell'],
  ['IBM', null],
  ['a𠮷𠮷𠮷𠮷𠮷𠮷𠮷', 'a𠮷𠮷𠮷𠮷𠮷'],
])('names like %s begin with %s', (name, start) => {
  expect(firmBeginning(name)).toBe(start);
});
