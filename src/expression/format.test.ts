import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expressionText } from '../../test/expression/generated-expression.ts';
import { codes, model, opportunity } from '../../test/expression/sample-model.ts';
import { compileExpression } from './compile.ts';
import { format } from './format.ts';
import { type FilterGroup, groupOf, groupText } from './groups.ts';

const scope = { entity: opportunity, model, codes };
/** What an expression means, without how it is written. */
const meaning = (text: string): unknown => simple(compileExpression(text, scope).condition);

/** Groups of one and groups within groups of the same sort don't change what is meant. */
function simple(condition: unknown): unknown {
  return JSON.stringify(condition, (key, value: unknown) =>
    key === 'entity' || key === 'from' ? undefined : value,
  );
}

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
    expect(groupOf('a = 1 and (b = 2 or not (c = 3 and x)) and count(v) > 2')).toEqual({
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
        { text: 'count(v) > 2' },
      ],
    } satisfies FilterGroup);
    expect(groupOf('a = ')).toBeNull();
    expect(groupText({ join: 'all', not: true, of: [] })).toBe('');
  });

  test('lose nothing on the way there and back', () => {
    fc.assert(
      fc.property(expressionText(), (text) => {
        const group = groupOf(text);
        const back = groupText(group ?? { join: 'all', not: false, of: [] });
        expect(groupOf(back)).toEqual(group);
        compileExpression(back, scope);
      }),
      { numRuns: 500 },
    );
  });
});
