import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { ImportState } from '../../model/import.ts';
import { useEntity } from '../data/describe.ts';

/** The quiet word beside a file's name: into what, how many rows. */
export function useImportNote(state: Pick<ImportState, 'entity' | 'rows'>): string {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const entity = useEntity(state.entity);
  const rows = t('imports.map.rows', { count: state.rows, n: formatDecimal(locale, state.rows) });
  return `${entity?.label.many ?? state.entity} · ${rows}`;
}
