import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { recordKeys } from '../data/records.ts';
import type { SaveRecord } from '../record/use-save-record.tsx';
import { type BoardView, columnList } from './board-query.ts';
import { type Pages, withFirst, without } from './pages.ts';

/** Moves a card at once and then for good; answers why not when the server refuses, and the card is back. */
export type MoveCard = (record: RecordOut, to: string | null) => Promise<'moved' | 'given-up' | Error>;

/** Moving cards between columns: seen at once, saved over the version read, put back when refused. */
export function useMove(entity: EntityDescription, view: BoardView, save: SaveRecord): MoveCard {
  const client = useQueryClient();
  return useCallback<MoveCard>(
    async (record, to) => {
      const by = entity.board?.by ?? '';
      const from = (record[by] ?? null) as string | null;
      const keyOf = (code: string | null) => recordKeys.list(entity.plural, columnList(entity, view, code));
      await Promise.all([from, to].map((code) => client.cancelQueries({ queryKey: keyOf(code) })));
      const before = [from, to].map(
        (code) => [keyOf(code), client.getQueryData<Pages>(keyOf(code))] as const,
      );
      client.setQueryData<Pages>(keyOf(from), (pages) => pages && without(pages, record.id));
      client.setQueryData<Pages>(keyOf(to), (pages) => pages && withFirst(pages, { ...record, [by]: to }));
      const putBack = (): void => {
        for (const [key, pages] of before) client.setQueryData(key, pages);
      };
      try {
        if (await save(record, { [by]: to })) return 'moved';
        putBack();
        return 'given-up';
      } catch (error) {
        putBack();
        return error as Error;
      }
    },
    [client, entity, view, save],
  );
}
