import type { SyntaxNodeRef, Tree } from '@lezer/common';
import { keywords } from './grammar/keywords.ts';
import { meaningMessages, syntaxMessages } from './messages.ts';
import type { ExpressionMistake } from './mistakes.ts';
import { nearest } from './nearest.ts';

/** How other languages write what ours writes otherwise. */
const translations: Readonly<Record<string, readonly string[]>> = {
  '==': ['='],
  '&': ['and'],
  '&&': ['and'],
  '|': ['or'],
  '||': ['or'],
  '!': ['not'],
  like: ['contains', 'starts with'],
  between: ['in 1..5'],
  begins: ['starts with'],
  startswith: ['starts with'],
  endswith: ['ends with'],
};

/** Sentences for the places where the parser could not go on, five at most. */
export function syntaxMistakes(text: string, tree: Tree): readonly ExpressionMistake[] {
  const mistakes: ExpressionMistake[] = [];
  let end = -1;
  tree.iterate({
    enter: (node) => {
      if (!node.type.isError || mistakes.length >= 5 || node.from < end) return;
      // What follows at once is the same stumble.
      const continues = end >= 0 && text.slice(end, node.from).trim() === '';
      if (continues) {
        end = node.to;
        return;
      }
      const mistake = explain(text, node);
      end = Math.max(mistake.to, node.to);
      mistakes.push(mistake);
    },
  });
  return mistakes;
}

function explain(text: string, node: SyntaxNodeRef): ExpressionMistake {
  const at = (
    from: number,
    to: number,
    message: ExpressionMistake['message'],
    params = {},
    suggestions: readonly string[] = [],
  ) => ({
    from,
    to,
    message,
    params,
    suggestions,
  });
  const first = text[node.from] ?? '';
  if (/["']/.test(first) && !closedAt(text, node.from))
    return at(node.from, text.length, syntaxMessages.openQuote);
  if (/[“”„«»‘’]/.test(first)) return at(node.from, node.from + 1, syntaxMessages.curlyQuote, {}, ['"']);
  if (first === ')' && openBefore(text, node.from).length === 0)
    return at(node.from, node.from + 1, syntaxMessages.strayParenthesis);
  if (first === '=' && text[node.from - 1] === '=')
    return at(node.from - 1, node.from + 1, syntaxMessages.unexpected, { found: '==' }, ['=']);
  if (text.startsWith('..', node.from)) return at(node.from, node.from + 2, meaningMessages.notRange);
  if (node.from === node.to) {
    const parent = node.node.parent;
    const rest = text.slice(node.from).trim();
    if (
      parent?.name === 'Parens' &&
      text[parent.from] === '(' &&
      rest === '' &&
      !/[(,]$|\b(?:and|or|not)$/i.test(text.slice(0, node.from).trim())
    )
      return at(parent.from, parent.from + 1, syntaxMessages.openParenthesis);
    const after = wordBefore(text, node.from);
    if (after !== '') return at(node.from, node.from, syntaxMessages.missing, { after });
  }
  const found = wordAt(text, node.from);
  const suggestions =
    translations[found.toLowerCase()] ?? (/^\p{L}/u.test(found) ? nearest(found, operators) : []);
  return at(node.from, node.from + found.length, syntaxMessages.unexpected, { found }, suggestions);
}

const operators: readonly string[] = [...keywords, 'starts with', 'ends with', 'is empty'].filter(
  (word) => word !== 'with' && word !== 'my',
);

/** True when the quotation mark at `from` has its partner. */
const closedAt = (text: string, from: number): boolean => text.indexOf(text[from] ?? '', from + 1) >= 0;

/** Offsets of the parentheses still open at `offset`, those inside quotation marks left out. */
function openBefore(text: string, offset: number): readonly number[] {
  const open: number[] = [];
  for (const match of text.slice(0, offset).matchAll(/"[^"]*"|'[^']*'|[()]/g)) {
    if (match[0] === '(') open.push(match.index);
    else if (match[0] === ')') open.pop();
  }
  return open;
}

const wordBefore = (text: string, offset: number): string =>
  /[\p{L}\p{N}_.-]+$|[^\p{L}\p{N}\s]{1,2}$/u.exec(
    text.slice(Math.max(0, offset - 60), offset).trimEnd(),
  )?.[0] ?? '';

const wordAt = (text: string, offset: number): string =>
  /^[\p{L}\p{N}_.-]+|^[^\p{L}\p{N}\s"'(),]{1,2}|^./su.exec(text.slice(offset, offset + 40))?.[0] ?? '';
