import { Button, UnstyledButton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import { type BulkOutcome, type BulkRun, bulkOutcomes } from '../../model/bulk.ts';
import { bulkRecordsQuery, refusedUrl } from './bulk-data.ts';
import { NamedRecords } from './NamedRecords.tsx';
import classes from './RunView.module.css';

/** How many records came to what, each of them on demand, and which stood in the way of the undo. */
export function RunOutcomes({
  run,
  opensRefused,
}: {
  readonly run: BulkRun;
  /** What was refused stands open by itself: it is what somebody has to look at. */
  readonly opensRefused: boolean;
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const [opened, setOpened] = useState<BulkOutcome | null>();
  const n = (value: number): string => formatDecimal(locale, value);
  const open = run.isBusy
    ? null
    : opened === undefined
      ? opensRefused && run.refused > 0
        ? 'refused'
        : null
      : opened;
  const isUndone = run.undo !== null && !run.isBusy;
  return (
    <>
      <div className={classes.line}>
        {bulkOutcomes
          .filter((outcome) => run[outcome] > 0)
          .map((outcome) => (
            <UnstyledButton
              key={outcome}
              className={classes.outcome}
              aria-expanded={open === outcome}
              disabled={run.isBusy}
              onClick={() => setOpened(open === outcome ? null : outcome)}
            >
              {t(`bulk.outcome.${run.isTrial ? 'tried' : 'done'}.${outcome}`, {
                count: run[outcome],
                n: n(run[outcome]),
              })}
            </UnstyledButton>
          ))}
        {isUndone && run.undo ? (
          <span className="r-muted">{t('bulk.undone', { count: run.undo.done, n: n(run.undo.done) })}</span>
        ) : null}
      </div>
      {open ? <Records key={open} run={run} outcome={open} /> : null}
      {isUndone && run.undo && run.undo.refused > 0 ? (
        <NamedRecords
          title={t('bulk.undoRefused', { count: run.undo.refused, n: n(run.undo.refused) })}
          records={run.undo.inTheWay}
        />
      ) : null}
    </>
  );
}

function Records({ run, outcome }: { readonly run: BulkRun; readonly outcome: BulkOutcome }) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(bulkRecordsQuery(run.id, outcome));
  const records = (list.data?.pages ?? []).flatMap(({ items }) =>
    items.map(({ record, reasons }) => ({ ...record, reasons: reasons.map(({ message }) => message) })),
  );
  if (!list.data) return null;
  return (
    <>
      <NamedRecords title={t(`bulk.records.${outcome}`)} records={records} />
      {list.hasNextPage || outcome === 'refused' ? (
        <div className={classes.line}>
          {list.hasNextPage ? (
            <Button
              size="compact-sm"
              variant="subtle"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t('bulk.more')}
            </Button>
          ) : null}
          {outcome === 'refused' ? (
            <a href={refusedUrl(run.id)} download>
              {t('bulk.download')}
            </a>
          ) : null}
        </div>
      ) : null}
    </>
  );
}
