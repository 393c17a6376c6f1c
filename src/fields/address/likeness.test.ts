import { expect, test } from 'vitest';
import type { Address } from './address.ts';
import { addressLikeness } from './likeness.ts';

const at = (street: string, postalCode: string, city: string, country = ''): Address => ({
  street: street || null,
  city: city || null,
  postalCode: postalCode || null,
  region: null,
  country: country || null,
});

test.each([
  [at('12 rue de la Paix', '75002', 'Paris'), at('12 rue de la Paix', '69001', 'Lyon'), -1],
  [at('', '', 'Paris'), at('', '', 'Lyon'), -1],
  [at('', '', 'Paris', 'FR'), at('', '', 'Paris', 'US'), -1],
  [at('12 rue de la Paix', '75002', 'Paris'), at('14 rue de la Paix', '75002', 'Paris'), -0.5],
  [at('12 rue de la Paix', '75002', ''), at('', '', 'Paris'), 0],
  [at('', '', 'Paris'), at('', '', 'PARIS'), 0.3],
  [at('12 Main Street', '', ''), at('12 Main St.', '', ''), 0.5],
  [at('12 Main Street', '55108', 'Saint Paul'), at('12, Main St', '55108', 'St Paul'), 1],
  [at('7 Doe Crossing', '', 'Aurora'), at('7 Doe Crosing', '', 'Aurora'), 0.85],
])('%j and %j are alike to %d', (one, other, likeness) => {
  expect([addressLikeness(one, other), addressLikeness(other, one)]).toEqual([likeness, likeness]);
});
