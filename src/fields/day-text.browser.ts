import { type DateOrder, parseDateText } from '../lib/date-text.ts';
import type { Locale } from '../lib/locale.ts';
import { dateFormat } from './format.browser.ts';

/** In which order people of a language write a date. */
export const dateOrder = (locale: Locale): DateOrder => (locale === 'en' ? 'mdy' : 'dmy');

/** How a date is to be typed, for those who wonder. */
export const dayPattern: Readonly<Record<Locale, string>> = {
  en: 'MM/DD/YYYY',
  fr: 'JJ/MM/AAAA',
  es: 'DD/MM/AAAA',
};

/** A day (`2026-11-22`) in figures, as it is typed. */
export function writeDay(locale: Locale, day: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return day;
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return dateFormat(locale, { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: 'UTC' }).format(
    date,
  );
}

/** The day a text means in that language, or null: `22/11/2026`, `22 nov. 2026`, `2026-11-22`, `22/11` of this year. */
export function readDay(locale: Locale, text: string, today: string): string | null {
  const typed = text.trim();
  const short = /^(\d{1,2})\s*([-/.])\s*(\d{1,2})$/.exec(typed);
  const whole = short ? `${typed}${short[2]}${today.slice(0, 4)}` : typed;
  return parseDateText(whole, dateOrder(locale));
}

/** The day it is in a zone. */
export const todayIn = (timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(),
  );
