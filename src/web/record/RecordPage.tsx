import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { titleOf } from '../data/describe.ts';
import { AsOf } from './AsOf.tsx';
import { EditAll } from './EditAll.tsx';
import { History } from './History.tsx';
import { RecordHeader } from './RecordHeader.tsx';
import classes from './RecordPage.module.css';
import { RecordSections } from './RecordSections.tsx';
import { RelatedList } from './RelatedList.tsx';
import { RemovedBanner } from './RemovedBanner.tsx';
import { useSaveRecord } from './use-save-record.tsx';

/** Everything about one record: what it is, what belongs to it, what happened to it. */
export function RecordPage({
  entity,
  record,
}: {
  readonly entity: EntityDescription;
  readonly record: RecordOut;
}) {
  const { t } = useTranslation();
  const [isEditing, setEditing] = useState(false);
  const { save, dialogs } = useSaveRecord(entity);
  const isRemoved = typeof record['removedAt'] === 'string';
  const mayUpdate = record.can.update && !isRemoved;
  const { at } = useSearch({ strict: false });
  const navigate = useNavigate();
  const look = (moment: string | undefined): void =>
    void navigate({ to: '.', search: moment === undefined ? {} : { at: moment } });
  const related = isRemoved || at !== undefined ? [] : entity.related;

  return (
    <div className={classes.page}>
      <RecordHeader
        entity={entity}
        record={record}
        mayUpdate={mayUpdate}
        isEditing={isEditing}
        onEdit={() => setEditing(true)}
      />
      {isRemoved ? <RemovedBanner entity={entity} record={record} /> : null}
      {!mayUpdate && !isRemoved ? (
        <div className={classes.notice}>
          <Notice kind="info">{t('record.readOnly')}</Notice>
        </div>
      ) : null}
      <div className={classes.columns}>
        <div className={classes.main}>
          {at !== undefined ? (
            <AsOf
              entity={entity}
              record={record}
              at={at}
              mayUpdate={mayUpdate}
              save={save}
              onBack={() => look(undefined)}
            />
          ) : isEditing && mayUpdate ? (
            <EditAll entity={entity} record={record} save={save} onDone={() => setEditing(false)} />
          ) : (
            <RecordSections entity={entity} record={record} mayUpdate={mayUpdate} save={save} />
          )}
          {related.map((list) => (
            <RelatedList
              key={`${list.entity}.${list.via}`}
              list={list}
              holder={entity}
              record={record}
              title={titleOf(entity, record)}
            />
          ))}
        </div>
        <aside className={classes.aside} aria-label={t('record.history.title')}>
          <div className={classes.past}>
            <History entity={entity} record={record} onLook={look} />
          </div>
        </aside>
      </div>
      {dialogs}
    </div>
  );
}
