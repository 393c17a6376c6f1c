import { cutText } from '../../lib/cut-text.ts';
import { fold } from '../../lib/fold.ts';
import {
  addressesIn,
  addressMark,
  digitsMark,
  fewestDigits,
  longestAddress,
  titleMark,
  wordsIn,
} from './words.ts';

/** Most words of a search that count. */
const mostWords = 8;

/** A token of the index that is looked for, whole or by its beginning. */
export interface Sought {
  readonly token: string;
  readonly isBeginning: boolean;
}

/** One word of a search: a record has it when it has one of its tokens. */
export interface Term {
  /** The word, or run of digits, as folded. */
  readonly typed: string;
  readonly anyOf: readonly Sought[];
  /** The same, word for word. */
  readonly exactly: readonly Sought[];
  readonly inTitle: readonly Sought[];
  readonly exactlyInTitle: readonly Sought[];
}

/** What is looked for: records that have all terms of one of the ways in which the text can be taken. */
export type SearchQuery = readonly (readonly Term[])[];

/**
 * Reads what somebody typed: each word is the beginning of a word; digits are any run of a phone number's. One or
 * two letters are looked for only at the beginning of title words (or as a whole word), where the index holds
 * them ready. Null when there is nothing to look for.
 */
export function readSearch(text: string): SearchQuery | null {
  const words = [...new Set(wordsIn(text.slice(0, 200)))].slice(0, mostWords);
  const apart = words.length === 0 ? [] : [words.map(wordTerm)];
  const asPhone = phoneTerm(text);
  if (asPhone === null) return apart.length === 0 ? null : apart;
  // As typed it may also be several words: `12 2024`.
  return words.length > 1 ? [[asPhone], ...apart] : [[asPhone]];
}

/** The number of a record as somebody typed it. */
export interface TypedNumber {
  /** The folded letters that it begins with. */
  readonly prefix: string;
  readonly query: SearchQuery;
}

/**
 * Reads what somebody typed as the number of a record, `OPP-00042` or `opp 42`: letters and digits, which the index holds
 * written together. Null when it can't be one.
 */
export function readNumber(text: string): TypedNumber | null {
  const [, letters = '', digits = ''] = /^\s*(\p{L}+)[\s\-_/]*(\d+)\s*$/u.exec(text.slice(0, 60)) ?? [];
  const [number] = wordsIn(letters + digits);
  const [prefix] = wordsIn(letters);
  if (number === undefined || prefix === undefined) return null;
  const inFull = [whole(number)];
  const inTitle = [whole(titleMark + number)];
  const term = { typed: number, anyOf: inFull, exactly: inFull, inTitle, exactlyInTitle: inTitle };
  return { prefix, query: [[term]] };
}

/** Reads what somebody typed as (part of) an e-mail address, `desk@sub` or `@example.org`. Null when it is none. */
export function readAddress(text: string): SearchQuery | null {
  const [address, ...more] = addressesIn(fold(text.slice(0, 200).trim()));
  if (address === undefined || more.length > 0 || address !== fold(text.trim())) return null;
  const token = addressMark + cutText(address, longestAddress);
  const inTitle = [whole(titleMark + token)]; // a title has no such words
  const term = { typed: address, anyOf: [beginning(token)], exactly: [whole(token)], inTitle };
  return [[{ ...term, exactlyInTitle: inTitle }]];
}

/**
 * Reads the same for who has no such address: its words in full, for it is written to their end, but for the last one of
 * an address without a dot after its @. Their beginnings would be those of thousands of other addresses.
 */
export function readAddressWords(text: string): SearchQuery | null {
  const words = wordsIn(text.slice(0, 200));
  const ended = /@.*\./.test(text) ? words : words.slice(0, -1);
  return ended.reduce<SearchQuery | null>((query, word) => query && withWhole(query, word), readSearch(text));
}

/** The same search, `word` looked for in full only: what stands before a number is written to its end. */
export const withWhole = (query: SearchQuery, word: string): SearchQuery =>
  query.map((way) =>
    way.map((term) =>
      term.typed === word
        ? { ...term, anyOf: [...term.exactly, ...term.exactlyInTitle], inTitle: term.exactlyInTitle }
        : term,
    ),
  );

function wordTerm(word: string): Term {
  const isShort = [...word].length < 3;
  const isNumber = /^\d+$/.test(word) && word.length >= fewestDigits;
  return {
    typed: word,
    anyOf: [
      ...(isShort ? [whole(titleMark + word), whole(word)] : [beginning(word)]),
      ...(isNumber ? [beginning(digitsMark + word)] : []),
    ],
    exactly: [whole(word)],
    inTitle: [isShort ? whole(titleMark + word) : beginning(titleMark + word)],
    exactlyInTitle: [whole(titleMark + word)],
  };
}

/** `06 12 34` and `+33 6 12 34`: digits with what people write between them, taken as one run. */
function phoneTerm(text: string): Term | null {
  if (!/^[\d\s+().\-/]+$/.test(text)) return null;
  const digits = text.replace(/\D+/g, '').slice(0, 30);
  if (digits.length < fewestDigits) return null;
  // The trunk prefix (0) or the international one (00) isn't part of the number as kept in E.164.
  const national = digits.replace(/^0+/, '');
  const runs = [...new Set([digits, ...(national.length >= fewestDigits ? [national] : [])])];
  return {
    typed: digits,
    anyOf: runs.flatMap((run) => [beginning(digitsMark + run), beginning(run)]),
    exactly: runs.flatMap((run) => [whole(digitsMark + run), whole(run)]),
    inTitle: runs.map((run) => beginning(titleMark + run)),
    exactlyInTitle: runs.map((run) => whole(titleMark + run)),
  };
}

const whole = (token: string): Sought => ({ token, isBeginning: false });
const beginning = (token: string): Sought => ({ token, isBeginning: true });

/** The same search, each word that `meant` knows taken for those as well. */
export const withMeant = (query: SearchQuery, meant: ReadonlyMap<string, readonly string[]>): SearchQuery =>
  query.map((way) =>
    way.map((term) => {
      const words = meant.get(term.typed) ?? [];
      return {
        ...term,
        anyOf: [...term.anyOf, ...words.map(whole)],
        inTitle: [...term.inTitle, ...words.map((word) => whole(titleMark + word))],
      };
    }),
  );

/** The words that may have been mistyped. */
export const typedWords = (query: SearchQuery): readonly string[] => [
  ...new Set(query.flatMap((way) => way.map(({ typed }) => typed))),
];

/** What to look for in the index, as a text to be cast to `tsquery`. */
export const everyTerm = (query: SearchQuery, of: 'anyOf' | 'exactly'): string =>
  query.map((way) => `(${way.map((term) => anyOf(term[of])).join(' & ')})`).join(' | ');

/**
 * The same where the title has one of the terms at least. Words of a title stand in the index beside the plain ones, so
 * of a single term they alone are looked for: two beginnings cost twice what one does.
 */
export function everyTermInTitle(query: SearchQuery, of: 'anyOf' | 'exactly'): string {
  const title = of === 'anyOf' ? 'inTitle' : 'exactlyInTitle';
  const some = query.flatMap((way) => way.map((term) => anyOf(term[title]))).join(' | ');
  return query.flat().length === 1 ? some : `(${everyTerm(query, of)}) & (${some})`;
}

const anyOf = (sought: readonly Sought[]): string =>
  `(${sought.map(({ token, isBeginning }) => lexeme(token) + (isBeginning ? ':*' : '')).join(' | ')})`;

/** A lexeme quoted for `tsquery`; words hold letters and digits only, the marks are ours. */
const lexeme = (word: string): string => `'${word.replace(/['\\]/g, (letter) => letter + letter)}'`;

/**
 * How well tokens match, as `readHits` ranks, worked out here for the tokens that a reader may see; null when they
 * don't. 0: every word in full, one of them in the title; 1: a title word begins so; 2: in full elsewhere; 3: the rest.
 */
export function rankOf(query: SearchQuery, tokens: readonly string[]): number | null {
  const all = new Set(tokens);
  const has = ({ token, isBeginning }: Sought): boolean =>
    isBeginning ? tokens.some((each) => each.startsWith(token)) : all.has(token);
  const some = (of: 'inTitle' | 'exactlyInTitle'): boolean =>
    query.some((way) => way.some((term) => term[of].some(has)));
  const every = (of: 'anyOf' | 'exactly'): boolean =>
    query.some((way) => way.every((term) => term[of].some(has)));
  if (!every('anyOf')) return null;
  const isFull = every('exactly');
  if (isFull && some('exactlyInTitle')) return 0;
  if (some('inTitle')) return 1;
  return isFull ? 2 : 3;
}
