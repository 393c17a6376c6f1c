import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/**
 * The E.164 form (`+33142685300`) of a telephone number as typed, or null when it isn't a number in use.
 * `country` (ISO 3166-1 alpha-2) is taken for numbers without a country code.
 */
export function e164Of(typed: string, country: string | null): string | null {
  try {
    const region = country !== null && isSupportedCountry(country) ? country : undefined;
    const parsed = parsePhoneNumberFromString(typed, region === undefined ? {} : { defaultCountry: region });
    return parsed?.isValid() === true && parsed.ext === undefined ? parsed.number : null;
  } catch {
    return null;
  }
}

/** A number as people of other countries write it: `+33 1 42 68 53 00`. */
export const internationalOf = (e164: string): string =>
  parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
