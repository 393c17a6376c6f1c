import { Button, CloseButton } from '@mantine/core';
import { IconArrowBackUp, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { useConfirm } from '../app/confirm.tsx';
import { tell, tellFailure } from '../app/tell.ts';
import { useRemoveRecords, useRestoreRecords } from '../data/records.ts';
import classes from './SelectionBar.module.css';

/** What can be done with the records selected. */
export function SelectionBar({
  entity,
  selected,
  isBin,
  onDone,
}: {
  readonly entity: EntityDescription;
  readonly selected: readonly RecordOut[];
  readonly isBin: boolean;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const confirm = useConfirm();
  const remove = useRemoveRecords(entity);
  const restore = useRestoreRecords(entity);
  const ids = selected.map(({ id }) => id);
  const held = selected.filter(({ can }) => !can.remove).length;
  const count = ids.length;

  function restoreAll(): void {
    restore.mutate(ids, {
      onSuccess: () => {
        onDone();
        tell(t('list.restored', { count }));
      },
      onError: tellFailure,
    });
  }

  function askToRemove(): void {
    confirm({
      title: t('list.removeTitle', { count }),
      words: t('list.removeWords'),
      label: t('common.remove'),
      onConfirm: () =>
        remove.mutate(ids, {
          onSuccess: () => {
            onDone();
            tell(t('list.removed', { count }));
          },
          onError: tellFailure,
        }),
    });
  }

  return (
    <section className={classes.bar} aria-label={t('list.selected', { count })}>
      <span className={classes.count} role="status">
        {t('list.selected', { count })}
      </span>
      {held > 0 ? <span className={classes.note}>{t('list.notRemovable', { count: held })}</span> : null}
      {isBin ? (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowBackUp size={16} />}
          onClick={restoreAll}
          disabled={count === 0 || held > 0}
          loading={restore.isPending}
        >
          {t('common.restore')}
        </Button>
      ) : (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconTrash size={16} />}
          onClick={askToRemove}
          disabled={count === 0 || held > 0}
          loading={remove.isPending}
        >
          {t('common.remove')}
        </Button>
      )}
      <CloseButton aria-label={t('common.clear')} onClick={onDone} />
    </section>
  );
}
