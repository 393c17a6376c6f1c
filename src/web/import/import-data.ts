import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type {
  ImportDraft,
  ImportMapping,
  ImportRowOutcome,
  ImportSet,
  RowOutcomeName,
} from '../../model/import.ts';
import type { Page } from '../../model/record.ts';
import { api } from '../data/api.ts';
import { recordsChanged } from '../data/records.ts';

/** How often the server is asked while an import works. */
const pollMs = 600;

const keys = {
  all: ['imports'] as const,
  list: ['imports', 'list'] as const,
  set: (id: string) => ['imports', 'set', id] as const,
  file: (id: string) => ['imports', 'file', id] as const,
  rows: (id: string, outcome: string, at: string | null) => ['imports', 'rows', id, outcome, at] as const,
};

/** The imports the reader may see, newest first; asked again while one of them works. */
export const importsQuery = queryOptions({
  queryKey: keys.list,
  queryFn: ({ signal }) => api.get<Page<ImportSet>>('/import-sets', { limit: 100 }, signal),
  refetchInterval: ({ state }) => (state.data?.items.some((item) => item.isBusy) ? 1500 : false),
});

/** The files that are imported in one go, and where they stand; asked again while they are worked on. */
export const importSetQuery = (id: string) =>
  queryOptions({
    queryKey: keys.set(id),
    queryFn: ({ signal }) => api.get<ImportSet>(`/import-sets/${id}`, {}, signal),
    refetchInterval: ({ state }) => (state.data?.isBusy ? pollMs : false),
    staleTime: 2000,
  });

/** One file with its columns and its mapping. */
export const importFileQuery = (id: string) =>
  queryOptions({
    queryKey: keys.file(id),
    queryFn: ({ signal }) => api.get<ImportDraft>(`/imports/${id}`, {}, signal),
    staleTime: 2000,
  });

/** What became of rows, by pages; `at` tells one check or run of the file from the next. */
export const importRowsQuery = (id: string, outcome: RowOutcomeName, at: string | null) =>
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

/** Where the refused rows of a file are downloaded, reasons included. */
export const failedRowsUrl = (id: string): string => api.url(`/imports/${id}/failed.csv`);

/** Takes what the server answered of a file, and asks anew for the set that it is in. */
function useFileChanged(): (draft: ImportDraft) => Promise<void> {
  const client = useQueryClient();
  return (draft) => {
    client.setQueryData(keys.file(draft.id), draft);
    return client.invalidateQueries({ queryKey: keys.set(draft.set) });
  };
}

/** Keeps the mapping of a file; the answer tells anew what its lists don't know. */
export function useSaveMapping(id: string) {
  const changed = useFileChanged();
  return useMutation({
    mutationFn: (mapping: ImportMapping) => api.put<ImportDraft>(`/imports/${id}/mapping`, mapping),
    onSuccess: changed,
  });
}

/** Says which records a file holds; its columns are guessed anew. */
export function useSetEntity(id: string) {
  const changed = useFileChanged();
  return useMutation({
    mutationFn: (entity: string) => api.put<ImportDraft>(`/imports/${id}/entity`, { entity }),
    onSuccess: changed,
  });
}

/** Says which system all files of an import come from. */
export function useSetSource(set: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (source: string) => api.patch<ImportSet>(`/import-sets/${set}`, { source }),
    onSuccess: (answer) => {
      client.setQueryData(keys.set(set), answer);
      return client.invalidateQueries({ queryKey: ['imports', 'file'] });
    },
  });
}

/** Imports another sheet of a workbook too. */
export function useAddSheet(set: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (o: { readonly file: string; readonly sheet: string }) =>
      api.post<ImportDraft>(`/imports/${o.file}/sheets`, { sheet: o.sheet }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.set(set) }),
  });
}

/** Takes one file out of an import. */
export function useLeaveOut(set: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.remove<unknown>(`/imports/${id}`),
    onSuccess: (_, id) => {
      client.removeQueries({ queryKey: keys.file(id) });
      return client.invalidateQueries({ queryKey: keys.set(set) });
    },
  });
}

/** What may be asked of an import: each starts a job that is then polled, or ends one. */
export type ImportAct = 'check' | 'run' | 'cancel' | 'undo';

/** Starts a check, a run or an undo of all files, or cancels what is under way. */
export function useImportAct(set: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: ImportAct) => api.post<unknown>(`/import-sets/${set}/${act}`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.all }),
  });
}

/** Throws away an import that hasn't run. */
export function useDiscardImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (set: string) => api.remove<unknown>(`/import-sets/${set}`),
    onSuccess: (_, set) => {
      client.removeQueries({ queryKey: keys.set(set) });
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
    void client.invalidateQueries({ queryKey: ['imports', 'file'] });
  };
}
