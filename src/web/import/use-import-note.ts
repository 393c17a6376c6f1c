import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { ImportSet } from '../../model/import.ts';
import { entityNamed, useDescription } from '../data/describe.ts';

/** The quiet word beside the name of an import: into what, how many rows. */
export function useImportNote({ files, rows }: Pick<ImportSet, 'files' | 'rows'>): string {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const description = useDescription();
  const names = new Set(files.map(({ entity }) => entityNamed(description, entity)?.label.many ?? entity));
  const count = t('imports.map.rows', { count: rows, n: formatDecimal(locale, rows) });
  return `${[...names].join(', ')} · ${count}`;
}
