import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { teams, users } from '../../test/expression/generated-comparison.ts';
import { expressionText } from '../../test/expression/generated-expression.ts';
import { codes, model, opportunity } from '../../test/expression/sample-model.ts';
import { relatedIn, sampleOf, valueIn } from '../../test/expression/sample-tables.ts';
import type { Values } from '../model/record.ts';
import { compileExpression } from './compile.ts';
import { evaluate, type RecordValues } from './evaluate.ts';
import { format } from './format.ts';
import { type FilterGroup, groupOf, groupText } from './groups.ts';
import { clockAt } from './moments.ts';

const scope = { entity: opportunity, model, codes };
/** What an expression means, without how it is written; entities by their names. */
const meaning = (text: string): string =>
  JSON.stringify(compileExpression(text, scope).condition, (_, value: unknown) =>
    typeof value === 'object' && value !== null && 'plural' in value ? value.plural : value,
  );

const sample = sampleOf(7, 12);
const env = {
  ...clockAt(new Date('2026-11-22T09:00:00Z'), 'Europe/Paris'),
  me: users[0] ?? null,
  myTeams: teams,
};
const valuesOf = (record: Values): RecordValues => ({
  value: (path) => valueIn(sample, record, path),
  baseValue: (list, code) => codes(list).find((value) => value.code === code) ?? null,
  related: (relation) => relatedIn(sample, record, relation, env).map(valuesOf),
});
const answers = (text: string): readonly boolean[] => {
  const compiled = compileExpression(text, scope);
  return [...(sample.get('opportunity')?.values() ?? [])].map((record) =>
    evaluate(compiled, valuesOf(record), env),
  );
};

describe('the formatter', () => {
  test.each([
    ['amount>5  AND urgent', 'amount > 5 and urgent'],
    ['( a≥ 1 or  b != 2 )', '(a >= 1 or b <> 2)'],
    ['not  a NOT  IN( 1,2 ..3, ..4,5.. )', 'not a not in (1, 2..3, ..4, 5..)'],
    ['a  Starts   With "X  y"', 'a starts with "X  y"'],
    [
      'closeDate<today-7 or closeDate> Today + 1 Month',
      'closeDate < today - 7 or closeDate > Today + 1 month',
    ],
    ['COUNT( visits,minutes>- 3 )=2', 'count(visits, minutes > -3) = 2'],
    [
      'teams in MY  Teams and a IS  NOT EMPTY and b = TRUE',
      'teams in my teams and a is not empty and b = true',
    ],
    ['amount >', 'amount >'],
  ])('%s becomes %s', (text, tidy) => {
    expect(format(text)).toBe(tidy);
  });

  test('puts each condition of a long expression on a line of its own', () => {
    const text = Array(4).fill('name contains "something of a length"').join(' and ');
    expect(format(text).split('\n')).toHaveLength(4);
  });

  test('keeps the meaning and is done after one time', () => {
    fc.assert(
      fc.property(expressionText(), (text) => {
        const tidy = format(text);
        expect(format(tidy)).toBe(tidy);
        expect(meaning(tidy)).toBe(meaning(text));
      }),
      { numRuns: 500 },
    );
  });
});

describe('groups', () => {
  test('show an expression as nested rows, and what no row shows as text', () => {
    expect(groupOf('a = 1 and (b = 2 or not (c = 3 and x)) and sum(v, n) > 2')).toEqual({
      join: 'all',
      not: false,
      of: [
        { path: 'a', op: '=', value: { bare: '1' } },
        {
          join: 'any',
          not: false,
          of: [
            { path: 'b', op: '=', value: { bare: '2' } },
            {
              join: 'all',
              not: true,
              of: [
                { path: 'c', op: '=', value: { bare: '3' } },
                { path: 'x', op: '=', value: { bare: 'true' } },
              ],
            },
          ],
        },
        { text: 'sum(v, n) > 2' },
      ],
    } satisfies FilterGroup);
    expect(groupOf('a = ')).toBeNull();
    expect(groupText({ join: 'all', not: true, of: [] })).toBe('');
  });

  test('show what is asked about related records, with conditions of their own', () => {
    expect(
      groupOf('ANY(v, a = 1 or none(w)) and count(x.v, a = 1) ≥ 2 and not all(v, n) and count(v) > m'),
    ).toEqual({
      join: 'all',
      not: false,
      of: [
        {
          relation: 'v',
          how: { is: 'any' },
          of: {
            join: 'any',
            not: false,
            of: [
              { path: 'a', op: '=', value: { bare: '1' } },
              { relation: 'w', how: { is: 'none' }, of: { join: 'all', not: false, of: [] } },
            ],
          },
        },
        {
          relation: 'x.v',
          how: { is: 'count', op: '>=', number: '2' },
          of: { join: 'all', not: false, of: [{ path: 'a', op: '=', value: { bare: '1' } }] },
        },
        {
          join: 'all',
          not: true,
          of: [
            {
              relation: 'v',
              how: { is: 'all' },
              of: { join: 'all', not: false, of: [{ path: 'n', op: '=', value: { bare: 'true' } }] },
            },
          ],
        },
        { text: 'count(v) > m' },
      ],
    } satisfies FilterGroup);
  });

  test('lose nothing on the way there and back', () => {
    fc.assert(
      fc.property(expressionText(), (text) => {
        const group = groupOf(text);
        const back = groupText(group ?? { join: 'all', not: false, of: [] });
        expect(groupOf(back)).toEqual(group);
        expect(answers(back)).toEqual(answers(text));
      }),
      { numRuns: 500 },
    );
  });
});
