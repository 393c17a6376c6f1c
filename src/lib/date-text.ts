import { type DateParts, isCalendarDate, isoDate } from './calendar-date.ts';
import { fold } from './fold.ts';
import { locales } from './locale.ts';

/** In which order a file or a language writes year, month and day. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy';

/**
 * Reads a day as people and programs write it: `2026-11-22`, `22/11/2026`, `11/22/26`, `22.11.2026`, `20261122`,
 * `22 nov. 2026`, `November 22, 2026`. `order` says which number comes first; a four-digit year may lead anyway.
 * Answers `YYYY-MM-DD`, or null when it isn't a day.
 */
export function parseDateText(text: string, order: DateOrder): string | null {
  if (text.length > 60) return null;
  const parts = fromNumbers(text, order) ?? fromWords(text);
  return parts !== null && isCalendarDate(parts) ? isoDate(parts) : null;
}

function fromNumbers(text: string, order: DateOrder): DateParts | null {
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (compact) return { year: Number(compact[1]), month: Number(compact[2]), day: Number(compact[3]) };
  const match = /^(\d{1,4})\s*([-/.\s])\s*(\d{1,2})\s*\2\s*(\d{1,4})$/.exec(text);
  if (!match) return null;
  const [first, second, third] = [match[1] ?? '', match[3] ?? '', match[4] ?? ''];
  if (first.length > 2 || order === 'ymd') {
    return third.length > 2 ? null : { year: fullYear(first), month: Number(second), day: Number(third) };
  }
  const [day, month] = order === 'dmy' ? [first, second] : [second, first];
  return { year: fullYear(third), month: Number(month), day: Number(day) };
}

function fromWords(text: string): DateParts | null {
  const words = fold(text)
    .split(/[ .,-]+/)
    .filter((word) => word !== '' && word !== 'de' && word !== 'del' && word !== 'of');
  const [first = '', second = '', third = ''] = words;
  if (words.length !== 3) return null;
  const [day, name] = /^\d/.test(first) ? [first, second] : [second, first];
  const dayNumber = /^(\d{1,2})(st|nd|rd|th|er|e|o)?$/.exec(day)?.[1];
  const month = months().get(name);
  if (dayNumber === undefined || month === undefined || !/^(\d{2}|\d{4})$/.test(third)) return null;
  return { year: fullYear(third), month, day: Number(dayNumber) };
}

/** Two digits are of the last thirty years of the 20th century or of the 21st. */
function fullYear(digits: string): number {
  const year = Number(digits);
  return digits.length > 2 ? year : year >= 70 ? 1900 + year : 2000 + year;
}

let monthNames: Map<string, number> | null = null;

/** Folded long and short month names of every language. */
function months(): ReadonlyMap<string, number> {
  if (monthNames) return monthNames;
  monthNames = new Map([['sept', 9]]);
  for (const locale of locales) {
    for (const style of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(locale, { month: style, timeZone: 'UTC' });
      for (let month = 1; month <= 12; month += 1) {
        monthNames.set(fold(format.format(Date.UTC(2026, month - 1, 1))).replace('.', ''), month);
      }
    }
  }
  return monthNames;
}
