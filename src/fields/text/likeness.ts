import { cutText } from '../../lib/cut-text.ts';
import { editDistance } from '../../lib/edit-distance.ts';
import { fold } from '../../lib/fold.ts';
import { foldedWords } from '../../lib/word-likeness.ts';

/** Words of a firm's or household's name that tell nothing: what kind of firm it is. */
const forms = new Set(
  'ab ag as asbl bv bvba co company corp corporation de der die el eurl familia familie famille family gmbh group groupe grupo holding holdings household inc incorporated kg la le les limited llc llp ltd ltda nv of oy plc pty sa sarl sas sasu sl slu snc sociedad societe spa spol srl the und ug y'.split(
    ' ',
  ),
);

/** Letters of a name by whose beginning names like it are looked for. */
const fewest = 4;
const beginning = 12;

/**
 * How alike two names of firms are: 1 the same, −1 others. Legal forms, punctuation and the order of the words tell
 * nothing; a letter or two may be mistyped; different numbers are different firms.
 */
export function firmLikeness(one: string, other: string): number {
  if (fold(one) === fold(other)) return 1;
  const [a, b] = [tellingWords(one), tellingWords(other)];
  const [all, others] = [a.join(''), b.join('')];
  if (all === others) return 0.95;
  if (numbersIn(a) !== numbersIn(b)) return -1;
  if ([...a].sort().join(' ') === [...b].sort().join(' ')) return 0.9;
  const [short, long] = all.length <= others.length ? [all, others] : [others, all];
  const mistakes = editDistance(all, others, 3);
  if (mistakes === 1 && short.length >= 5) return 0.85;
  if (mistakes === 2 && short.length >= 9) return 0.75;
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  const isWithin = few.length > 0 && few.every((word) => many.includes(word)) && short.length >= fewest;
  if (isWithin) return long.length <= short.length * 2 ? 0.6 : 0.4;
  return -1;
}

/** How the names of firms like it begin: its own without legal forms, and without the last letters of a long one. */
export function firmBeginning(name: string): string | null {
  const folded = fold(name);
  const [first] = tellingWords(name);
  const start = first === undefined ? -1 : folded.indexOf(first);
  if (start !== 0 || folded.length < fewest) return null;
  const known = tellingWords(name).join(' ');
  const asWritten = folded.startsWith(known) ? known : folded;
  return cutText(asWritten, Math.min(beginning, Math.max(fewest, asWritten.length - 2)));
}

function tellingWords(name: string): readonly string[] {
  const words = foldedWords(
    fold(name)
      .replace(/[.'’/]/g, '')
      .replace(/&/g, ' '),
  );
  const telling = words.filter((word) => !forms.has(word));
  return telling.length > 0 ? telling : words;
}

const numbersIn = (words: readonly string[]): string => words.filter((word) => /\d/.test(word)).join(' ');
