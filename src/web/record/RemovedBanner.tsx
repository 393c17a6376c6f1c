import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatMoment } from '../../fields/format.browser.ts';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { titleOf } from '../data/describe.ts';
import classes from './RecordPage.module.css';
import { useRemoval } from './use-removal.ts';

/** Says that a record is in the bin, and takes it out again. */
export function RemovedBanner({
  entity,
  record,
}: {
  readonly entity: EntityDescription;
  readonly record: RecordOut;
}) {
  const { t } = useTranslation();
  const { locale, timeZone } = useFieldView();
  const { restore, isBusy } = useRemoval(entity);
  const into = record['mergedInto'];
  if (typeof into === 'string')
    return (
      <div className={classes.notice}>
        <Notice
          kind="info"
          title={t('merge.inBin')}
          action={
            <Button component={AppLink} to={paths.record(entity.plural, into)} variant="default" size="xs">
              {t('merge.toStayer')}
            </Button>
          }
        />
      </div>
    );
  return (
    <div className={classes.notice}>
      <Notice
        kind="warning"
        title={t('record.inBin')}
        action={
          record.can.remove ? (
            <Button
              variant="default"
              size="xs"
              loading={isBusy}
              onClick={() => void restore(record, titleOf(entity, record))}
            >
              {t('common.restore')}
            </Button>
          ) : null
        }
      >
        {t('record.inBinWords', {
          when: formatMoment(locale, String(record['removedAt']), timeZone, 'long'),
        })}
      </Notice>
    </div>
  );
}
