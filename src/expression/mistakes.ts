import { labels } from '../lib/locale.ts';
import type { Message, MessageParams } from '../lib/message.ts';
import { Problem } from '../lib/problem.ts';

/** One thing wrong with an expression, where it stands in the text, and what may have been meant. */
export interface ExpressionMistake {
  /** Offset of the first character, counted from 0 in UTF-16 units as editors do. */
  readonly from: number;
  /** Offset after the last character; equal to `from` where something is missing. */
  readonly to: number;
  readonly message: Message;
  readonly params: MessageParams;
  /** Texts that may stand in place of `from`..`to`, best first. */
  readonly suggestions: readonly string[];
}

/** A mistake as the problem document carries it, in the order of its `mistakes`, which hold the sentences. */
export interface ExpressionError {
  readonly from: number;
  readonly to: number;
  /** From 1. */
  readonly line: number;
  /** From 1, in characters. */
  readonly column: number;
  readonly suggestions: readonly string[];
}

/** The refusal of an expression with all its mistakes; `field` names where the expression was sent. */
export function badExpression(text: string, mistakes: readonly ExpressionMistake[], field: string): Problem {
  const ordered = [...mistakes].sort((a, b) => a.from - b.from).slice(0, 20);
  const errors = ordered.map(
    ({ from, to, suggestions }): ExpressionError => ({ from, to, ...position(text, from), suggestions }),
  );
  return new Problem('bad-expression', {
    mistakes: ordered.map((mistake, index) => {
      const { line = 1, column = 1 } = errors[index] ?? {};
      return {
        field,
        message: mistake.message,
        params: { ...mistake.params, line, column, hint: hint(mistake.suggestions) },
        value: text.slice(mistake.from, Math.min(mistake.to, mistake.from + 80)),
      };
    }),
    extra: { errors },
  });
}

/** Line and column, both from 1, of an offset; a column counts characters, not UTF-16 units. */
export function position(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 };
}

function hint(suggestions: readonly string[]): MessageParams[string] {
  if (suggestions.length === 0) return '';
  const list = suggestions.join(', ');
  return labels(
    ` Did you mean: ${list}?`,
    ` Vouliez-vous dire\u00a0: ${list}\u00a0?`,
    ` ¿Quería decir: ${list}?`,
  );
}
