import { fold } from '../lib/fold.ts';

/** Folds a piece of a text: unlike `fold`, a space at its ends stays, for it may come to stand inside. */
export const foldPiece = (text: string): string => fold(`.${text}.`).slice(1, -1);

/** What a calculated folded text is compared as: spaces joined, none at its ends. */
export const settled = (text: string): string => text.replace(/ +/g, ' ').replace(/^ | $/g, '');

/** White space as `trim` takes it away, in both back ends. */
export const whiteSpace =
  ' \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';

/** Every letter that has one small counterpart, beside that counterpart: the same table in both back ends. */
export const letterCases: { readonly upper: string; readonly lower: string } = pairs();

/** The text in small letters, letter by letter. */
export const lowered = (text: string): string => replaced(text, toLower);

/** The text in capitals, letter by letter. */
export const capitals = (text: string): string => replaced(text, toUpper);

function pairs(): { upper: string; lower: string } {
  let upper = '';
  let lower = '';
  for (let code = 0x41; code < 0x2000; code += 1) {
    const letter = String.fromCodePoint(code);
    const small = letter.toLowerCase();
    // Both ways, so that what is put in small letters and in capitals again is the same.
    if (small === letter || [...small].length !== 1 || small.toUpperCase() !== letter) continue;
    upper += letter;
    lower += small;
  }
  return { upper, lower };
}

const table = (from: string, to: string): ReadonlyMap<string, string> =>
  new Map([...from].map((letter, at) => [letter, [...to][at] ?? letter]));
const toLower = table(letterCases.upper, letterCases.lower);
const toUpper = table(letterCases.lower, letterCases.upper);

const replaced = (text: string, by: ReadonlyMap<string, string>): string =>
  [...text].map((letter) => by.get(letter) ?? letter).join('');
