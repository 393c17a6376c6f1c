import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { generatedGrammar } from '../../../scripts/expression-grammar.ts';
import { keywords } from './keywords.ts';
import { parser } from './parser.generated.ts';

describe('the committed parser', () => {
  test('is what its grammar generates', () => {
    for (const [name, text] of Object.entries(generatedGrammar())) {
      const committed = readFileSync(new URL(name, import.meta.url), 'utf8');
      expect(committed === text, `${name} is out of date: node scripts/expression-grammar.ts`).toBe(true);
    }
  });

  test('takes every keyword in any case of letters', () => {
    const texts = [
      'a = 1 AND b = 2 Or NOT c = 3',
      'a NOT IN (1, 2) and b IN 1..2',
      'a CONTAINS "x" or a Starts With "x" or a ENDS WITH "x"',
      'a IS EMPTY and a Is Not Empty',
      'a = TRUE and b = False and teams in MY TEAMS',
    ];
    for (const text of texts) expect(parser.parse(text).toString(), text).not.toContain('⚠');
    expect(keywords.length).toBe(13);
  });

  test('lets words that only mean something after a field be names too', () => {
    expect(parser.parse('my = 1 and empty = 2 and contains contains "x"').toString()).not.toContain('⚠');
  });

  test.each([
    ['a or b and not c', 'Expression(Or(Path(Name),And(Path(Name),Not(Path(Name)))))'],
    [
      '2 + 6 * 3 = a',
      'Expression(Compare(Arithmetic(Number,Plus,Arithmetic(Number,Times,Number)),CompareOp,Path(Name)))',
    ],
    ['a = closed-won', 'Expression(Compare(Path(Name),CompareOp,Path(Name)))'],
    ['a = today-7', 'Expression(Compare(Path(Name),CompareOp,Arithmetic(Path(Name),Minus,Number)))'],
    ['a in 1..2', 'Expression(In(Path(Name),Range(Number,"..",Number)))'],
    ['a\u00a0≥\u202f2026-11-22', 'Expression(Compare(Path(Name),CompareOp,Date))'],
  ])('reads %s with the priorities people expect', (text, tree) => {
    expect(parser.parse(text).toString()).toBe(tree);
  });
});
