import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { tell, tellFailure } from '../app/tell.ts';
import { useRemoveRecords, useRestoreRecords } from '../data/records.ts';

/** Removing without a question, because the message that follows takes it back. */
export function useRemoval(entity: EntityDescription) {
  const { t } = useTranslation();
  const removing = useRemoveRecords(entity);
  const restoring = useRestoreRecords(entity);

  function restore(record: RecordOut, title: string): void {
    restoring.mutate([record.id], {
      onSuccess: () => tell(t('record.restored', { title })),
      onError: tellFailure,
    });
  }

  function remove(record: RecordOut, title: string, then?: () => unknown, words?: string): void {
    removing.mutate([record.id], {
      onSuccess: () => {
        const id = `removed-${record.id}`;
        notifications.show({
          id,
          color: 'moss',
          autoClose: 10_000,
          closeButtonProps: { 'aria-label': t('common.close') },
          message: (
            <span style={{ display: 'flex', alignItems: 'center', gap: 12, justifyContent: 'space-between' }}>
              <span>{words ?? t('record.removed', { title })}</span>
              <Button
                size="xs"
                variant="default"
                style={{ flex: 'none' }}
                onClick={() => {
                  notifications.hide(id);
                  restore(record, title);
                }}
              >
                {t('common.undo')}
              </Button>
            </span>
          ),
        });
        then?.();
      },
      onError: tellFailure,
    });
  }

  return { remove, restore, isBusy: removing.isPending || restoring.isPending };
}
