import library from 'i18n-iso-countries/index.js';
import en from 'i18n-iso-countries/langs/en.json' with { type: 'json' };
import es from 'i18n-iso-countries/langs/es.json' with { type: 'json' };
import fr from 'i18n-iso-countries/langs/fr.json' with { type: 'json' };
import { fold } from './fold.ts';
import { type Locale, locales } from './locale.ts';
import { nearest } from './nearest.ts';

for (const language of [en, fr, es]) library.registerLocale(language);

/** Names in use that neither the library nor Unicode lists, by code. */
const furtherNames: Readonly<Record<string, readonly string[]>> = {
  AE: ['Emirates', 'EAU', 'Emirats', 'Emiratos'],
  BO: ['Bolivia', 'Bolivie'],
  BN: ['Brunei'],
  CD: ['DR Congo', 'DRC', 'RDC', 'Congo-Kinshasa', 'Democratic Republic of Congo'],
  CG: ['Congo-Brazzaville', 'Congo'],
  CV: ['Cape Verde'],
  CZ: ['Czech Rep', 'Tchéquie', 'République tchèque', 'Chequia', 'República Checa'],
  FM: ['Micronesia', 'Micronésie'],
  GB: [
    'England',
    'Scotland',
    'Wales',
    'Northern Ireland',
    'Angleterre',
    'Inglaterra',
    'Grande-Bretagne',
    'Gran Bretaña',
  ],
  KP: ['North Korea', 'Corée du Nord', 'Corea del Norte'],
  KR: ['South Korea', 'Korea', 'Corée du Sud', 'Corée', 'Corea del Sur', 'Corea'],
  LA: ['Laos'],
  MD: ['Moldova', 'Moldavie', 'Moldavia'],
  MK: ['Macedonia', 'Macédoine', 'FYROM'],
  MM: ['Burma', 'Birmanie', 'Birmania'],
  NL: ['Holland', 'Hollande', 'Holanda'],
  PS: ['Palestinian Territory', 'Palestinian Territories', 'Palestine', 'Palestina'],
  RU: ['Russia', 'Russie', 'Rusia'],
  SY: ['Syria', 'Syrie', 'Siria'],
  SZ: ['Swaziland', 'Souaziland', 'Suazilandia'],
  TL: ['East Timor', 'Timor oriental', 'Timor'],
  TR: ['Turkey', 'Turquie', 'Turquía'],
  TZ: ['Tanzania', 'Tanzanie', 'Tanzanía'],
  US: ['America', 'États-Unis d’Amérique', 'EE.UU.', 'EE. UU.', 'EEUU', 'USofA', 'Etats Unis', 'EUA'],
  VA: ['Vatican', 'Vaticano'],
  VE: ['Venezuela'],
  VN: ['Viet Nam', 'Vietnam'],
};

const alpha3: Readonly<Record<string, string>> = library.getAlpha3Codes();
const alpha2Codes = Object.keys(library.getAlpha2Codes()).sort();

/** Every country, ISO 3166-1 alpha-2. */
export const countryCodes = (): readonly string[] => alpha2Codes;

/** A country's name in the reader's language; the code itself when it is none. */
export const countryName = (code: string, locale: Locale): string => displayNames(locale).of(code) ?? code;

/** The code of a country written as code (two or three letters) or as name in any language; null when unknown. */
export function countryOf(text: string): string | null {
  const upper = text.trim().toUpperCase();
  if (/^[A-Z]{2}$/.test(upper) && alpha2Codes.includes(upper)) return upper;
  if (/^[A-Z]{3}$/.test(upper) && alpha3[upper] !== undefined) return alpha3[upper];
  return names().byName.get(nameKey(text)) ?? null;
}

/** The name of the country somebody most likely meant, in their language. */
export function nearestCountry(text: string, locale: Locale): string | null {
  const found = nearest(nameKey(text), names().byName.keys());
  const code = found === null ? undefined : names().byName.get(found);
  return code === undefined ? null : countryName(code, locale);
}

const display = new Map<Locale, Intl.DisplayNames>();
function displayNames(locale: Locale): Intl.DisplayNames {
  const known = display.get(locale) ?? new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });
  display.set(locale, known);
  return known;
}

let known: { readonly byName: ReadonlyMap<string, string> } | null = null;

/** Names in every language, official and usual, by their key; built at first use. */
function names(): { readonly byName: ReadonlyMap<string, string> } {
  if (known) return known;
  const byName = new Map<string, string>();
  const add = (name: string, code: string): void => {
    const key = nameKey(name);
    if (!byName.has(key)) byName.set(key, code);
  };
  for (const [code, more] of Object.entries(furtherNames)) for (const name of more) add(name, code);
  for (const locale of locales) {
    for (const [code, all] of Object.entries(library.getNames(locale, { select: 'all' }))) {
      for (const name of all) add(name, code);
    }
    for (const code of alpha2Codes) add(countryName(code, locale), code);
  }
  known = { byName };
  return known;
}

/** Folded, without articles, dots and hyphens: `The U.S.A.` is `usa`, `Côte d’Ivoire` is `cote d ivoire`. */
const nameKey = (name: string): string =>
  fold(name)
    .replace(/\./g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^(the|la|le|les|el|los|las) /, '')
    .replace(/ (and|et|y) /g, ' ')
    .replace(/^st /, 'saint ');
