import { wholeWithin } from './decimals.ts';
import type { Calculation } from './lower.ts';
import { capitals, lowered, whiteSpace } from './texts.ts';

/** Characters that a part of a text may at most be counted from or in. */
export const longestText = 1_000_000;

/** A calculation with texts; letters only change their case where case counts. */
export function textOf(
  { name }: Extract<Calculation, { readonly is: 'call' }>,
  [text = '', second = '', third]: readonly string[],
  exact: boolean,
): string | null {
  const count = (number: string): number => wholeWithin(number, 0, longestText);
  switch (name) {
    case 'length':
      return String([...text].length);
    case 'lower':
      return exact ? lowered(text) : text;
    case 'upper':
      return exact ? capitals(text) : text;
    case 'trim':
      return trimmed(text);
    case 'left':
      return [...text].slice(0, count(second)).join('');
    case 'right':
      return count(second) === 0 ? '' : [...text].slice(-count(second)).join('');
    case 'substring': {
      const from = Math.max(1, count(second)) - 1;
      return [...text].slice(from, third === undefined ? undefined : from + count(third)).join('');
    }
    default:
      return null;
  }
}

function trimmed(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && whiteSpace.includes(text.charAt(from))) from += 1;
  while (to > from && whiteSpace.includes(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}
