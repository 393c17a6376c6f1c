/** Formats are dear to make; each is made once. */
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** A number format of a language, made once. */
export function numberFormat(locale: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  const known = numberFormats.get(key) ?? new Intl.NumberFormat(locale, options);
  numberFormats.set(key, known);
  return known;
}

/** A date format of a language, made once. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = dateFormats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  dateFormats.set(key, known);
  return known;
}

/** A decimal string as people of that language write it, to the last digit (it never becomes a float). */
export function formatDecimal(
  locale: string,
  value: string | number,
  options: Intl.NumberFormatOptions = {},
): string {
  const places = typeof value === 'string' ? (value.split('.')[1]?.length ?? 0) : 0;
  return numberFormat(locale, {
    minimumFractionDigits: Math.min(places, 20),
    maximumFractionDigits: 20,
    ...options,
  }).format(value as Intl.StringNumericLiteral);
}

/** Money in its currency, at least with the currency's own decimals. */
export function formatMoney(
  locale: string,
  amount: string,
  currency: string,
  options: Intl.NumberFormatOptions = {},
): string {
  try {
    const trimmed = amount.includes('.') ? amount.replace(/0+$/, '').replace(/\.$/, '') : amount;
    const places = trimmed.split('.')[1]?.length ?? 0;
    const own =
      numberFormat(locale, { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    return numberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: own,
      maximumFractionDigits: Math.max(own, places),
      ...options,
    }).format(trimmed as Intl.StringNumericLiteral);
  } catch {
    return `${formatDecimal(locale, amount)} ${currency}`;
  }
}

/** A day (`2026-11-22`) as people of that language write it; no zone plays a part. */
export function formatDay(locale: string, day: string, style: 'medium' | 'long' = 'medium'): string {
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.getTime())
    ? day
    : dateFormat(locale, { dateStyle: style, timeZone: 'UTC' }).format(date);
}

/** A moment in the reader's zone. */
export function formatMoment(
  locale: string,
  moment: string,
  timeZone: string,
  style: 'medium' | 'long' = 'medium',
): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return moment;
  return dateFormat(locale, { dateStyle: style, timeStyle: 'short', timeZone }).format(date);
}

/** The name of a country by its ISO code. */
export function countryName(locale: string, code: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}
