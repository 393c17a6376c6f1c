import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../data/api.ts';

/** What quick search found, by entity. */
export interface Found {
  readonly groups: readonly {
    readonly entity: string;
    readonly items: readonly {
      readonly id: string;
      readonly title: string;
      readonly detail: string | null;
    }[];
  }[];
}

/** Records whose words begin with what was typed; an empty text finds nothing. */
export const searchQuery = (text: string, entities: readonly string[] = []) =>
  queryOptions({
    queryKey: ['search', text, entities],
    queryFn: ({ signal }) => api.get<Found>('/search', { q: text, entities, limit: 8 }, signal),
    enabled: text !== '',
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
