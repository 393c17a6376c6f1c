/** One place of a pattern: characters it takes (null = any), and whether it may be taken any number of times. */
interface Place {
  readonly takes: {
    readonly negated: boolean;
    readonly ranges: readonly (readonly [string, string])[];
  } | null;
  readonly repeats: boolean;
}

/** A pattern read: `^ket.*(a-m)$`, looked for anywhere unless it is held at an end. */
export interface Pattern {
  readonly fromStart: boolean;
  readonly toEnd: boolean;
  readonly places: readonly Place[];
}

/**
 * Reads a pattern: `^` at the start and `$` at the end hold it there, `.` is any character, `(xyz)`, `(a-m)` one
 * of several, `(^0-9)` none of them, `*` any number of what stands before. Null when it can't be read.
 */
export function readPattern(text: string): Pattern | null {
  const letters = [...text];
  const places: Place[] = [];
  const fromStart = letters[0] === '^';
  let at = fromStart ? 1 : 0;
  const toEnd = letters.length > at && letters.at(-1) === '$';
  const end = toEnd ? letters.length - 1 : letters.length;
  while (at < end) {
    const letter = letters[at] ?? '';
    const close = letter === '(' ? letters.indexOf(')', at + 1) : at;
    if (letter === ')' || letter === '*' || close < 0 || close >= end) return null;
    const takes =
      letter === '('
        ? setOf(letters.slice(at + 1, close))
        : { negated: false, ranges: [[letter, letter] as const] };
    if (!takes) return null;
    at = close + 1;
    const repeats = at < end && letters[at] === '*';
    places.push({ takes: letter === '.' ? null : takes, repeats });
    if (repeats) at += 1;
  }
  return { fromStart, toEnd, places };
}

/** Whether a text fits a pattern; takes time in proportion to both lengths, whatever they hold. */
export function fits(pattern: Pattern, text: string): boolean {
  const { places, fromStart, toEnd } = pattern;
  const skipped = (reached: Set<number>): Set<number> => {
    for (const at of reached) if (places[at]?.repeats) reached.add(at + 1);
    return reached;
  };
  let reached = skipped(new Set([0]));
  for (const letter of text) {
    if (!toEnd && reached.has(places.length)) return true;
    const next = new Set<number>(fromStart ? [] : [0]);
    for (const at of reached) {
      const place = places[at];
      if (place && taken(place, letter)) next.add(place.repeats ? at : at + 1);
    }
    reached = skipped(next);
  }
  return reached.has(places.length);
}

/** The pattern as a regular expression of the database; every letter is escaped, so nothing else gets in. */
export function patternSql({ fromStart, toEnd, places }: Pattern): string {
  const written = places.map(({ takes, repeats }) => {
    const ranges = takes?.ranges.map(([from, to]) =>
      from === to ? escaped(from) : `${escaped(from)}-${escaped(to)}`,
    );
    const one = takes && ranges ? `[${takes.negated ? '^' : ''}${ranges.join('')}]` : '.';
    return one + (repeats ? '*' : '');
  });
  return `${fromStart ? '^' : ''}(?:${written.join('')})${toEnd ? '$' : ''}`;
}

function setOf(letters: readonly string[]): Place['takes'] {
  const negated = letters[0] === '^';
  const ranges: (readonly [string, string])[] = [];
  for (let at = negated ? 1 : 0; at < letters.length; at += 1) {
    const from = letters[at] ?? '';
    const isRange = letters[at + 1] === '-' && at + 2 < letters.length;
    const to = isRange ? (letters[at + 2] ?? from) : from;
    if (pointOf(to) < pointOf(from)) return null;
    ranges.push([from, to]);
    if (isRange) at += 2;
  }
  return ranges.length === 0 ? null : { negated, ranges };
}

const pointOf = (letter: string): number => letter.codePointAt(0) ?? 0;

function taken({ takes }: Place, letter: string): boolean {
  if (!takes) return true;
  const point = pointOf(letter);
  return takes.ranges.some(([from, to]) => pointOf(from) <= point && point <= pointOf(to)) !== takes.negated;
}

const escaped = (letter: string): string => `\\U${pointOf(letter).toString(16).padStart(8, '0')}`;
