import { describe, expect, test } from 'vitest';
import { ApiProblem } from '../../web-kit/api/problem.ts';
import { mistakenFields, mistakesOf, noMistakes } from './mistakes.ts';

const refused = new ApiProblem(422, {
  mistakes: [
    { field: 'amount.currency', code: 'c', message: 'No such currency' },
    { field: 'teams.[0].id', code: 'i', message: 'Not an id' },
    { field: 'name', code: 'required', message: 'Missing' },
    { field: 'name', code: 'long', message: 'Too long' },
    { field: 'secret', code: 'read-only', message: 'Not yours' },
  ],
});

describe('mistakes of a form', () => {
  test('are none when the save failed for another reason', () => {
    expect(mistakesOf(new Error('away'), new Set(['name']))).toBe(noMistakes);
  });

  test('stand at their fields and parts, the first of each, and above the form when their field isn’t shown', () => {
    expect(mistakesOf(refused, new Set(['amount', 'teams', 'name']))).toEqual({
      fields: {
        amount: { parts: { currency: 'No such currency' } },
        teams: { own: 'Not an id', parts: {} },
        name: { own: 'Missing', parts: {} },
      },
      others: ['Not yours'],
    });
  });

  test('name their fields once each', () => {
    expect(mistakenFields(refused)).toEqual(['amount', 'teams', 'name', 'secret']);
  });
});
