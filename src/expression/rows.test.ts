import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expressionText } from '../../test/expression/generated-expression.ts';
import { conjunction, type FilterRow, type RowItem, type RowValue, rowOperators, rowsOf } from './rows.ts';

const bare = fc
  .constantFrom(
    '5',
    '-1.5',
    'me',
    'my teams',
    'today - 7',
    'now',
    '2026-11-22',
    'closed-won',
    'true',
    'account.name',
    'today + 3 months',
  )
  .map((text) => ({ bare: text }));
const quoted = fc.string({ maxLength: 20 }).filter((text) => !text.includes('\0'));
const value: fc.Arbitrary<RowValue> = fc.oneof(quoted, bare);
const range: fc.Arbitrary<RowItem> = fc
  .record({ from: fc.option(value), to: fc.option(value) })
  .filter(({ from, to }) => from !== null || to !== null);
const row: fc.Arbitrary<FilterRow> = fc
  .tuple(
    fc.constantFrom('name', 'account.name', 'amount.currency'),
    fc.constantFrom(...rowOperators),
    value,
    fc.array(fc.oneof(value, range), { minLength: 1, maxLength: 4 }),
  )
  .map(([path, op, one, many]) => {
    if (op === 'is empty' || op === 'is not empty') return { path, op, value: null };
    return { path, op, value: op === 'in' || op === 'not in' ? many : one };
  });

describe('rows of a filter bar', () => {
  test.each([
    ['a path that isn’t a name', { path: 'a = 1 or b', op: '=', value: 'x' }],
    ['a value that is more than a value', { path: 'a', op: '=', value: { bare: '1 or true' } }],
    ['a value that ends the list', { path: 'a', op: 'in', value: [{ bare: '1) or (b' }] }],
    ['a list without items', { path: 'a', op: 'in', value: [] }],
    ['no value', { path: 'a', op: '=', value: null }],
  ] as const)('refuse %s', (_, wrong) => {
    expect(() => conjunction([wrong])).toThrow();
  });

  test.each([
    'a = 1 or b = 2',
    'not (a = 1)',
    'a = 1 and (b = 2 or c = 3)',
    '1 = a',
    'a = ',
    'len(a) = 3',
    'true',
  ])('can’t show %s, which stays text', (text) => {
    expect(rowsOf(text)).toBeNull();
  });

  test('survive being written and read', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
        expect(rowsOf(conjunction(rows))).toEqual(rows);
      }),
      { numRuns: 1_000 },
    );
  });

  test('say the same however often they are written and read', () => {
    fc.assert(
      fc.property(expressionText(), (text) => {
        const rows = rowsOf(text);
        if (rows) expect(rowsOf(conjunction(rows))).toEqual(rows);
      }),
      { numRuns: 1_000 },
    );
  });

  test('are read from what people write', () => {
    expect(
      rowsOf('(stage in (won, "lost")) AND amount ≥ 10 and urgent and not Called and name starts  with "x"'),
    ).toEqual([
      { path: 'stage', op: 'in', value: [{ bare: 'won' }, 'lost'] },
      { path: 'amount', op: '>=', value: { bare: '10' } },
      { path: 'urgent', op: '=', value: { bare: 'true' } },
      { path: 'Called', op: '<>', value: { bare: 'true' } },
      { path: 'name', op: 'starts with', value: 'x' },
    ]);
    expect(rowsOf(' ')).toEqual([]);
  });
});
