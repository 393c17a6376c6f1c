import { isLocale, type Locale } from '../../lib/locale.ts';
import { type Block, blocksOf } from './markdown.ts';

const pages: Readonly<Record<Locale, () => Promise<{ readonly default: string }>>> = {
  en: () => import('../../../docs/expressions.md?raw'),
  fr: () => import('../../../docs/expressions.fr.md?raw'),
  es: () => import('../../../docs/expressions.es.md?raw'),
};

const read = new Map<Locale, Promise<readonly Block[]>>();

/** The page about expressions in a language, without its title; the same promise each time, so that `use` may wait for it. */
export function helpText(language: string): Promise<readonly Block[]> {
  const locale = isLocale(language) ? language : 'en';
  const known = read.get(locale);
  if (known) return known;
  const reading = pages[locale]().then(({ default: page }) => blocksOf(page).slice(1));
  read.set(locale, reading);
  // What couldn’t be fetched is asked for anew.
  reading.catch(() => read.delete(locale));
  return reading;
}
