import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonPlace } from './json-place.ts';

describe('the place where a text stops being JSON', () => {
  test.each([
    ['{\n  "name": oops }', 2, 11, 'oops'],
    ['{"name": "x",}', 1, 14, '}'],
    ['{"name": "x" "y"}', 1, 14, '"'],
    ["{'name': 1}", 1, 2, "'"],
    ['{name: 1}', 1, 2, 'name'],
    ['[1, 2,, 3]', 1, 7, ','],
    ['[1}', 1, 3, '}'],
    ['{"a": 01}', 1, 8, '1'],
    ['{"a": "b\\x"}', 1, 7, '"'],
    ['{"a": "b\nc"}', 1, 7, '"'],
    ['{"a": [1, {"b": true}', 1, 22, ''],
    ['{"a": ', 1, 7, ''],
    ['1 2', 1, 3, '2'],
    ['', 1, 1, ''],
    [']', 1, 1, ']'],
  ])('of %j is line %i, column %i, at %j', (text, line, column, near) => {
    expect(() => void JSON.parse(text)).toThrow();
    expect(jsonPlace(text)).toEqual({ line, column, near });
  });

  test('is never before the place where a whole text was cut short', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, cut) => {
        const short = text.slice(0, cut % text.length);
        try {
          JSON.parse(short);
        } catch {
          const { column } = jsonPlace(short);
          // What was cut is a word, a number or a quoted text, and none of these holds a bracket or comma outside quotes.
          const before = short.slice(0, column - 1);
          expect(text.startsWith(before)).toBe(true);
          expect(short.slice(column - 1)).toMatch(/^(?:"[\s\S]*|[\w.+-]*)$/);
        }
      }),
    );
  });

  test('is found in a megabyte as well', () => {
    const long = `{"a": "${'x'.repeat(1_000_000)}", "b": ${'[1,'.repeat(10_000)} oops`;
    expect(jsonPlace(long)).toMatchObject({ line: 1, near: 'oops' });
  });
});
