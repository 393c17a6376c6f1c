import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import type { HistoryEntry } from '../../model/history.ts';
import type { ReferenceValue } from '../../model/record.ts';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import classes from './Merge.module.css';

/** What a merge, or its undo, did to a record, in its history; records that went are shown as they were before. */
export function MergeNote({
  entity,
  entry,
  merged: { into, from, isUndone },
}: {
  readonly entity: EntityDescription;
  readonly entry: HistoryEntry;
  readonly merged: NonNullable<HistoryEntry['merged']>;
}) {
  const { t } = useTranslation();
  if (into)
    return (
      <div className={classes.note}>
        {isUndone ? t('merge.intoUndone') : t('merge.into')}{' '}
        <AppLink to={paths.record(entity.plural, into.id)}>{into.label ?? t('merge.hidden')}</AppLink>
      </div>
    );
  // A moment before: what it was, and not the record it went into.
  const before = new Date(Date.parse(entry.at) - 1).toISOString();
  const named = (record: ReferenceValue) =>
    record.label === null ? (
      t('merge.hidden')
    ) : (
      <AppLink to={paths.record(entity.plural, record.id)} search={isUndone ? {} : { at: before }}>
        {record.label}
      </AppLink>
    );
  return (
    <div className={classes.note}>
      {isUndone ? t('merge.fromUndone') : t('merge.from')}{' '}
      {from.map((record, place) => (
        <Fragment key={record.id}>
          {place > 0 ? ', ' : ''}
          {named(record)}
        </Fragment>
      ))}
    </div>
  );
}
