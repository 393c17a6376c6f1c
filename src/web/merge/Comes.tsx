import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { EntityDescription } from '../../model/description.ts';
import type { MergeResult } from '../../model/merge.ts';
import { entityNamed, fieldNamed, useDescription } from '../data/describe.ts';
import classes from './Merge.module.css';

/** What comes to the record that stays, as far as the reader sees it, and what doesn’t. */
export function Comes({
  entity,
  result,
}: {
  readonly entity: EntityDescription;
  readonly result: MergeResult;
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const description = useDescription();
  const id = useId();
  const { moved, united, left } = result;
  return (
    <section aria-labelledby={id} className={classes.comes}>
      <h2 id={id} className={classes.subtitle}>
        {t('merge.comes')}
      </h2>
      {moved.length + united === 0 ? <p className={classes.quiet}>{t('merge.comesNone')}</p> : null}
      <ul>
        {moved.map(({ entity: name, field, count }) => {
          const other = entityNamed(description, name);
          return (
            <li key={`${name}.${field}`}>
              <strong>{formatDecimal(locale, count)}</strong> {other?.label.many ?? name}
              <span className="r-muted"> · {(other && fieldNamed(other, field)?.label) ?? field}</span>
            </li>
          );
        })}
        {united > 0 ? <li>{t('merge.united', { count: united })}</li> : null}
        {left.map(({ field, reason }) => (
          <li key={field} className={classes.wrong}>
            {t('merge.left', { field: fieldNamed(entity, field)?.label ?? field, reason })}
          </li>
        ))}
      </ul>
    </section>
  );
}
