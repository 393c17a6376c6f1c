import { describe, expect, test } from 'vitest';
import { codes, model, opportunity } from '../../test/expression/sample-model.ts';
import type { Values } from '../model/record.ts';
import { compileExpression } from './compile.ts';
import { evaluate, type RecordValues } from './evaluate.ts';
import { clockAt } from './moments.ts';

const scope = { entity: opportunity, model, codes, change: true };
const env = { ...clockAt(new Date('2026-11-22T09:00:00Z'), 'Europe/Paris'), me: null, myTeams: [] };

const valuesOf = (record: Values, before?: Values | null): RecordValues => ({
  value: (path) => path.comparable.pick(record[path.field.name] ?? null),
  baseValue: (list, code) => codes(list).find((value) => value.code === code) ?? null,
  ...(before === undefined ? {} : { before: before && valuesOf(before) }),
});

const holds = (text: string, record: Values, before?: Values | null): boolean =>
  evaluate(compileExpression(text, scope), valuesOf(record, before), env);

const before: Values = {
  stage: 'new',
  amount: { amount: '10.00', currency: 'EUR' },
  teams: ['b', 'a'],
  urgent: false,
};
const after: Values = {
  stage: 'closed-won',
  amount: { amount: '10.00', currency: 'USD' },
  teams: ['a', 'b'],
  urgent: true,
};

describe('a change', () => {
  test('that isn’t at hand is a mistake of the program, not a silent answer', () => {
    expect(() => holds('changed(stage)', after)).toThrow('no change at hand');
  });

  test.each([
    ['changed(stage)', true],
    ['changed(stage) and old(stage.class) = open and stage.class = won', true],
    ['stage <> old(stage)', true],
    ['changed(amount)', true],
    ['changed(amount.currency)', true],
    ['changed(teams)', false],
    ['changed(name)', false],
    ['changed(urgent) and not old(urgent)', true],
    ['old(amount) = 10', true],
    ['old(amount) = amount', false],
    ['old(amount) + 5 = 15', true],
    ['old(name) is empty', true],
  ])('%s is %s', (text, answer) => {
    expect(holds(text, after, before)).toBe(answer);
  });

  test.each([
    ['changed(stage)', true],
    ['old(stage) is empty', true],
    ['changed(name)', false],
    ['old(amount) = 10', false],
  ])('of a new record: %s is %s', (text, answer) => {
    expect(holds(text, after, null)).toBe(answer);
  });
});
