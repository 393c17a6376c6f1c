import { Temporal } from 'temporal-polyfill';
import { type DateOrder, parseDateText } from './date-text.ts';

/** The moment of an ISO 8601 date-time with a zone (`…Z`, `…+02:00`), in UTC with milliseconds; null when it isn't one. */
export function parseInstant(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?(Z|[+-]\d{2}(:?\d{2})?)$/i.test(text))
    return null;
  try {
    return moment(Temporal.Instant.from(text.replace(' ', 'T')));
  } catch {
    return null;
  }
}

/**
 * The moment of a date-time as people and files write it, in UTC; without a zone it is a wall clock's in
 * `timeZone`, a day alone is its midnight. Null when it isn't one.
 */
export function parseInstantText(text: string, order: DateOrder, timeZone: string): string | null {
  const zoned = parseInstant(text);
  if (zoned !== null) return zoned;
  const match =
    /^(.*?\d)(?:[T,]?\s*(?<=[T,\s])(\d{1,2})[:h](\d{2})?(?::(\d{2})(?:[.,]\d{1,9})?)?\s*([ap])?\.?(?:m\.?)?)?$/i.exec(
      text,
    );
  const date = match?.[1] === undefined ? null : parseDateText(match[1].trim(), order);
  if (match === null || date === null) return null;
  const hour = hourOf(Number(match[2] ?? 0), match[5]);
  const [minute, second] = [Number(match[3] ?? 0), Number(match[4] ?? 0)];
  if (hour === null || minute > 59 || second > 59) return null;
  const two = (value: number): string => String(value).padStart(2, '0');
  try {
    const wall = Temporal.PlainDateTime.from(`${date}T${two(hour)}:${two(minute)}:${two(second)}`);
    return moment(wall.toZonedDateTime(timeZone).toInstant());
  } catch {
    return null;
  }
}

function moment(instant: Temporal.Instant): string | null {
  const iso = new Date(instant.epochMilliseconds).toISOString();
  return /^\d{4}-/.test(iso) && !iso.startsWith('0000') ? iso : null;
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour <= 23 ? hour : null;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}
