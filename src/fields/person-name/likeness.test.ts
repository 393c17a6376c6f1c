import { expect, test } from 'vitest';
import { nameLikeness, writtenWays } from './likeness.ts';
import type { PersonName } from './person-name.ts';

/** `Amy Lou|Diaz` */
function named(text: string): PersonName {
  const [given = '', last = ''] = text.split('|');
  const [first = '', ...middle] = given.split(' ');
  return { first: first || null, middle: middle.join(' ') || null, last: last || null };
}

test.each([
  ['Amy|Diaz', 'Ben|Diaz', 'somebody else of the same family'],
  ['Amy|Diaz', 'Ben|Kelly', 'somebody else'],
  ['Jean|Moreau', 'Ruth|Moreau', 'somebody else of the same family'],
  ['|Diaz', '|Kelly', 'somebody else, by last name alone'],
])('%s and %s: %s', (one, other) => {
  expect(nameLikeness(named(one), named(other))).toBe(-1);
});

test.each([
  ['Amy|Diaz', 'amy|DÍAZ', 1, 1],
  ['Amy|Diaz', 'Diaz|Amy', 0.95, 0.95],
  ['Amy|Diaz', '|Amy Diaz', 0.95, 0.95],
  ['Gregory|Wallace', 'Gregroy|Wallace', 0.8, 0.9],
  ['Gregory|Wallace', 'Wallace|Gregroy', 0.75, 0.9],
  ['Gregory|Wallace', 'Greg|Wallace', 0.65, 0.75],
  ['Gregory|Wallace', 'G.|Wallace', 0.4, 0.6],
  ['Amy Lou|Diaz', 'Amy|Diaz', 1, 1],
  ['Anne-Marie|Noël', 'Anne Marie|Noel', 1, 1],
  ['Ana|García López', 'Ana|García', 0.8, 0.9],
  ['John A|Smith', 'John B|Smith', 0.5, 0.7],
  ['Jean|Moreau', 'Jeanne|Moreau', 0.3, 0.5],
  ['Mario|Rossi', 'Maria|Rossi', 0.3, 0.5],
  ['William|Diaz', 'Bill|Diaz', 0.7, 0.8],
  ['José|García', 'Pepe|Garcia', 0.7, 0.8],
  ['José María|García', 'Chema|García', 0.7, 0.8],
  ['Jean-Pierre|Noël', 'JP|Noël', 0.7, 0.8],
  ['Steven|Diaz', 'Stephen|Diaz', 0.85, 0.95],
  ['Liz|Diaz', 'Betty|Diaz', 0.55, 0.65],
  ['Pepe|García', 'Pepa|García', 0.3, 0.5],
  ['Bill|Diaz', 'Diaz|William', 0.65, 0.75],
  ['|Diaz', 'Amy|Diaz', 0.4, 0.6],
  ['Amy|Diaz', 'Amy|Kelly', -0.5, -0.5],
])('%s and %s are alike to between %d and %d, either way round', (one, other, least, most) => {
  for (const likeness of [nameLikeness(named(one), named(other)), nameLikeness(named(other), named(one))]) {
    expect(likeness).toBeGreaterThanOrEqual(least);
    expect(likeness).toBeLessThanOrEqual(most);
  }
});

test('a name is looked for as it stands and swapped', () => {
  expect(writtenWays(named('Amy|Díaz'))).toEqual(['diaz amy', 'amy diaz']);
  expect(writtenWays(named('|Díaz'))).toEqual(['diaz']);
});
