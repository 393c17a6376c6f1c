import { Button, Select, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { BatchUndoDialog } from './BatchUndoDialog.tsx';
import classes from './History.module.css';
import { HistoryItem } from './HistoryItem.tsx';
import { historyQuery } from './history-query.ts';
import { useUndoChange } from './use-undo-change.tsx';

const enough = 5;

/** What happened to a record: who, when, through which door, from what to what; of one field when asked. */
export function History({
  entity,
  record,
  onLook,
}: {
  readonly entity: EntityDescription;
  readonly record: RecordOut;
  /** Shows the record as it was at a moment. */
  readonly onLook: (at: string) => void;
}) {
  const { t } = useTranslation();
  const [field, setField] = useState<string | null>(null);
  const [batch, setBatch] = useState<string | null>(null);
  const { undo, busy } = useUndoChange(entity, record.id);
  const { data, isPending, isError, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(historyQuery(entity.plural, record.id));
  const all = data?.pages.flatMap((page) => page.items) ?? [];
  const shown = field
    ? all
        .map((entry) => ({ ...entry, changes: entry.changes.filter((change) => change.field === field) }))
        .filter((entry) => entry.changes.length > 0)
    : all;
  const isShort = field !== null && shown.length < enough;

  // A field changed rarely is looked for further back by itself.
  useEffect(() => {
    if (isShort && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [isShort, hasNextPage, isFetchingNextPage, isError, fetchNextPage]);

  return (
    <>
      <div className={classes.head}>
        <h2 className={classes.title}>{t('record.history.title')}</h2>
        <Select
          size="xs"
          className={classes.filter ?? ''}
          aria-label={t('record.history.field')}
          attributes={{ dropdown: { role: 'region', 'aria-label': t('record.history.field') } }}
          placeholder={t('record.history.all')}
          clearable
          clearButtonProps={{ 'aria-label': t('common.clear') }}
          searchable
          nothingFoundMessage={t('values.nothing')}
          comboboxProps={{ width: 220, position: 'bottom-end' }}
          data={entity.fields
            .filter(
              ({ name }) =>
                !['id', 'version', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy'].includes(name),
            )
            .map(({ name, label }) => ({ value: name, label }))}
          value={field}
          onChange={setField}
        />
      </div>
      {isPending ? (
        <Skeleton height={160} />
      ) : isError && all.length === 0 ? (
        <p className={classes.quiet}>
          {t('record.history.failed')}{' '}
          <Button size="compact-xs" variant="subtle" onClick={() => void refetch()}>
            {t('common.retry')}
          </Button>
        </p>
      ) : (
        <ol className={classes.entries}>
          {shown.map((entry) => (
            <HistoryItem
              key={entry.id}
              entity={entity}
              entry={entry}
              onLook={() => onLook(entry.at)}
              onUndo={record.can.update || record.can.remove ? () => undo(entry) : undefined}
              onUndoWhole={
                entry.batch !== null && (record.can.update || record.can.remove)
                  ? () => setBatch(entry.batch)
                  : undefined
              }
              isBusy={busy === entry.id}
            />
          ))}
        </ol>
      )}
      {field && shown.length === 0 && !hasNextPage && !isPending ? (
        <p className={classes.quiet}>{t('record.history.none')}</p>
      ) : null}
      {hasNextPage ? (
        <Button
          size="compact-sm"
          variant="subtle"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('record.history.older')}
        </Button>
      ) : null}
      {batch === null ? null : <BatchUndoDialog batch={batch} onClose={() => setBatch(null)} />}
    </>
  );
}
