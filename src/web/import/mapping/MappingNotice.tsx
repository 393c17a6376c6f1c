import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../../fields/field-view.tsx';
import { formatDecimal } from '../../../fields/format.browser.ts';
import type { ImportDraft } from '../../../model/import.ts';
import { Notice } from '../../../web-kit/ui/Notice.tsx';
import classes from './Missing.module.css';
import type { MappingMistakes } from './mapping-mistakes.ts';

/** Every mistake of the mapping at once, above it; each stands at its place too. */
export function MappingNotice({
  draft,
  mistakes,
}: {
  readonly draft: ImportDraft;
  readonly mistakes: MappingMistakes;
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  // What new records still need is told by its own notice, with a way to give it.
  const needed = new Set(draft.targets.filter(({ required }) => required).map(({ to }) => to));
  const told = mistakes.all.filter(({ field }) => !needed.has(field));
  if (told.length === 0) return null;
  const columnOf = (field: string): string | undefined => {
    const [, position] = /^(?:mapping\.)?columns\[(\d+)\]/.exec(field) ?? [];
    return position === undefined ? undefined : draft.columns[Number(position)]?.name;
  };
  return (
    <div className={classes.notice}>
      <Notice
        title={t('imports.map.mistakes', { count: told.length, n: formatDecimal(locale, told.length) })}
      >
        <ul className={classes.mistakes}>
          {told.map((mistake) => {
            const column = columnOf(mistake.field);
            return (
              <li key={`${mistake.field} ${mistake.message}`}>
                {column ? <strong>{t('imports.map.atColumn', { column })} · </strong> : null}
                {mistake.message}
              </li>
            );
          })}
        </ul>
      </Notice>
    </div>
  );
}
