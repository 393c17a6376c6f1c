import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { ImportRowOutcome, ImportState } from '../../model/import.ts';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { fieldNamed, useEntity } from '../data/describe.ts';
import classes from './RowsPanel.module.css';

/** One row: its line in the file, its record or why it was refused, and its cells when asked for. */
export function RowLine({
  row,
  file,
  columns,
}: {
  readonly row: ImportRowOutcome;
  readonly file: ImportState;
  /** Names of the file's columns, in their order. */
  readonly columns: readonly string[];
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const line = formatDecimal(locale, row.line);
  const entity = useEntity(row.record?.entity ?? file.entity);
  const into = useEntity(file.entity);
  const fieldLabel = (name: string): string | undefined =>
    into && fieldNamed(into, name.split('.', 1)[0] ?? '')?.label;
  const filled = columns
    .map((name, position) => ({ name, text: row.cells?.[position] ?? '' }))
    .filter(({ text }) => text !== '');
  return (
    <li className={classes.row}>
      <span className={classes.line}>
        {t('imports.rows.line')} {line}
      </span>
      <div className={classes.told}>
        {row.record && entity ? (
          <AppLink to={paths.record(entity.plural, row.record.id)}>
            {row.record.label ?? t('imports.run.noLabel')}
          </AppLink>
        ) : null}
        {row.mistakes.length > 0 ? (
          <ul className={classes.mistakes}>
            {row.mistakes.map((mistake) => {
              const place = mistake.column ?? fieldLabel(mistake.field);
              return (
                <li key={`${place} ${mistake.code} ${mistake.message}`}>
                  {place ? <strong>{place} · </strong> : null}
                  {mistake.message}
                </li>
              );
            })}
          </ul>
        ) : null}
        {filled.length > 0 ? (
          <details className={classes.cells}>
            <summary>
              <IconChevronRight size={14} stroke={2} aria-hidden />
              <span className="r-hidden">{t('imports.rows.cellsOf', { line })}: </span>
              <span className="r-ellipsis">{filled.map(({ text }) => text).join(' · ')}</span>
            </summary>
            <dl>
              {filled.map(({ name, text }) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
          </details>
        ) : null}
      </div>
    </li>
  );
}
