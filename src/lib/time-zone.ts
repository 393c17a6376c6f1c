const known = new Map<string, boolean>();

/** True when `name` is a time zone of the IANA database, `Europe/Paris`; offsets such as `+02:00` are none. */
export function isTimeZone(name: string): boolean {
  const found = known.get(name);
  if (found !== undefined) return found;
  let isKnown = /^[A-Za-z]/.test(name) && name.length <= 60;
  try {
    if (isKnown) new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    isKnown = false;
  }
  if (known.size < 2000) known.set(name, isKnown);
  return isKnown;
}
