import fc from 'fast-check';
import { calculated } from './generated-calculation.ts';
import { comparison, pick } from './generated-comparison.ts';

/** Right expressions over the sample's opportunities, up to a few levels deep. */
export function expressionText(): fc.Arbitrary<string> {
  const { condition } = fc.letrec<{ condition: string }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      { weight: 3, arbitrary: comparison },
      { weight: 3, arbitrary: calculated },
      { weight: 1, arbitrary: tie('condition').map((of) => `not (${of})`) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(tie('condition'), pick('and', 'or', 'AND'), tie('condition'))
          .map(([a, sign, b]) => `(${a}) ${sign} (${b})`),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(comparison, pick('and', 'or'), pick('', 'not '), comparison)
          .map((words) => `${words[0]} ${words[1]} ${words[2]}${words[3]}`),
      },
    ),
  }));
  return condition.filter(isBounded);
}

/** Within the bounds of an expression, as far as counting words can tell. */
function isBounded(written: string): boolean {
  const bare = written.replace(/"[^"]*"|\d{4}-\d\d-\d\d/g, '');
  const relations = bare.match(/\b(?:any|none|all|count|sum|avg|min|max)\(/gi)?.length ?? 0;
  const calculations = bare.match(/\w\(| [-+*/] |-[(\d]/g)?.length ?? 0;
  return relations <= 10 && calculations <= 64;
}
