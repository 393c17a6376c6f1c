/** When the numbers of a series begin again. */
export const restarts = ['never', 'year', 'month'] as const;

/** One of `restarts`. */
export type Restart = (typeof restarts)[number];

/** How the numbers of a series are written: `OPP-{YYYY}-` and five digits make `OPP-2026-00042`. */
export interface NumberPattern {
  /** Text before the digits; `{YYYY}`, `{YY}` and `{MM}` stand for the day on which a number is given. */
  readonly prefix: string;
  /** Digits at least; smaller numbers are filled up with zeros. */
  readonly padding: number;
  readonly restart: Restart;
}

/** Longest prefix, and most digits a number is filled up to. */
export const longestPrefix = 30;
export const mostPadding = 12;

const place = /\{(YYYY|YY|MM)\}/g;

/** The prefix on a day (`YYYY-MM-DD`), its places filled. */
export const prefixOn = (prefix: string, day: string): string =>
  prefix.replace(place, (_, name: string) =>
    name === 'MM' ? day.slice(5, 7) : name === 'YY' ? day.slice(2, 4) : day.slice(0, 4),
  );

/** Which run of numbers a day belongs to: all the same, one a year (`2026`) or one a month (`2026-11`). */
export const periodOn = (restart: Restart, day: string): string =>
  restart === 'never' ? '' : restart === 'year' ? day.slice(0, 4) : day.slice(0, 7);

/** A number as records hold it. */
export const numberText = (pattern: NumberPattern, day: string, count: number): string =>
  prefixOn(pattern.prefix, day) + String(count).padStart(pattern.padding, '0');

/**
 * A regular expression for the numbers of a series in the period of a day, the digits as its only group; understood
 * alike by JavaScript and PostgreSQL.
 */
export function numberRegex({ prefix, restart }: NumberPattern, day: string): string {
  const held = restart === 'never' ? prefix : heldIn(prefix, restart, day);
  const parts = held.split(place).map((part, at) => {
    if (at % 2 === 0)
      return part.replace(/[^\p{L}\p{N}]/gu, (sign) => `[${sign === '^' ? '\\^' : escaped(sign)}]`);
    return part === 'YYYY' ? '[0-9]{4}' : '[0-9]{2}';
  });
  return `^${parts.join('')}([0-9]{1,15})$`;
}

const escaped = (sign: string): string => (sign === '\\' || sign === ']' ? `\\${sign}` : sign);

/** The prefix with those places filled that don't change within the period. */
const heldIn = (prefix: string, restart: Restart, day: string): string =>
  prefix.replace(place, (whole) => (restart === 'year' && whole === '{MM}' ? whole : prefixOn(whole, day)));

/** What is wrong with a prefix: an unknown place in braces, or none that tells apart the periods of a restart. */
export function prefixMistake(prefix: string, restart: Restart): 'place' | 'restart' | null {
  if (/[{}]/.test(prefix.replace(place, ''))) return 'place';
  const hasYear = /\{YY(YY)?\}/.test(prefix);
  if (restart !== 'never' && !(hasYear && (restart === 'year' || prefix.includes('{MM}')))) return 'restart';
  return null;
}

/** An automatic number as `GET …/next-numbers` tells of it, in the reader's language. */
export interface NextNumber {
  /** Of its series. */
  readonly id: string;
  readonly entity: string;
  readonly field: string;
  /** The number given next, or one above it: a process may have taken some ahead. */
  readonly next: string;
  /** How many were counted so far in the period under way. */
  readonly given: number;
  readonly restart: Restart;
  readonly gapFree: boolean;
}
