import { editDistance } from './edit-distance.ts';

/** A word is held to be the same with one letter mistyped from so many letters on, and with two. */
const once = 4;
const twice = 8;
/** Letters that a short form must have to stand for the long one: Rob for Robert. */
const shortForm = 3;

/**
 * How alike two folded words are: 1 the same, 0 others. Mistyped letters, initials and short forms are alike in part;
 * the shorter the word, the less a mistyped letter is forgiven.
 */
export function wordLikeness(one: string, other: string): number {
  if (one === other) return one === '' ? 0 : 1;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length < 2) return short !== '' && long.startsWith(short) ? 0.6 : 0;
  const mistakes = editDistance(one, other, 3);
  if (mistakes === 1 && long.length > once) return 0.85;
  if (mistakes === 2 && long.length >= twice) return 0.75;
  if (short.length >= shortForm && long.startsWith(short)) return 0.7;
  if (mistakes === 1 && long.length === once) return 0.65;
  return mistakes === 1 && short.length >= shortForm ? 0.5 : 0;
}

/** The folded words of a text: runs of letters and digits. */
export const foldedWords = (folded: string): readonly string[] => folded.match(/[\p{L}\p{N}]+/gu) ?? [];
