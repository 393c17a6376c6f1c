import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { locales } from '../../lib/locale.ts';
import { changeLocale } from '../i18n/i18n.ts';
import classes from './LanguageSwitch.module.css';

/** The languages, one click each. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <fieldset aria-label={t('session.language')} className={classes.languages}>
      {locales.map((locale) => (
        <UnstyledButton
          key={locale}
          lang={locale}
          className={classes.language}
          aria-pressed={i18n.language === locale}
          onClick={() => void changeLocale(locale)}
        >
          {t(`languages.${locale}`)}
        </UnstyledButton>
      ))}
    </fieldset>
  );
}
