import { frenchSpaces } from './french-spaces.ts';

/** The languages the product speaks; a further one is one more entry here and one overlay file. */
export const locales = ['en', 'fr', 'es'] as const;

/** A language tag the product speaks. */
export type Locale = (typeof locales)[number];

/** One text in every language. */
export type Labels = Readonly<Record<Locale, string>>;

/** Writes one text in every language, in the fixed order English, French, Spanish. */
export const labels = (en: string, fr: string, es: string): Labels => ({ en, fr: frenchSpaces(fr), es });

/** True when `value` is a language the product speaks. */
export const isLocale = (value: unknown): value is Locale => locales.some((locale) => locale === value);
