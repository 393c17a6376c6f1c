import { Problem } from '../../lib/problem.ts';
import { compileExpression } from '../compile.ts';
import { syntaxMessages } from '../messages.ts';
import { badExpression, type ExpressionError, position } from '../mistakes.ts';
import type { Scope } from '../scope.ts';
import { limits } from '../syntax.ts';
import type { Compiled } from '../tree.ts';
import { isLnMistake, type LnNames, readLn } from './read-ln.ts';

/**
 * Reads a selection in LN's notation and compiles it as our own; null when it says nothing, which is no criterion.
 * Mistakes have their places in the text as it was written.
 */
export function compileLn(text: string, scope: Scope, names: LnNames, field = 'where'): Compiled | null {
  if (text.length > limits.length) {
    const params = { length: text.length, limit: limits.length };
    const mistake = {
      from: limits.length,
      to: text.length,
      message: syntaxMessages.tooLong,
      params,
      suggestions: [],
    };
    throw badExpression(text, [mistake], field);
  }
  const read = readLn(text, scope, names);
  if (read === null) return null;
  if (isLnMistake(read)) throw badExpression(text, [read], field);
  const written = read.map((piece) => piece.text).join(' ');
  try {
    return compileExpression(written, scope, field);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'bad-expression') throw error;
    const placed = placeOf(read);
    const errors = ((error.detail.extra?.errors ?? []) as readonly ExpressionError[]).map((each) => {
      const from = placed(each.from).from;
      // What would be put in place is written in our own notation.
      return { from, to: Math.max(from, placed(each.to - 1).to), ...position(text, from), suggestions: [] };
    });
    const mistakes = (error.detail.mistakes ?? []).map((mistake, at) => {
      const { line = 1, column = 1, from = 0, to = 0 } = errors[at] ?? {};
      return {
        ...mistake,
        params: { ...mistake.params, line, column },
        value: text.slice(from, Math.min(to, from + 80)),
      };
    });
    throw new Problem('bad-expression', { mistakes, extra: { errors } });
  }
}

type Piece = { readonly text: string; readonly from: number; readonly to: number };

/** Finds which piece of the notation an offset of the translation comes from. */
const placeOf =
  (pieces: readonly Piece[]) =>
  (offset: number): Piece => {
    let end = -1;
    for (const piece of pieces) {
      end += piece.text.length + 1;
      if (offset <= end) return piece;
    }
    return pieces.at(-1) ?? { text: '', from: 0, to: 0 };
  };
