import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sharedData } from '../../test/harness/shared-data.ts';
import { countryCodes, countryName, countryOf, nearestCountry } from './countries.ts';
import { locales } from './locale.ts';

describe('a country as people write it', () => {
  test.each(['', 'Atlantis', 'XX', 'ZZZ', 'Colorado', '__proto__', 'constructor', '12'])(
    '“%s” isn’t one',
    (text) => {
      expect(countryOf(text)).toBeNull();
    },
  );

  test.each([
    ['fr', 'FR'],
    ['FRA', 'FR'],
    ['  France ', 'FR'],
    ['USA', 'US'],
    ['U.S.A.', 'US'],
    ['The United States of America', 'US'],
    ['États-Unis', 'US'],
    ['EE. UU.', 'US'],
    ['UK', 'GB'],
    ['Great Britain', 'GB'],
    ['England', 'GB'],
    ['Russia', 'RU'],
    ['Czech Republic', 'CZ'],
    ['Tchéquie', 'CZ'],
    ['South Korea', 'KR'],
    ['Corée du Sud', 'KR'],
    ['North Korea', 'KP'],
    ['Macedonia', 'MK'],
    ['Swaziland', 'SZ'],
    ['Palestinian Territory', 'PS'],
    ['Ivory Coast', 'CI'],
    ['CÔTE D’IVOIRE', 'CI'],
    ["Côte d'Ivoire", 'CI'],
    ['Burma', 'MM'],
    ['Holland', 'NL'],
    ['España', 'ES'],
    ['Alemania', 'DE'],
    ['Allemagne', 'DE'],
    ['Bosnia & Herzegovina', 'BA'],
    ['Trinidad and Tobago', 'TT'],
    ['St Lucia', 'LC'],
    ['Viet Nam', 'VN'],
    ['Kosovo', 'XK'],
  ])('“%s” is %s', (text, code) => {
    expect(countryOf(text)).toBe(code);
  });

  test('every country is known by its name in each language', () => {
    for (const code of countryCodes()) {
      for (const locale of locales)
        expect([code, locale, countryOf(countryName(code, locale))]).toEqual([code, locale, code]);
    }
  });

  test('one written wrongly suggests the one meant', () => {
    expect(nearestCountry('Germny', 'en')).toBe('Germany');
    expect(nearestCountry('Germny', 'fr')).toBe('Allemagne');
    expect(nearestCountry('Atlantis', 'en')).toBeNull();
  });
});

const files = ['npsp-accounts.csv', 'salesforce-accountData.csv'].map((name) => sharedData(`crm/${name}`));

/** The cells of each line; those in quotation marks may hold line ends. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end = ''] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g,
  )) {
    rows.at(-1)?.push(quoted ?? plain);
    if (end !== ',') rows.push([]);
  }
  return rows;
}

test.skipIf(files.includes(null))('every country of the exports of other CRMs is known', () => {
  const unknown = new Set<string>();
  let known = 0;
  for (const file of files) {
    const [names = [], ...rows] = rowsOf(readFileSync(file ?? '', 'utf8'));
    for (const [column, value] of rows.flatMap((row) =>
      names.map((name, place) => [name, row[place]] as const),
    )) {
      if (!/country/i.test(column) || !value) continue;
      if (countryOf(value) === null) unknown.add(value);
      else known += 1;
    }
  }
  expect([...unknown]).toEqual([]);
  expect(known).toBeGreaterThan(1000);
});
