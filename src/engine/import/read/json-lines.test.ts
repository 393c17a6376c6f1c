import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOf, readFile, recordsOf, refusalOf, saidOf } from './reading.fixture.ts';

describe('what isn’t records is refused with its line', () => {
  test.each([
    ['a line that isn’t JSON', '{"a":1}\n{"a":}\n', 'json-broken', 2],
    ['a line that ends early', '{"a":1}\n{"a":2\n', 'json-broken', 2],
    ['text behind a record', '{"a":1}\nhello\n', 'json-broken', 2],
    ['a number among records', '{"a":1}\n7\n', 'json-no-record', 2],
    ['a list among records', '{"a":1}\n["b"]\n', 'json-no-record', 2],
    ['a list of numbers', '[[1],[2]]', 'json-no-record', 1],
    ['a list that isn’t closed', '[{"a":1},\n{"a":2}\n', 'json-broken', 3],
    ['records behind a list', '[{"a":1}]\n{"a":2}', 'json-broken', 2],
    ['no records', '[]', 'table-no-rows', null],
    ['records of nothing', '{}\n{"a":null}\n', 'table-no-rows', null],
    ['a member without a name', '{"":1,"b":2}', 'columns[0]: table-empty-header', null],
    ['an open brace before much text', `{"a":"${'x'.repeat(9 * 1024 * 1024)}`, 'json-record-too-long', 1],
  ])('%s', async (_name, text, code, line) => {
    expect(await refusalOf(text)).toBe(code);
    if (line !== null) expect(await saidOf(text, 'en')).toContain(`Line ${line}:`);
  });
});

describe('records are read', () => {
  const expected = [
    { name: 'Ada', city: 'Paris' },
    { name: 'Bob', age: '7' },
  ];

  test.each([
    ['one a line', '{"name":"Ada","city":"Paris"}\n{"name":"Bob","age":7}\n'],
    ['as a list', '[{"name":"Ada","city":"Paris"},\n {"name":"Bob","age":7}]'],
    ['over several lines', '{\n"name": "Ada",\n"city":"Paris"}\n{"name":"Bob",\r\n"age":7}'],
    ['with a mark and blank lines', '\uFEFF\n{"name":"Ada","city":"Paris"}\n\n{"name":"Bob","age":7}'],
  ])('%s', async (_name, text) => {
    expect(await recordsOf(text)).toEqual(expected);
    expect((await readFile(text)).format).toBe('jsonl');
  });

  test('each with the line on which it begins, and columns of them all', async () => {
    const file = await readFile('{"a":1}\n\n{\n"b":2}\n{"c":3}');
    expect(file.headers).toEqual(['a', 'b', 'c']);
    expect(file.rows).toEqual([
      { place: 0, line: 1, cells: ['1', '', ''] },
      { place: 1, line: 3, cells: ['', '2', ''] },
      { place: 2, line: 5, cells: ['', '', '3'] },
    ]);
  });

  test('what lies within becomes columns with dots, lists texts with semicolons', async () => {
    const record = {
      name: { first: 'Ada', last: null },
      tags: ['a', 'b'],
      teams: [
        { id: '1', label: 'North' },
        { id: '2', label: 'South' },
      ],
      empty: [],
      done: false,
      deep: [[1, { x: 2 }]],
    };
    expect(await recordsOf(JSON.stringify(record))).toEqual([
      {
        'name.first': 'Ada',
        tags: 'a;b',
        'teams.id': '1;2',
        'teams.label': 'North;South',
        done: 'false',
        deep: '[1,{"x":2}]',
      },
    ]);
  });

  test('numbers with all their digits', async () => {
    expect(await recordsOf('{"a":12345678901234567890,"b":1e3,"c":0.12345678901234567,"d":1.10}')).toEqual([
      { a: '12345678901234567890', b: '1e3', c: '0.12345678901234567', d: '1.10' },
    ]);
  });

  test('the same, wherever the file is cut', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'é', '😀', '"', '\\', '{', '}', '[', ']', ',', '\n'),
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 7 }),
        async (texts, isList, size) => {
          const records = texts.map((each) => ({ a: `x${each}` }));
          const file = isList
            ? JSON.stringify(records)
            : records.map((each) => JSON.stringify(each)).join('\n');
          expect(await cellsOf(file, size)).toEqual(records.map(({ a }) => [a]));
        },
      ),
    );
  });
});
