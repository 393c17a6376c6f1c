import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import type { HistoryEntry } from '../../model/history.ts';
import { ApiProblem } from '../../web-kit/api/problem.ts';
import { tell, tellFailure } from '../app/tell.ts';
import { api } from '../data/api.ts';
import { entityNamed, fieldNamed, useDescription } from '../data/describe.ts';
import { recordsChanged } from '../data/records.ts';

interface Undone {
  readonly stillNamed: readonly { readonly by: string; readonly count: number }[];
}

/** Undoes one change of a record; where something stands in the way it says what, and offers the part that can be undone. */
export function useUndoChange(
  entity: EntityDescription,
  record: string,
): {
  readonly undo: (entry: HistoryEntry) => void;
  readonly busy: string | null;
} {
  const { t } = useTranslation();
  const client = useQueryClient();
  const description = useDescription();
  const [busy, setBusy] = useState<string | null>(null);

  async function send(entry: HistoryEntry, fields?: readonly string[]): Promise<void> {
    setBusy(entry.id);
    try {
      const { stillNamed } = await api.post<Undone>(
        `/${entity.plural}/${record}/history/${entry.id}/undo`,
        fields ? { fields } : {},
      );
      await recordsChanged(client);
      const names = stillNamed.map(
        ({ by, count }) => `${entityNamed(description, by)?.label.many ?? by} (${count})`,
      );
      tell(
        names.length > 0 ? t('record.undo.stillNamed', { names: names.join(', ') }) : t('record.undo.done'),
      );
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 409 && !fields) offer(entry, error);
      else tellFailure(error as Error);
    } finally {
      setBusy(null);
    }
  }

  function offer(entry: HistoryEntry, problem: ApiProblem): void {
    const possible = (problem.document['possible'] ?? []) as readonly string[];
    const names = possible.map((name) => fieldNamed(entity, name)?.label ?? name).join(', ');
    const reasons = problem.mistakes.map(({ message }) => message);
    const words = reasons.length > 0 ? reasons : [problem.message];
    modals.openConfirmModal({
      title: t('record.undo.blocked'),
      children: (
        <>
          {words.map((reason) => (
            <Text key={reason} size="sm">
              {reason}
            </Text>
          ))}
          {possible.length > 0 ? (
            <Text size="sm" mt="sm">
              {t('record.undo.possible', { names })}
            </Text>
          ) : null}
        </>
      ),
      labels: {
        confirm: possible.length > 0 ? t('record.undo.part') : t('common.close'),
        cancel: t('common.cancel'),
      },
      ...(possible.length > 0 ? {} : { cancelProps: { style: { display: 'none' } } }),
      closeButtonProps: { 'aria-label': t('common.close') },
      onConfirm: () => {
        if (possible.length > 0) void send(entry, possible);
      },
    });
  }

  return { undo: (entry) => void send(entry), busy };
}
