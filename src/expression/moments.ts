import { Temporal } from 'temporal-polyfill';
import type { Constant, Shift, Unit } from './tree.ts';

/** The asker's clock: what `today` and `now` are and in which zone days begin. */
export interface Clock {
  readonly now: Date;
  /** The day it is in `timeZone`, YYYY-MM-DD. */
  readonly today: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** The clock of a moment in a zone. */
export const clockAt = (now: Date, timeZone: string): Clock => ({
  now,
  today: Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString(),
  timeZone,
});

/** Days a date may be moved at most, in sum. */
export const furthestShift = 366_000;

const daysOf: Readonly<Record<Unit, number>> = {
  minutes: 1 / 1440,
  hours: 1 / 24,
  days: 1,
  weeks: 7,
  months: 31,
  years: 366,
};

/** True when moves together stay within bounds. */
export const isNear = (shifts: readonly Shift[]): boolean =>
  shifts.reduce((days, { amount, unit }) => days + Math.abs(amount) * daysOf[unit], 0) <= furthestShift;

/** True when the text is a day of the calendar from year 1 to 9999, or such a day with a time of day. */
export function isMoment(text: string): boolean {
  if (text.startsWith('0000')) return false;
  try {
    if (hasOffset(text)) Temporal.Instant.from(text);
    else Temporal.PlainDateTime.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

/** The day a date constant means, YYYY-MM-DD, held between years 1 and 9999. */
export function dayOf(constant: Extract<Constant, { is: 'date' }>, clock: Clock): string {
  let day = Temporal.PlainDate.from(constant.from === 'today' ? clock.today : constant.from);
  for (const { amount, unit } of constant.shifts) day = held(day.add({ [unit]: amount }));
  return day.toString();
}

/** The moment a date-time constant means, as ISO text in UTC with milliseconds. */
export function momentOf(constant: Extract<Constant, { is: 'dateTime' }>, clock: Clock): string {
  let moment = startOf(constant.from, clock);
  for (const { amount, unit } of constant.shifts) {
    const moved = moment.add({ [unit]: amount });
    const day = held(moved.toPlainDate());
    moment = day.equals(moved.toPlainDate()) ? moved : day.toZonedDateTime(clock.timeZone);
  }
  return iso(moment);
}

/** When a day begins and when the next one begins in the asker's zone, as ISO texts in UTC. */
export function boundsOf(day: string, clock: Clock): { readonly start: string; readonly end: string } {
  const date = Temporal.PlainDate.from(day);
  return {
    start: iso(date.toZonedDateTime(clock.timeZone)),
    end: iso(date.add({ days: 1 }).toZonedDateTime(clock.timeZone)),
  };
}

/** Days between the first and the last of the calendar, and some more. */
export const furthestDays = 4_000_000;

/** A day moved, held between years 1 and 9999. */
export const movedDay = (day: string, { amount, unit }: Shift): string =>
  held(Temporal.PlainDate.from(day).add({ [unit]: amount })).toString();

/**
 * A moment moved: by days and more on the wall clock of the zone, where an hour that comes twice is the second
 * one, as the database has it.
 */
export function movedMoment(moment: string, { amount, unit }: Shift, timeZone: string): string {
  const from = Temporal.Instant.from(moment);
  if (unit === 'hours' || unit === 'minutes') return iso(from.add({ [unit]: amount }));
  const wall = from
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .add({ [unit]: amount });
  return iso(wall.toZonedDateTime(timeZone, { disambiguation: 'later' }));
}

/** The day a moment lies on in a zone, held between years 1 and 9999. */
export const dayIn = (moment: string, timeZone: string): string =>
  held(Temporal.Instant.from(moment).toZonedDateTimeISO(timeZone).toPlainDate()).toString();

/** Days from one day to another. */
export const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days;

/** A part of a day's date; weeks and weekdays as ISO 8601 counts them, Monday first. */
export function datePart(day: string, part: 'year' | 'month' | 'day' | 'weekday' | 'week'): number {
  const date = Temporal.PlainDate.from(day);
  if (part === 'weekday') return date.dayOfWeek;
  return part === 'week' ? (date.weekOfYear ?? 0) : date[part];
}

function startOf(from: string, clock: Clock): Temporal.ZonedDateTime {
  if (from === 'now')
    return Temporal.Instant.fromEpochMilliseconds(clock.now.getTime()).toZonedDateTimeISO(clock.timeZone);
  if (hasOffset(from)) return Temporal.Instant.from(from).toZonedDateTimeISO(clock.timeZone);
  return Temporal.PlainDateTime.from(from).toZonedDateTime(clock.timeZone);
}

const hasOffset = (text: string): boolean => /T.*(?:Z|[+-]\d\d:\d\d)$/.test(text);

const first = Temporal.PlainDate.from('0001-01-01');
const last = Temporal.PlainDate.from('9999-12-31');

function held(day: Temporal.PlainDate): Temporal.PlainDate {
  if (Temporal.PlainDate.compare(day, first) < 0) return first;
  return Temporal.PlainDate.compare(day, last) > 0 ? last : day;
}

const earliest = Date.parse('0001-01-01T00:00:00.000Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');

const iso = (moment: Temporal.ZonedDateTime | Temporal.Instant): string =>
  new Date(Math.min(latest, Math.max(earliest, moment.epochMilliseconds))).toISOString();
