import { Button } from '@mantine/core';
import { IconArrowBackUp, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { useConfirm } from '../app/confirm.tsx';
import { tell, tellFailure } from '../app/tell.ts';
import { useRemoveRecords, useRestoreRecords } from '../data/records.ts';
import classes from './SelectionBar.module.css';

/** For whoever may not change several records at once: removes or restores the one that is selected. */
export function OneAction({
  entity,
  selected: [first, ...others],
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
  if (!entity.can.remove) return null;
  const ids = first ? [first.id] : [];
  const done = (words: string) => ({
    onSuccess: () => {
      onDone();
      tell(words);
    },
    onError: tellFailure,
  });
  const shared = {
    size: 'xs',
    variant: 'default',
    disabled: !first?.can.remove || others.length > 0,
  } as const;
  return (
    <>
      {others.length > 0 ? <span className={classes.note}>{t('bulk.onlyOne')}</span> : null}
      {isBin ? (
        <Button
          {...shared}
          leftSection={<IconArrowBackUp size={16} />}
          loading={restore.isPending}
          onClick={() => restore.mutate(ids, done(t('list.restored', { count: 1 })))}
        >
          {t('common.restore')}
        </Button>
      ) : (
        <Button
          {...shared}
          leftSection={<IconTrash size={16} />}
          loading={remove.isPending}
          onClick={() =>
            confirm({
              title: t('list.removeTitle', { count: 1 }),
              words: t('list.removeWords'),
              label: t('common.remove'),
              onConfirm: () => remove.mutate(ids, done(t('list.removed', { count: 1 }))),
            })
          }
        >
          {t('common.remove')}
        </Button>
      )}
    </>
  );
}
