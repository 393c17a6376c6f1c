import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { isLocale, type Locale, locales } from '../../lib/locale.ts';
import type { Catalogue } from './en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: { app: Catalogue };
    returnNull: false;
  }
}

const catalogues: Readonly<Record<Locale, () => Promise<Catalogue>>> = {
  en: async () => (await import('./en.ts')).en,
  fr: async () => (await import('./fr.ts')).fr,
  es: async () => (await import('./es.ts')).es,
};

const remembered = 'rapport-language';

/** The translator of the whole app; `t('list.new')` in code, `useTranslation()` in components. */
export const i18n = i18next.createInstance();

/** The language for somebody who isn't signed in: the one used last here, else the browser's first that we speak. */
export function guessedLocale(): Locale {
  const last = localStorage.getItem(remembered);
  if (isLocale(last)) return last;
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.find(isLocale) ?? 'en';
}

/** Starts the translator in one language; only that catalogue is loaded. */
export async function startI18n(locale: Locale): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: locale,
    supportedLngs: [...locales],
    fallbackLng: false,
    ns: ['app'],
    defaultNS: 'app',
    resources: { [locale]: { app: await catalogues[locale]() } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = locale;
}

/** Changes the language of everything on the screen. */
export async function changeLocale(locale: Locale): Promise<void> {
  localStorage.setItem(remembered, locale);
  if (i18n.language === locale) return;
  if (!i18n.hasResourceBundle(locale, 'app'))
    i18n.addResourceBundle(locale, 'app', await catalogues[locale]());
  await i18n.changeLanguage(locale);
  document.documentElement.lang = locale;
}

/** The language on the screen. */
export const currentLocale = (): Locale => (isLocale(i18n.language) ? i18n.language : 'en');
