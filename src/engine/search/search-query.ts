import { digitsMark, fewestDigits, titleMark, wordsIn } from './words.ts';

/** Most words of a search that count. */
const mostWords = 8;

/** What to look for in the index, as texts to be cast to `tsquery`. */
export interface SearchQuery {
  /** Records that have every word. */
  readonly all: string;
  /** Those among them whose title has a word that begins like one of the words. */
  readonly inTitle: string;
}

/**
 * Reads what somebody typed: each word is the beginning of a word; digits are any run of a phone number's. One or
 * two letters are looked for only at the beginning of title words (or as a whole word), where the index holds
 * them ready. Null when there is nothing to look for.
 */
export function readSearch(text: string): SearchQuery | null {
  const asPhone = phoneQuery(text);
  if (asPhone !== null) return asPhone;
  const words = [...new Set(wordsIn(text.slice(0, 200)))].slice(0, mostWords);
  if (words.length === 0) return null;
  return {
    all: words.map(wordQuery).join(' & '),
    inTitle: words.map((word) => titleQuery(word)).join(' | '),
  };
}

function wordQuery(word: string): string {
  const isShort = [...word].length < 3;
  const asWord = isShort ? `(${lexeme(titleMark + word)} | ${lexeme(word)})` : `${lexeme(word)}:*`;
  if (!/^\d+$/.test(word) || word.length < fewestDigits) return asWord;
  return `(${asWord} | ${lexeme(digitsMark + word)}:*)`;
}

const titleQuery = (word: string): string =>
  [...word].length < 3 ? lexeme(titleMark + word) : `${lexeme(titleMark + word)}:*`;

/** `06 12 34` and `+33 6 12 34`: digits with what people write between them, taken as one run. */
function phoneQuery(text: string): SearchQuery | null {
  if (!/^[\d\s+().\-/]+$/.test(text)) return null;
  const digits = text.replace(/\D+/g, '').slice(0, 30);
  if (digits.length < fewestDigits) return null;
  // The trunk prefix (0) or the international one (00) isn't part of the number as kept in E.164.
  const national = digits.replace(/^0+/, '');
  const runs = [...new Set([digits, ...(national.length >= fewestDigits ? [national] : [])])];
  const words = runs.map((run) => `${lexeme(digitsMark + run)}:* | ${lexeme(run)}:*`);
  // As typed it may also be several words: `12 2024`.
  const apart = wordsIn(text).map((word) => wordQuery(word));
  const all = `(${words.join(' | ')})${apart.length > 1 ? ` | (${apart.join(' & ')})` : ''}`;
  return { all, inTitle: wordsIn(text).map(titleQuery).join(' | ') };
}

/** A lexeme quoted for `tsquery`; words hold letters and digits only, the marks are ours. */
const lexeme = (word: string): string => `'${word.replace(/['\\]/g, (letter) => letter + letter)}'`;
