import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { BulkOrder, BulkOutcome, BulkRecord, BulkRun } from '../../model/bulk.ts';
import type { EntityDescription } from '../../model/description.ts';
import type { Page } from '../../model/record.ts';
import { tellFailure } from '../app/tell.ts';
import { api } from '../data/api.ts';
import { recordsChanged } from '../data/records.ts';
import { showRun } from './shown-runs.ts';

/** How often the server is asked while a run works. */
const pollMs = 500;

const keys = {
  list: ['bulk-runs', 'list'] as const,
  one: (id: string) => ['bulk-runs', 'one', id] as const,
  records: (id: string, outcome: BulkOutcome) => ['bulk-runs', 'records', id, outcome] as const,
};

/** A run, asked again while it works. */
export const bulkRunQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one(id),
    queryFn: ({ signal }) => api.get<BulkRun>(`/bulk-runs/${id}`, {}, signal),
    refetchInterval: ({ state }) => (state.data?.isBusy === false || state.error ? false : pollMs),
  });

/** The runs that the reader may see, newest first; asked again while one of them works. */
export const bulkRunsQuery = queryOptions({
  queryKey: keys.list,
  queryFn: ({ signal }) => api.get<Page<BulkRun>>('/bulk-runs', { limit: 100 }, signal),
  refetchInterval: ({ state }) => (state.data?.items.some(({ isBusy }) => isBusy) ? 1500 : false),
});

/** What became of the records with one outcome, page by page. */
export const bulkRecordsQuery = (id: string, outcome: BulkOutcome) =>
  infiniteQueryOptions({
    queryKey: keys.records(id, outcome),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<BulkRecord>>(`/bulk-runs/${id}/records`, { outcome, limit: 50, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

/** Where the refused records can be had as a file. */
export const refusedUrl = (id: string): string => api.url(`/bulk-runs/${id}/refused.csv`, {});

/** What was only tried, so that it can be done as it is; forgotten with the page. */
const tried = new Map<string, BulkOrder>();

/** The order that a trial tried, without being one. */
export const triedOrder = (id: string): BulkOrder | undefined => tried.get(id);

/** Begins a run and shows it above the list. */
export function useBulk(entity: EntityDescription) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (order: BulkOrder) => api.post<BulkRun>(`/${entity.plural}/bulk`, order),
    onSuccess: (run, { dryRun, ...order }) => {
      client.setQueryData(keys.one(run.id), run);
      if (dryRun) tried.set(run.id, order);
      showRun(entity.name, run.id);
      return client.invalidateQueries({ queryKey: keys.list });
    },
  });
}

/** Cancels or undoes a run. */
export function useRunAct(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: 'cancel' | 'undo') => api.post<BulkRun>(`/bulk-runs/${id}/${act}`, {}),
    onSuccess: (run) => client.setQueryData(keys.one(id), run),
    onError: tellFailure,
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['bulk-runs'] });
      await recordsChanged(client);
    },
  });
}
