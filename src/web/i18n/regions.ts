/** The zone this browser is in. */
export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Every time zone by its IANA name, `UTC` first. */
export function timeZones(): readonly string[] {
  return ['UTC', ...new Set([ownTimeZone(), ...Intl.supportedValuesOf('timeZone')])].filter(
    (zone, position, all) => all.indexOf(zone) === position,
  );
}

/** The name of a language in another: `French` in English, `français` in French. */
export const languageName = (locale: string, language: string): string =>
  new Intl.DisplayNames([locale], { type: 'language' }).of(language) ?? language;

/** Every currency with its name in a language, the usual ones first. */
export function currencyOptions(locale: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([locale], { type: 'currency' });
  const usual = ['EUR', 'USD', 'GBP', 'CHF', 'CAD', 'MXN'];
  const codes = [...usual, ...Intl.supportedValuesOf('currency').filter((code) => !usual.includes(code))];
  return codes.map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
}
