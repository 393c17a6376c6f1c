import { fieldType } from '../../fields/index.ts';
import { cutText } from '../../lib/cut-text.ts';
import { fold } from '../../lib/fold.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { Values } from '../../model/record.ts';
import { isForgiving } from './near-keys.ts';

/** What the search index holds of a record. */
export interface SearchEntry {
  /** Its tokens, for `array_to_tsvector`: words, words of the title marked, tails of phone digits and of e-mail addresses marked. */
  readonly words: readonly string[];
  /** What names the record to people. */
  readonly title: string | null;
}

/** Longest word and most words kept of a record; nobody searches for what lies beyond. */
const longest = 60;
const mostWords = 2000;

/** Digits that must be typed before a phone number is found by them. */
export const fewestDigits = 4;

/** The search entry of a record: the words of the fields its entity names in `search`, and its title. */
export function searchWords(entity: Entity, values: Values): SearchEntry {
  const title = titleText(entity, values);
  const tokens = new Set<string>();
  for (const word of wordsIn(title ?? '')) addTitleWord(tokens, word);
  addAddresses(tokens, title ?? '');
  for (const name of entity.search) {
    const field = entity.fields[name];
    if (!field || isHidden(field) || tokens.size > mostWords) continue;
    for (const text of textsIn(values[name])) for (const word of wordsIn(text)) tokens.add(word);
    for (const text of textsIn(values[name])) addAddresses(tokens, text);
    if (field.type === 'phone') for (const text of textsIn(values[name])) addDigits(tokens, text);
    if (field.type === 'serial') for (const text of textsIn(values[name])) addNumber(tokens, text);
  }
  return { words: [...tokens].slice(0, mostWords), title };
}

/** The text that names a record, from its values; null when it has none or a reference names it. */
export function titleText(entity: Entity, values: Values): string | null {
  const field = entity.fields[entity.title];
  const value = field && values[field.name];
  if (!field || isHidden(field) || value === null || value === undefined) return null;
  const type = fieldType(field.type);
  const text = type.target?.(field) ? null : type.paths(field)['']?.pick(value);
  return typeof text === 'string' && text !== '' ? text : null;
}

/** What only administrators see can't be looked for: the index is the same for all. */
const isHidden = (field: Field): boolean => field.options.adminOnly === true;

/** Whether the index holds the words of a field that a search looks at: what only administrators see isn't in it. */
export const isIndexed = (field: Field): boolean => !isHidden(field);

/** The folded words of a text: runs of letters and digits. */
export const wordsIn = (text: string): readonly string[] =>
  (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => cutText(word, longest));

/** Marks a token that stands for the beginning of a word of the title. */
export const titleMark = '=';

/** Marks a token that stands for digits of a phone number, from some digit to the end. */
export const digitsMark = '#';

/** A title's words are found first, and by one or two letters: so these stand in the index of their own. */
function addTitleWord(tokens: Set<string>, word: string): void {
  const letters = [...word];
  tokens.add(word);
  tokens.add(titleMark + word);
  tokens.add(titleMark + letters.slice(0, 1).join(''));
  tokens.add(titleMark + letters.slice(0, 2).join(''));
}

/** Marks a token that stands for an e-mail address, from the beginning of one of its words or from its @ on. */
export const addressMark = '@';

/** Longest part of an address that is held. */
export const longestAddress = 120;

/** What of a folded text is an e-mail address, as far as it is written. */
export const addressesIn = (folded: string): readonly string[] =>
  folded.match(/[^\s@<>()[\]",;:]*@[^\s@<>()[\]",;:]+/g) ?? [];

/**
 * The words of an address are common ones (`info`, `gmail`, `com`), so it is held as a whole too: whatever part of it
 * is typed, it is the beginning of one rare token.
 */
function addAddresses(tokens: Set<string>, text: string): void {
  if (!text.includes('@')) return;
  for (const address of addressesIn(fold(text))) {
    const at = address.indexOf('@');
    for (const { index } of address.slice(0, at).matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu))
      tokens.add(addressMark + cutText(address.slice(index), longestAddress));
    tokens.add(addressMark + cutText(address.slice(at), longestAddress));
  }
}

/** Every tail of the digits, so that any run of them is the beginning of a token. */
function addDigits(tokens: Set<string>, text: string): void {
  const digits = text.replace(/\D+/g, '').slice(0, 30);
  for (let from = 0; from + fewestDigits <= digits.length; from++)
    tokens.add(digitsMark + digits.slice(from));
}

/** A record's number names it: found by its digits with or without the noughts, and written together. */
function addNumber(tokens: Set<string>, text: string): void {
  const words = wordsIn(text);
  for (const word of [...words, words.join('')]) {
    if (!/\d/.test(word)) continue;
    for (const number of [word, word.replace(/(?<!\d)0+(?=\d)/, '')]) {
      tokens.add(number);
      tokens.add(titleMark + number);
    }
  }
}

/** All texts in a canonical value, of composites part by part. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** The words of an entry that somebody may mistype. */
export const forgivingWords = ({ words }: SearchEntry): readonly string[] => words.filter(isForgiving);
