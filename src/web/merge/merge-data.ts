import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import type { MergeOrder, MergeResult } from '../../model/merge.ts';
import type { RecordOut } from '../../model/record.ts';
import { tellUndoable } from '../app/tell-undoable.tsx';
import { api } from '../data/api.ts';
import { titleOf } from '../data/describe.ts';
import { recordKeys, recordsChanged } from '../data/records.ts';
import { useUndoBatch } from '../data/verbs.ts';

const addressOf = (plural: string, id: string): string => `/${plural}/${encodeURIComponent(id)}/merge`;

/** What a merge would come to, asked anew with every choice; the answer before stays until the next is here. */
export const previewQuery = (plural: string, id: string, order: MergeOrder) =>
  queryOptions({
    queryKey: [...recordKeys.all(plural), 'merge', id, order],
    queryFn: () => api.post<MergeResult>(addressOf(plural, id), { ...order, preview: true }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

/** A merge that was asked for, with the records as they were on the screen. */
interface Asked {
  readonly id: string;
  readonly order: MergeOrder;
  readonly records: readonly RecordOut[];
}

/** Makes one record of several, says so, and offers to take it back. */
export function useMerge(entity: EntityDescription, onDone: (id: string) => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const undo = useUndoBatch();
  return useMutation({
    mutationFn: ({ id, order }: Asked) => api.post<MergeResult>(addressOf(entity.plural, id), order),
    onSuccess: async ({ batch, record }, { id }) => {
      if (record) client.setQueryData(recordKeys.one(entity.plural, record.id), record);
      const title = record ? titleOf(entity, record) : entity.label.one;
      if (batch) tellUndoable(`batch-${batch}`, t('merge.done', { title }), () => void undo(batch));
      onDone(id);
      await recordsChanged(client);
    },
  });
}
