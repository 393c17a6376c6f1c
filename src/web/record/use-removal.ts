import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { tell, tellFailure } from '../app/tell.ts';
import { tellUndoable } from '../app/tell-undoable.tsx';
import { useRemoveRecords, useRestoreRecords } from '../data/records.ts';

/** Removing without a question, because the message that follows takes it back. */
export function useRemoval(entity: EntityDescription) {
  const { t } = useTranslation();
  const removing = useRemoveRecords(entity);
  const restoring = useRestoreRecords(entity);

  // Promises rather than callbacks of `mutate`: the row or page that removed is gone by the time it is done.
  async function restore(record: RecordOut, title: string): Promise<void> {
    try {
      await restoring.mutateAsync([record.id]);
      tell(t('record.restored', { title }));
    } catch (error) {
      tellFailure(error as Error);
    }
  }

  async function remove(
    record: RecordOut,
    title: string,
    o: { readonly words?: string; readonly onRemoved?: () => void } = {},
  ): Promise<void> {
    try {
      await removing.mutateAsync([record.id]);
    } catch (error) {
      tellFailure(error as Error);
      return;
    }
    tellUndoable(`removed-${record.id}`, o.words ?? t('record.removed', { title }), () => {
      void restore(record, title);
    });
    o.onRemoved?.();
  }

  return { remove, restore, isBusy: removing.isPending || restoring.isPending };
}
