import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from './grammar/parser.generated.ts';
import { syntaxMessages } from './messages.ts';
import type { ExpressionMistake } from './mistakes.ts';
import { syntaxMistakes } from './syntax-mistakes.ts';

/** Bounds of every expression, so that nothing a person sends can tie up the server. */
export const limits = {
  length: 10_000,
  depth: 64,
  comparisons: 200,
  items: 1_000,
  steps: 4,
  references: 20,
  digits: 30,
  /** Relations asked about in all, and inside each other. */
  relations: 10,
  nested: 3,
  /** Functions and signs of calculation. */
  calculations: 64,
} as const;

/** The tree of an expression's text, or every mistake in its writing; the tree is safe to walk recursively. */
export type Syntax = { readonly tree: Tree } | { readonly mistakes: readonly ExpressionMistake[] };

/** Reads an expression without looking at what its names mean. */
export function parseSyntax(text: string): Syntax {
  const refused = (
    message: ExpressionMistake['message'],
    params: ExpressionMistake['params'],
    from = 0,
    to = text.length,
  ): Syntax => ({
    mistakes: [{ from, to, message, params, suggestions: [] }],
  });
  if (text.length > limits.length)
    return refused(syntaxMessages.tooLong, { length: text.length, limit: limits.length }, limits.length);
  if (text.trim() === '') return refused(syntaxMessages.empty, {});
  const strange = text.search(/\0|\p{Surrogate}/u);
  if (strange >= 0) return refused(syntaxMessages.character, {}, strange, strange + 1);

  const tree = parser.parse(text);
  const { depth, comparisons, calculations } = measure(tree);
  if (depth > limits.depth) return refused(syntaxMessages.tooDeep, { limit: limits.depth });
  if (comparisons > limits.comparisons)
    return refused(syntaxMessages.tooMany, { count: comparisons, limit: limits.comparisons });
  if (calculations > limits.calculations)
    return refused(syntaxMessages.tooMuch, { count: calculations, limit: limits.calculations });
  const mistakes = syntaxMistakes(text, tree);
  return mistakes.length > 0 ? { mistakes } : { tree };
}

const calculating: ReadonlySet<string> = new Set(['Arithmetic', 'Negative', 'Call']);
const comparing: ReadonlySet<string> = new Set(['Compare', 'In', 'Match', 'Empty']);

interface Measured {
  readonly depth: number;
  readonly comparisons: number;
  readonly calculations: number;
}

function measure(tree: Tree): Measured {
  let depth = 0;
  let calculations = 0;
  let deepest = 0;
  let comparisons = 0;
  tree.iterate({
    enter: (node) => {
      depth += 1;
      deepest = Math.max(deepest, depth);
      if (calculating.has(node.name)) calculations += 1;
      if (comparing.has(node.name) || (node.name === 'Path' && standsAlone(node.node))) comparisons += 1;
    },
    leave: () => {
      depth -= 1;
    },
  });
  return { depth: deepest, comparisons, calculations };
}

/** True of a name that is a condition by itself: a checkbox. */
function standsAlone(path: SyntaxNode): boolean {
  let above = path.parent;
  while (above?.name === 'Parens') above = above.parent;
  return above !== null && joining.has(above.name);
}

const joining: ReadonlySet<string> = new Set(['Expression', 'And', 'Or', 'Not']);

/** The nodes directly below one, words and signs without a node of their own left out. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (!punctuation.has(child.name)) children.push(child);
  return children;
}

const punctuation: ReadonlySet<string> = new Set(['(', ')', ',', '.']);
