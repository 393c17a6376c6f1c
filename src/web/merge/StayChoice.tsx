import { CloseButton, Radio } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatMoment } from '../../fields/format.browser.ts';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut, ReferenceValue } from '../../model/record.ts';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { titleOf } from '../data/describe.ts';
import classes from './Merge.module.css';

/** The records side by side: which one stays, and leaving one out. */
export function StayChoice({
  entity,
  records,
  stay,
  onStay,
  onLeaveOut,
}: {
  readonly entity: EntityDescription;
  readonly records: readonly RecordOut[];
  readonly stay: string;
  readonly onStay: (id: string) => void;
  readonly onLeaveOut: (id: string) => void;
}) {
  const { t } = useTranslation();
  const { locale, timeZone } = useFieldView();
  const id = useId();
  return (
    <div role="radiogroup" aria-labelledby={id} className={`${classes.row} ${classes.heads}`}>
      <span id={id} className={classes.label}>
        {t('merge.stays')}
      </span>
      {records.map((record) => {
        const title = titleOf(entity, record) || '–';
        const owner = (record['owner'] as ReferenceValue | null)?.label;
        const isStaying = record.id === stay;
        return (
          <div key={record.id} className={classes.head} data-on={isStaying || undefined}>
            <Radio
              name={id}
              checked={isStaying}
              onChange={() => onStay(record.id)}
              label={title}
              description={isStaying ? t('merge.staysHere') : t('merge.goes')}
            />
            <span className={classes.facts}>
              <AppLink to={paths.record(entity.plural, record.id)} target="_blank">
                {formatMoment(locale, String(record['createdAt']), timeZone)}
                {owner ? ` · ${owner}` : ''}
              </AppLink>
            </span>
            {records.length > 2 ? (
              <CloseButton
                size="sm"
                className={classes.leaveOut ?? ''}
                aria-label={t('merge.leaveOut', { title })}
                onClick={() => onLeaveOut(record.id)}
              />
            ) : null}
          </div>
        );
      })}
    </div>
  );
}
