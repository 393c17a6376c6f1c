import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expressionText } from '../../test/expression/generated-expression.ts';
import { codes, model, opportunity } from '../../test/expression/sample-model.ts';
import { Problem } from '../lib/problem.ts';
import { compileExpression } from './compile.ts';

const scope = { entity: opportunity, model, codes };

/** Compiles, and holds what comes out to the promise: a tree, or mistakes that lie within the text. */
function tried(text: string): boolean {
  try {
    compileExpression(text, scope);
    return true;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { mistakes, extra } = error.detail;
    const errors = extra?.errors as { from: number; to: number; line: number; column: number }[];
    expect(mistakes?.length).toBeGreaterThan(0);
    expect(errors.length).toBe(mistakes?.length);
    for (const { from, to, line, column } of errors) {
      expect(from >= 0 && from <= to && to <= text.length && line >= 1 && column >= 1).toBe(true);
    }
    return false;
  }
}

const words = [
  'and|or|not|in|is|empty|contains|starts with|my teams|me|today|now|..|(|)|,|days|true|null|won|xyz',
  '=|<>|<|≥|+|-|*|/|.|"|\'|"x"|5|1.5|2026-11-22|😀|%|\0|\n',
  'amount|account|account.name|stage|stage.class|teams|owner|closeDate|urgent',
  'if(|abs(|round(|coalesce(|exact(|year(|left(|substring(|concat(|min(|date(|length(|any(|none(|all(|count(|sum(|visits|hosts|changed(|old(',
];
const pieces = fc.constantFrom(...words.flatMap((line) => line.split('|')));

describe('whatever is sent', () => {
  test('arbitrary text is compiled or refused with positions', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void tried(text)),
      { numRuns: 1_000 },
    );
  });

  test('arbitrary words of the language are compiled or refused with positions', () => {
    const text = fc.array(pieces, { maxLength: 40 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(text, (each) => void tried(each)),
      { numRuns: 2_000 },
    );
  });

  test('what the generator of the property tests writes is right', () => {
    fc.assert(
      fc.property(expressionText(), (text) => void compileExpression(text, scope)),
      { numRuns: 500 },
    );
  });

  test('a right expression with a piece cut out or put in is compiled or refused with positions', () => {
    const mutated = fc
      .tuple(expressionText(), fc.nat(), fc.nat({ max: 5 }), fc.oneof(pieces, fc.string({ maxLength: 3 })))
      .map(([text, at, cut, put]) => {
        const from = at % (text.length + 1);
        return text.slice(0, from) + put + text.slice(from + cut);
      });
    fc.assert(
      fc.property(mutated, (text) => void tried(text)),
      { numRuns: 2_000 },
    );
  });

  test.each([
    '(',
    ')',
    'not ',
    'a=',
    'a in (',
    '- ',
    '+',
    '"',
    '1..',
    'a(',
    'my my ',
    'a<',
    '(a) ',
    'urgent and ',
    '1,',
    '.',
    '𝕏',
  ])('10,000 characters of %j are answered, not worked on for ever', (piece) => {
    expect(tried(piece.repeat(10_000 / piece.length))).toBe(false);
  });
});
