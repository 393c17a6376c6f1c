import { fold } from '../../lib/fold.ts';
import { nicknameOf } from '../../lib/nicknames.ts';
import { foldedWords, wordLikeness } from '../../lib/word-likeness.ts';

type Name = Readonly<Record<'first' | 'middle' | 'last', string | null>>;

interface Words {
  readonly first: readonly string[];
  readonly last: readonly string[];
}

/** How alike two first names are, by what people of them are called. */
const called = { same: 0.9, called: 0.75, both: 0.6 } as const;

/** Below this two words are no mistyped form of one another. */
const typed = 0.65;

/**
 * How alike the names of two people are: 1 the same person's, 0 tells nothing, −1 another's. First and last name may
 * be swapped, mistyped, shortened; somebody of the same last name and another first name is somebody else.
 */
export function nameLikeness(one: Name, other: Name): number {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  const [all, others] = [sorted(a), sorted(b)];
  if (all.length > 1 && all.join(' ') === others.join(' '))
    return joined(a.last) === joined(b.last) ? 1 : 0.95;
  if (isHalf(a) || isHalf(b)) return halfLikeness(a, b);
  // Which of the two is swapped matters: only first names have short forms.
  const swapped = Math.max(wholeLikeness(a, swap(b)), wholeLikeness(swap(a), b));
  return Math.max(wholeLikeness(a, b), swapped > typed ? swapped * 0.95 : -1);
}

/** The ways in which a name is written last name first, to be looked for: as it stands, and swapped. */
export function writtenWays(name: Name): readonly string[] {
  const { first, last } = name;
  const ways = [
    [last, first],
    [first, last],
  ].map((parts) => fold(parts.filter(Boolean).join(' ')));
  return [...new Set(ways)].filter((way) => way !== '');
}

/** First and last name as folded texts of their own. */
export const partsOfName = ({ first, last }: Name): readonly string[] =>
  [first, last].map((part) => fold(part ?? '')).filter((part) => part !== '');

function wordsOf({ first, middle, last }: Name): Words {
  const words = (part: string | null): readonly string[] => foldedWords(fold(part ?? ''));
  return { first: [...words(first), ...words(middle)], last: words(last) };
}

const swap = ({ first, last }: Words): Words => ({ first: last, last: first });
const sorted = ({ first, last }: Words): readonly string[] => [...first, ...last].sort();
const joined = (words: readonly string[]): string => words.join('');
const isHalf = ({ first, last }: Words): boolean => first.length === 0 || last.length === 0;

/** Of a name that is known in part: what both hold tells little when it is the same, much when it isn't. */
function halfLikeness(a: Words, b: Words): number {
  const part = a.first.length > 0 && b.first.length > 0 ? 'first' : 'last';
  const [one, other] = [a[part], b[part]];
  if (one.length === 0 || other.length === 0) return 0;
  const alike = partLikeness(one, other);
  return alike > 0 ? alike * (part === 'last' ? 0.5 : 0.3) : -1;
}

function wholeLikeness(a: Words, b: Words): number {
  const first = firstLikeness(a.first, b.first);
  const last = partLikeness(a.last, b.last);
  if (first > 0 && last > 0) return first * last;
  // A last name changes with a marriage, a first name hardly ever.
  return first === 1 && last === 0 ? -0.5 : -1;
}

/** Of first names with those that follow them, which often are left out. */
function firstLikeness(one: readonly string[], other: readonly string[]): number {
  const [a = '', b = ''] = [one[0], other[0]];
  const nickname = calledLikeness(one, other);
  const alike =
    nickname === 0 && isOtherForm(a, b)
      ? 0.4
      : Math.max(nickname, wordLikeness(a, b), wordLikeness(joined(one), joined(other)));
  const [middle, otherMiddle] = [joined(one.slice(1)), joined(other.slice(1))];
  if (middle === '' || otherMiddle === '' || wordLikeness(middle, otherMiddle) > 0) return alike;
  return alike * 0.6;
}

/** Bill and William: of the first of several names, or of all of them together (José María, Chema). */
function calledLikeness(one: readonly string[], other: readonly string[]): number {
  const told = [
    nicknameOf(one[0] ?? '', other[0] ?? ''),
    nicknameOf(joined(one), other[0] ?? ''),
    nicknameOf(one[0] ?? '', joined(other)),
  ];
  return Math.max(...told.map((each) => (each === null ? 0 : called[each])));
}

/** Of last names; one of two last names stands for both. */
function partLikeness(one: readonly string[], other: readonly string[]): number {
  const whole = wordLikeness(joined(one), joined(other));
  const [few, many] = one.length <= other.length ? [one, other] : [other, one];
  const isPart = few.length < many.length && few.some((word) => word.length > 2 && many.includes(word));
  return Math.max(whole, isPart ? 0.85 : 0);
}

/** Jean and Jeanne, Mario and Maria: two names that a mistyped letter doesn't make one. */
function isOtherForm(one: string, other: string): boolean {
  if (one === other || Math.min(one.length, other.length) < 3) return false;
  const stem = (word: string): string => word.replace(/(?<=..)(?:(?<=l)le|(?<=n)ne|(?<=t)te|[aeo])$/, '');
  return stem(one) === stem(other) || stem(one) === other || one === stem(other);
}
