import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Page } from '../../model/record.ts';

/** The records before and after one in a list. */
export interface Neighbours {
  readonly previous: string | null;
  readonly next: string | null;
}

/** The neighbours of a record among the ids of a list in its order. */
export function neighboursIn(ids: readonly string[], id: string): Neighbours | null {
  const at = ids.indexOf(id);
  return at < 0 ? null : { previous: ids[at - 1] ?? null, next: ids[at + 1] ?? null };
}

/** The neighbours of a record in the list one came from: the one of its entity that was read last and holds it. */
export function useNeighbours(plural: string, id: string): Neighbours {
  const client = useQueryClient();
  return useMemo(() => {
    const lists = client
      .getQueryCache()
      .findAll({ queryKey: ['records', plural, 'list'] })
      // Whole lists take pages of the usual size; boards and related lists ask for fewer.
      .filter(({ queryKey }) => (queryKey[3] as { readonly limit?: number } | undefined)?.limit === undefined)
      .sort((one, other) => other.state.dataUpdatedAt - one.state.dataUpdatedAt);
    for (const { state } of lists) {
      const pages = (state.data as InfiniteData<Page> | undefined)?.pages ?? [];
      const found = neighboursIn(
        pages.flatMap(({ items }) => items.map((item) => item.id)),
        id,
      );
      if (found) return found;
    }
    return { previous: null, next: null };
  }, [client, plural, id]);
}
