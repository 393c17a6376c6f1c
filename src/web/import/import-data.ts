import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ImportDraft, ImportMapping, ImportRowOutcome, ImportState } from '../../model/import.ts';
import type { Page } from '../../model/record.ts';
import { api } from '../data/api.ts';
import { recordsChanged } from '../data/records.ts';

/** How often the server is asked while an import works. */
const pollMs = 600;

const keys = {
  all: ['imports'] as const,
  list: ['imports', 'list'] as const,
  one: (id: string) => ['imports', 'one', id] as const,
  rows: (id: string, outcome: string, at: string | null) => ['imports', 'rows', id, outcome, at] as const,
};

/** The imports the reader may see, newest first; asked again while one of them works. */
export const importsQuery = queryOptions({
  queryKey: keys.list,
  queryFn: ({ signal }) => api.get<Page<ImportState>>('/imports', { limit: 100 }, signal),
  refetchInterval: ({ state }) => (state.data?.items.some((item) => item.isBusy) ? 1500 : false),
});

/** One import with its file's columns and its mapping; asked again while it works. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one(id),
    queryFn: ({ signal }) => api.get<ImportDraft>(`/imports/${id}`, {}, signal),
    refetchInterval: ({ state }) => (state.data?.isBusy ? pollMs : false),
    staleTime: 2000,
  });

/** What became of rows, by pages; `at` tells one check or run of the file from the next. */
export const importRowsQuery = (id: string, outcome: ImportRowOutcome['outcome'], at: string | null) =>
  infiniteQueryOptions({
    queryKey: keys.rows(id, outcome, at),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<ImportRowOutcome>>(
        `/imports/${id}/rows`,
        { outcome, limit: 50, after: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

/** Where the refused rows of an import are downloaded, reasons included. */
export const failedRowsUrl = (id: string): string => api.url(`/imports/${id}/failed.csv`);

/** Keeps the mapping of an import; the answer tells anew what its lists don't know. */
export function useSaveMapping(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (mapping: ImportMapping) => api.put<ImportDraft>(`/imports/${id}/mapping`, mapping),
    onSuccess: (draft) => client.setQueryData(keys.one(id), draft),
  });
}

/** What may be asked of an import: each starts a job that is then polled. */
export type ImportAct = 'check' | 'run' | 'undo';

/** Starts a check, a run or an undo. */
export function useImportAct(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: ImportAct) => api.post<unknown>(`/imports/${id}/${act}`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.all }),
  });
}

/** Throws away an import that hasn't run. */
export function useDiscardImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.remove<unknown>(`/imports/${id}`),
    onSuccess: (_, id) => {
      client.removeQueries({ queryKey: keys.one(id) });
      return client.invalidateQueries({ queryKey: keys.list });
    },
  });
}

/** Forgets everything that an import or its undo may have changed: records, and the values of lists. */
export function useForgetRecords(): () => void {
  const client = useQueryClient();
  return () => {
    void recordsChanged(client);
    void client.invalidateQueries({ queryKey: ['describe'] });
    void client.invalidateQueries({ queryKey: keys.list });
  };
}
