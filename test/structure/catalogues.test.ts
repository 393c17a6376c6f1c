import { describe, expect, test } from 'vitest';
import type { Locale } from '../../src/lib/locale.ts';
import { en } from '../../src/web/i18n/en.ts';
import { es } from '../../src/web/i18n/es.ts';
import { fr } from '../../src/web/i18n/fr.ts';
import { mistakesOfText, places } from './typography.ts';

const plural = /_(zero|one|two|few|many|other)$/;

/** Every text of a catalogue by its path: `list.new`. */
function texts(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null)
    throw new Error(`${path} is neither a text nor a group of texts`);
  return Object.entries(value).flatMap(([key, member]) =>
    texts(member, path === '' ? key : `${path}.${key}`),
  );
}

/** Paths without the plural forms, in which languages differ. */
const keys = (catalogue: unknown): string[] =>
  [...new Set(texts(catalogue).map(([path]) => path.replace(plural, '')))].sort();

const catalogues: readonly (readonly [Locale, unknown])[] = [
  ['en', en],
  ['fr', fr],
  ['es', es],
];

describe.each(catalogues)('the staff app in %s', (locale, catalogue) => {
  test('says everything that it says in English, and nothing else', () => {
    expect(keys(catalogue)).toEqual(keys(en));
  });

  test('is written properly', () => {
    expect(
      texts(catalogue).flatMap(([path, text]) =>
        mistakesOfText(locale, text).map((said) => `${path}: ${said}`),
      ),
    ).toEqual([]);
  });

  test('fills the same {{places}} as in English', () => {
    const inEnglish = new Map(texts(en).map(([path, text]) => [path.replace(plural, ''), places(text)]));
    const uneven = texts(catalogue).filter(
      ([path, text]) =>
        !/_(zero|one|two)$/.test(path) && places(text) !== inEnglish.get(path.replace(plural, '')),
    );
    expect(uneven.map(([path]) => path)).toEqual([]);
  });

  test('has every plural form that its grammar asks for', () => {
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    const present = new Set(texts(catalogue).map(([path]) => path));
    const counted = [...present].filter((path) => plural.test(path)).map((path) => path.replace(plural, ''));
    const missing = counted
      .flatMap((path) => forms.map((form) => `${path}_${form}`))
      .filter((path) => !present.has(path));
    expect([...new Set(missing)]).toEqual([]);
  });
});
