import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { SearchResult } from '../../model/search.ts';
import { api } from '../data/api.ts';

/** Records found by what was typed, as many of each entity as `limit` says; an empty text finds nothing. */
export const searchQuery = (
  text: string,
  o: { readonly entities?: readonly string[]; readonly limit?: number } = {},
) => {
  const { entities = [], limit = 8 } = o;
  return queryOptions({
    queryKey: ['search', text, entities, limit],
    queryFn: ({ signal }) => api.get<SearchResult>('/search', { q: text, entities, limit }, signal),
    enabled: text !== '',
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
};
