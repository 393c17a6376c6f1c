import { Button, Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal, formatMoment } from '../../fields/format.browser.ts';
import type { EntityDescription } from '../../model/description.ts';
import type { DuplicateScan } from '../../model/duplicate.ts';
import { isSearching, useScan } from './duplicate-data.ts';
import classes from './ScanLine.module.css';

/** How far the search for duplicates among all records is, and what can be done about it. */
export function ScanLine({
  entity,
  scan,
  canScan,
}: {
  readonly entity: EntityDescription;
  readonly scan: DuplicateScan | null;
  readonly canScan: boolean;
}) {
  const { t } = useTranslation();
  const act = useScan(entity);
  const entities = entity.label.many;
  const isBusy = isSearching(scan);
  return (
    <section className={classes.scan} aria-label={t('duplicates.search')}>
      <div className={classes.line}>
        <Standing entities={entities} scan={scan} canScan={canScan} />
        {canScan && isBusy ? (
          <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate('cancel')}>
            {t('common.cancel')}
          </Button>
        ) : null}
        {canScan && !isBusy ? (
          <Button
            size="xs"
            variant={scan ? 'default' : 'filled'}
            loading={act.isPending}
            onClick={() => act.mutate('begin')}
          >
            {t(scan ? 'duplicates.searchAgain' : 'duplicates.searchNow')}
          </Button>
        ) : null}
      </div>
      {scan && isBusy ? (
        <Progress
          value={scan.total ? (scan.done / scan.total) * 100 : 100}
          striped={!scan.total}
          animated={!scan.total}
          aria-label={t('duplicates.search')}
        />
      ) : null}
      {scan?.state === 'failed' && scan.stopped ? <p className={classes.stopped}>{scan.stopped}</p> : null}
    </section>
  );
}

/** The same in words. */
function Standing({
  entities,
  scan,
  canScan,
}: {
  readonly entities: string;
  readonly scan: DuplicateScan | null;
  readonly canScan: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const { locale, timeZone } = useFieldView();
  const n = (value: number): string => formatDecimal(locale, value);
  const when = scan?.finishedAt ? formatMoment(locale, scan.finishedAt, timeZone) : '';
  const words = (): string => {
    if (!scan) return t(canScan ? 'duplicates.never' : 'duplicates.neverAsk', { entities });
    if (scan.state === 'waiting' || scan.total === null) return t('duplicates.waiting', { entities });
    const params = { entities, when, done: n(scan.done), total: n(scan.total) };
    const outdated = scan.isOutdated ? ` ${t('duplicates.outdated')}` : '';
    return t(`duplicates.state.${scan.state}`, params) + outdated;
  };
  return (
    <p className={classes.words} role="status">
      {words()}
    </p>
  );
}
