import * as terms from './terms.generated.ts';

const reserved = new Map<string, number>([
  ['and', terms.and],
  ['or', terms.or],
  ['not', terms.not],
  ['in', terms._in],
  ['is', terms.is],
  ['true', terms._true],
  ['false', terms._false],
]);

const contextual = new Map<string, number>([
  ['contains', terms.contains],
  ['starts', terms.starts],
  ['ends', terms.ends],
  ['with', terms._with],
  ['empty', terms.empty],
  ['my', terms.my],
]);

/** The term of a word that can't be a name (`and`, `in` …), in any case of letters; -1 for others. */
export const reservedWord = (word: string, _stack?: unknown): number =>
  reserved.get(word.toLowerCase()) ?? -1;

/** The term of a word that is special only where an operator may stand (`contains`, `empty` …); -1 for others. */
export const contextWord = (word: string, _stack?: unknown): number =>
  contextual.get(word.toLowerCase()) ?? -1;

/** Every word of the language that a name could be mistaken for. */
export const keywords: readonly string[] = [...reserved.keys(), ...contextual.keys()];
