import { fold } from '../../lib/fold.ts';
import type { SearchQuery, Term } from './search-query.ts';
import { digitsMark, titleMark } from './words.ts';

/** From and to in a text, in UTF-16 units, as JavaScript cuts. */
export type Mark = readonly [number, number];

/** What of a text a search was about: the places, in their order, and the terms that have one. */
export interface Marked {
  readonly marks: readonly Mark[];
  readonly terms: ReadonlySet<string>;
}

/** Finds the parts of a text, as a person reads it, that a search matches. */
export function markedIn(text: string, query: SearchQuery): Marked {
  const marks: Mark[] = [];
  const terms = new Set<string>();
  const words = wordsWithPlaces(text);
  for (const term of query.flat()) {
    const found = [...markedWords(words, term), ...markedDigits(text, term)];
    if (found.length > 0) terms.add(term.typed);
    marks.push(...found);
  }
  return { marks: joined(marks), terms };
}

interface PlacedWord {
  readonly at: number;
  readonly text: string;
  readonly folded: string;
}

const wordsWithPlaces = (text: string): readonly PlacedWord[] =>
  [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map((match) => ({
    at: match.index,
    text: match[0],
    folded: fold(match[0]),
  }));

function markedWords(words: readonly PlacedWord[], { anyOf }: Term): readonly Mark[] {
  return words.flatMap(({ at, text, folded }): readonly Mark[] => {
    const lengths = anyOf.flatMap(({ token, isBeginning }) => {
      if (token.startsWith(digitsMark)) return [];
      const isOfTitle = token.startsWith(titleMark);
      const wanted = isOfTitle ? token.slice(titleMark.length) : token;
      if (isBeginning || isOfTitle) return folded.startsWith(wanted) ? [wanted.length] : [];
      // A number is found without its noughts, and then meant as a whole.
      return folded === wanted || folded.replace(/^0+(?=\d)/, '') === wanted ? [folded.length] : [];
    });
    return lengths.length === 0 ? [] : [[at, at + unitsOf(text, Math.max(...lengths))]];
  });
}

/** How much of a word as written makes so many letters of it as folded: `ß` makes two, an accent of its own none. */
function unitsOf(text: string, length: number): number {
  let units = 0;
  let made = 0;
  for (const letter of text) {
    const more = fold(letter).length;
    if (made >= length && more > 0) break;
    made += more;
    units += letter.length;
  }
  return units;
}

/** Digits with whatever is written between them. */
function markedDigits(text: string, { anyOf }: Term): readonly Mark[] {
  const runs = anyOf
    .filter(({ token }) => token.startsWith(digitsMark))
    .map(({ token }) => token.slice(digitsMark.length));
  if (runs.length === 0) return [];
  const line = text.replace(/\D/g, '');
  const run = runs.filter((each) => line.includes(each)).sort((a, b) => b.length - a.length)[0];
  if (run === undefined) return [];
  const digits = [...text.matchAll(/\d/g)];
  const from = line.indexOf(run);
  const first = digits[from]?.index ?? 0;
  return [[first, (digits[from + run.length - 1]?.index ?? first) + 1]];
}

function joined(marks: readonly Mark[]): readonly Mark[] {
  const kept: [number, number][] = [];
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    const last = kept.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else kept.push([from, to]);
  }
  return kept;
}

const longestExcerpt = 120;
const before = 40;

/** A long text cut down to what stands around its first mark. */
export function excerpt(text: string, marks: readonly Mark[]): { text: string; marks: readonly Mark[] } {
  const flat = text.replace(/\s/g, ' ');
  if (flat.length <= longestExcerpt) return { text: flat, marks };
  const first = marks[0]?.[0] ?? 0;
  const wanted = Math.max(0, first - before);
  const space = wanted === 0 ? -1 : flat.indexOf(' ', wanted);
  const from = wanted === 0 ? 0 : space >= 0 && space < first ? space + 1 : wanted;
  const to = Math.min(flat.length, from + longestExcerpt);
  const lead = from > 0 ? '… ' : '';
  const shift = lead.length - from;
  return {
    text: lead + flat.slice(from, to) + (to < flat.length ? ' …' : ''),
    marks: marks
      .filter(([start, end]) => start >= from && end <= to)
      .map(([start, end]) => [start + shift, end + shift] as const),
  };
}
