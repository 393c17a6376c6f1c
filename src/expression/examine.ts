import type { Locale } from '../lib/locale.ts';
import { Problem, problemDocument } from '../lib/problem.ts';
import { compileExpression } from './compile.ts';
import { format } from './format.ts';
import { compileLn } from './ln/compile-ln.ts';
import { lnNames } from './ln/ln-names.ts';
import type { ExpressionError } from './mistakes.ts';
import type { Scope } from './scope.ts';

/** One thing wrong with an expression, in a reader's language. */
export interface ToldMistake extends ExpressionError {
  readonly code: string;
  readonly message: string;
}

/** What can be told of an expression without running it. */
export interface Examined {
  /** By place; none = it may be used. */
  readonly mistakes: readonly ToldMistake[];
  /** In its tidy form and in our own notation; null while there are mistakes or nothing is said. */
  readonly formatted: string | null;
}

/** Checks an expression, or a selection in LN's notation, and says what is wrong in a reader's language. */
export function examine(
  text: string,
  scope: Scope,
  locale: Locale,
  notation: 'own' | 'ln' = 'own',
): Examined {
  if (notation === 'own' && text.trim() === '') return { mistakes: [], formatted: null };
  try {
    const compiled =
      notation === 'ln' ? compileLn(text, scope, lnNames(scope)) : compileExpression(text, scope);
    return { mistakes: [], formatted: compiled && format(compiled.text) };
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'bad-expression') throw error;
    const told = problemDocument(error, locale).mistakes as readonly { code: string; message: string }[];
    const places = (error.detail.extra?.errors ?? []) as readonly ExpressionError[];
    return {
      mistakes: places.map((place, at) => ({
        ...place,
        code: told[at]?.code ?? '',
        message: told[at]?.message ?? '',
      })),
      formatted: null,
    };
  }
}

/** What a text means in our notation when it is no expression of ours but one of LN's; null otherwise. */
export function translatedLn(text: string, scope: Scope, locale: Locale): string | null {
  if (!/[(]\s*\w+\s*,|\bIN\b|\|/.test(text) || examine(text, scope, locale).mistakes.length === 0)
    return null;
  return examine(text, scope, locale, 'ln').formatted;
}
