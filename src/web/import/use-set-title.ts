import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';

/** What an import of these files is called: `npsp-accounts.csv and 3 more files`. */
export function useSetTitle(names: readonly string[]): string {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const [first = '', ...others] = names;
  return others.length === 0
    ? first
    : t('imports.set.title', {
        file: first,
        count: others.length,
        n: formatDecimal(locale, others.length),
      });
}
