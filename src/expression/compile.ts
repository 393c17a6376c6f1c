import { conditionOf } from './check.ts';
import { readValue } from './check-values.ts';
import { type Checking, checkReferences } from './checking.ts';
import { badExpression } from './mistakes.ts';
import type { Scope } from './scope.ts';
import { parseSyntax } from './syntax.ts';
import type { Compiled } from './tree.ts';

/**
 * Reads and checks an expression against the declarations. Throws `Problem('bad-expression')` with every
 * mistake, whose positions and suggestions are in `extra.errors` in the same order; `field` is the name under
 * which the text was sent.
 */
export function compileExpression(text: string, scope: Scope, field = 'where'): Compiled {
  const syntax = parseSyntax(text);
  if ('mistakes' in syntax) throw badExpression(text, syntax.mistakes, field);
  const checking: Checking = {
    text,
    scope,
    mistakes: [],
    paths: new Map(),
    readers,
    relations: [],
    depth: 0,
  };
  const top = syntax.tree.topNode.firstChild;
  const condition = top && conditionOf(checking, top);
  checkReferences(checking);
  if (!condition || checking.mistakes.length > 0) throw badExpression(text, checking.mistakes, field);
  return Object.freeze({
    text,
    entity: scope.entity,
    condition,
    paths: [...checking.paths.values()],
    relations: checking.relations,
  });
}

const readers = { condition: conditionOf, value: readValue };
