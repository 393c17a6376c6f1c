import { infiniteQueryOptions } from '@tanstack/react-query';
import type { HistoryEntry } from '../../model/history.ts';
import type { Page } from '../../model/record.ts';
import { api } from '../data/api.ts';

/** What happened to a record, the newest first, some at a time. */
export const historyQuery = (plural: string, id: string) =>
  infiniteQueryOptions({
    queryKey: ['records', plural, 'history', id],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<HistoryEntry>>(`/${plural}/${id}/history`, { limit: 20, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
