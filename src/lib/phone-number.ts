import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { remembered } from './remembered.ts';

/** Letters that a number in use has at most, with all that people write between its digits. */
const longestRemembered = 60;

/**
 * The E.164 form (`+33142685300`) of a telephone number as typed, or null when it isn't a number in use.
 * `country` (ISO 3166-1 alpha-2) is taken for numbers without a country code.
 */
export const e164Of = (typed: string, country: string | null): string | null =>
  typed.length > longestRemembered ? parsed(typed, country) : known(`${country ?? ''} ${typed}`);

// A number is read several times on its way in: where it is typed, checked, and looked for.
const known = remembered(10_000, (both) => {
  const country = both.slice(0, both.indexOf(' '));
  return parsed(both.slice(country.length + 1), country || null);
});

function parsed(typed: string, country: string | null): string | null {
  try {
    const region = country !== null && isSupportedCountry(country) ? country : undefined;
    const number = parsePhoneNumberFromString(typed, region === undefined ? {} : { defaultCountry: region });
    return number?.isValid() === true && number.ext === undefined ? number.number : null;
  } catch {
    return null;
  }
}

/** A number as people of other countries write it: `+33 1 42 68 53 00`. */
export const internationalOf: (e164: string) => string = remembered(
  10_000,
  (e164) => parsePhoneNumberFromString(e164)?.formatInternational() ?? e164,
);
