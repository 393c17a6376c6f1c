import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { EntityDescription } from '../../model/description.ts';
import type { DuplicatePair, DuplicatePairs, DuplicateScan, PairState } from '../../model/duplicate.ts';
import { tellFailure } from '../app/tell.ts';
import { api } from '../data/api.ts';
import { recordKeys } from '../data/records.ts';

/** How often the server is asked while all records are searched. */
const pollMs = 1_500;
const pageSize = 20;

const keyOf = (plural: string) => [...recordKeys.all(plural), 'pairs'] as const;

/** Whether all records are being searched. */
export const isSearching = (scan: DuplicateScan | null | undefined): boolean =>
  scan?.state === 'waiting' || scan?.state === 'scanning';

/** The pairs of an entity page by page, with how far the search is; asked again while it works. */
export const pairsQuery = (plural: string, state: PairState, other?: string) =>
  infiniteQueryOptions({
    queryKey: [...keyOf(plural), state, other],
    queryFn: ({ pageParam, signal }) =>
      api.get<DuplicatePairs>(
        `/${plural}/duplicates`,
        { state, with: other, limit: pageSize, after: pageParam ?? undefined },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state: { data } }) => (isSearching(data?.pages[0]?.scan) ? pollMs : false),
  });

/** Begins the search among all records, or ends it. */
export function useScan(entity: EntityDescription) {
  const client = useQueryClient();
  const address = `/${entity.plural}/duplicates/scan`;
  return useMutation({
    mutationFn: (act: 'begin' | 'cancel') =>
      act === 'begin' ? api.post<DuplicateScan>(address, {}) : api.remove<DuplicateScan>(address),
    onError: tellFailure,
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(entity.plural) }),
  });
}

/** Keeps what somebody decided of a pair. */
export function useDecision(entity: EntityDescription) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ pair, state }: { readonly pair: DuplicatePair; readonly state: PairState }) =>
      api.post(`/${entity.plural}/duplicates/decision`, {
        one: pair.records[0].id,
        other: pair.records[1].id,
        state,
        with: pair.entities.find((name) => name !== entity.name),
      }),
    onError: tellFailure,
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(entity.plural) }),
  });
}
