import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test('a word that is far from all suggests none', () => {
  expect(nearest('zebra', ['name', 'amount'])).toBeNull();
  expect(nearest('', ['name'])).toBeNull();
  expect(nearest('a', ['id', 'name'])).toBeNull();
});

test('a slip of the finger suggests what was meant', () => {
  expect(nearest('amonut', ['name', 'amount'])).toBe('amount');
  expect(nearest('Nmae', ['name', 'amount'])).toBe('name');
  expect(nearest('closedate', ['closeDate', 'createdAt'])).toBe('closeDate');
});
