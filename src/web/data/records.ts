import {
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { EntityDescription } from '../../model/description.ts';
import type { Page, RecordOut } from '../../model/record.ts';
import { api } from './api.ts';
import { describeQuery } from './describe.ts';

/** What a list is asked for; everything is a string, as in its address. */
export interface ListQuery {
  readonly where?: string | undefined;
  readonly sort?: string | undefined;
  readonly fields?: readonly string[] | undefined;
  readonly removed?: boolean | undefined;
  readonly limit?: number | undefined;
  /** Left out, matches are counted up to 10,000 beside the first page. */
  readonly count?: 'none' | undefined;
}

/** The totals of a list, whole or by the values of a field. */
export interface Totals {
  readonly groups: readonly {
    readonly key: string | null;
    readonly label: string | null;
    readonly count: number;
    readonly sums: Readonly<
      Record<string, readonly { readonly currency: string | null; readonly sum: string }[]>
    >;
  }[];
  /** False when there were more matches than are counted unasked. */
  readonly complete: boolean;
}

/** Keys of what is cached of an entity, by plural: `records.all('accounts')` covers each of them. */
export const recordKeys = {
  all: (plural: string) => ['records', plural] as const,
  list: (plural: string, query: ListQuery) => ['records', plural, 'list', query] as const,
  one: (plural: string, id: string) => ['records', plural, 'one', id] as const,
  totals: (plural: string, query: object) => ['records', plural, 'totals', query] as const,
};

/** A list by pages: pages are joined by the cursor of the one before. */
export const listQuery = (plural: string, query: ListQuery) =>
  infiniteQueryOptions({
    queryKey: recordKeys.list(plural, query),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page>(`/${plural}`, { ...query, limit: query.limit ?? 100, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

/** One record, also when it is in the bin. */
export const recordQuery = (plural: string, id: string) =>
  queryOptions({
    queryKey: recordKeys.one(plural, id),
    queryFn: ({ signal }) =>
      api.get<RecordOut>(`/${plural}/${encodeURIComponent(id)}`, { removed: true }, signal),
  });

/** Count and sums of a list; asked apart from its rows, so that rows never wait for them. */
export const totalsQuery = (
  plural: string,
  query: {
    readonly where?: string | undefined;
    readonly by?: string;
    readonly sums?: readonly string[];
    readonly exact?: boolean;
  },
) =>
  queryOptions({
    queryKey: recordKeys.totals(plural, query),
    queryFn: ({ signal }) => api.get<Totals>(`/${plural}/totals`, query, signal),
    placeholderData: keepPreviousData,
  });

/** Forgets what was read of an entity, and of whatever may show it; of one of the engine's own, also what it describes. */
export async function recordsChanged(client: QueryClient, entity?: EntityDescription): Promise<void> {
  // References show labels of other entities and rules change them, so nothing read before is trusted.
  await client.invalidateQueries({
    predicate: ({ queryKey }) => queryKey[0] === 'records' || queryKey[0] === 'search',
  });
  if (entity?.system) await client.invalidateQueries({ queryKey: describeQuery.queryKey });
}

/** Creates a record; one that may be there already is refused, where that is asked. */
export function useCreateRecord(entity: EntityDescription, o: { readonly refusesDuplicates?: boolean } = {}) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (values: Readonly<Record<string, unknown>>) =>
      api.post<RecordOut>(`/${entity.plural}${o.refusesDuplicates ? '?onDuplicate=refuse' : ''}`, values),
    onSuccess: () => recordsChanged(client, entity),
  });
}

/** Changes fields of a record; a stale version is refused with the conflicts. */
export function useUpdateRecord(entity: EntityDescription) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      id,
      version,
      values,
    }: {
      id: string;
      version: number;
      values: Readonly<Record<string, unknown>>;
    }) => api.patch<RecordOut>(`/${entity.plural}/${id}`, { version, ...values }),
    onSuccess: (record) => {
      client.setQueryData(recordKeys.one(entity.plural, record.id), record);
      return recordsChanged(client, entity);
    },
  });
}

/** Puts records into the bin, all or none. */
export function useRemoveRecords(entity: EntityDescription) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: readonly string[]) =>
      ids.length === 1
        ? api.remove<unknown>(`/${entity.plural}/${ids[0]}`)
        : api.remove<unknown>(
            `/${entity.plural}`,
            {},
            ids.map((id) => ({ id })),
          ),
    onSuccess: () => recordsChanged(client, entity),
  });
}

/** Takes records out of the bin again, all or none. */
export function useRestoreRecords(entity: EntityDescription) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: readonly string[]) =>
      api.post<unknown>(
        `/${entity.plural}/restore`,
        ids.map((id) => ({ id })),
      ),
    onSettled: () => recordsChanged(client, entity),
  });
}
