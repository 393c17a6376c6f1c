import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { EntityDescription } from '../../model/description.ts';
import type { Page, RecordOut, ReferenceValue } from '../../model/record.ts';
import { allRecords, type ViewDisplay } from '../../model/view.ts';
import { api } from '../data/api.ts';
import { useDescription } from '../data/describe.ts';
import { useMe } from '../data/me.ts';
import { recordsChanged } from '../data/records.ts';
import type { ListSearch } from '../list/list-search.ts';

/** A view as the list offers it, whether it came with the entity or was saved. */
export interface ListedView {
  /** The name of one that came with the entity, the id of a saved one; what the address names it by. */
  readonly key: string;
  readonly name: string;
  readonly where: string | null;
  readonly sort: string | null;
  readonly columns: string | null;
  readonly display: ViewDisplay;
  /** Of a saved one: the record. */
  readonly record: RecordOut | null;
}

/** What a saved view is made of. */
export interface ViewValues {
  readonly name: string;
  readonly entity: string;
  readonly where: string | null;
  readonly sort: string | null;
  readonly columns: string | null;
  readonly display: ViewDisplay;
  readonly shared: 'private' | 'teams' | 'everyone';
  readonly teams?: readonly string[];
}

/** How somebody chose a view: as the one opened first, or into the navigation. */
export type ChoiceKind = 'default' | 'favourite';

/** Views that the reader sees, of all entities: his own, and those shared with him. */
export const savedViewsQuery = queryOptions({
  queryKey: ['records', 'saved-views', 'visible'],
  queryFn: ({ signal }) =>
    api.get<Page>(
      '/saved-views',
      {
        // An administrator may read everybody's; the list offers those that are meant for him.
        where: 'owner = me or shared = everyone or shared = teams and teams in my teams',
        sort: 'name',
        limit: 200,
        count: 'none',
      },
      signal,
    ),
  staleTime: 60_000,
});

/** What the reader chose among views, the latest first. */
export const viewChoicesQuery = queryOptions({
  queryKey: ['records', 'view-choices', 'mine'],
  queryFn: ({ signal }) =>
    api.get<Page>('/view-choices', { where: 'owner = me', limit: 200, count: 'none' }, signal),
  staleTime: 60_000,
});

/** The views of an entity: those that come with it, one's own, those of others. */
export function useViews(entity: EntityDescription) {
  const me = useMe();
  const isKnown = useDescription().entities.some(({ name }) => name === 'saved-view');
  const saved = useQuery({ ...savedViewsQuery, enabled: isKnown });
  const choices = useQuery({ ...viewChoicesQuery, enabled: isKnown });
  const records = saved.data?.items;
  const chosen = choices.data?.items;
  return useMemo(() => {
    const standard = entity.views.map(
      (view): ListedView => ({
        ...view,
        key: view.name,
        name: view.label,
        columns: view.columns?.join(',') ?? null,
        record: null,
      }),
    );
    const all = (records ?? []).filter((record) => record['entity'] === entity.name).map(listed);
    const isMine = ({ record }: ListedView): boolean =>
      (record?.['owner'] as ReferenceValue | null)?.id === me.user.id;
    const own = (chosen ?? []).filter((choice) => choice['entity'] === entity.name);
    return {
      standard,
      mine: all.filter(isMine),
      others: all.filter((view) => !isMine(view)),
      /** The view of that key; null = there is none for the reader. */
      find: (key: string): ListedView | null =>
        [...standard, ...all].find((view) => view.key === key) ?? null,
      choiceOf: (kind: ChoiceKind, key?: string): RecordOut | undefined =>
        own.find((choice) => choice['as'] === kind && (key === undefined || choice['view'] === key)),
      isLoaded: !isKnown || (records !== undefined && chosen !== undefined),
    };
  }, [entity, records, chosen, me, isKnown]);
}

/** The views of an entity, as `useViews` answers them. */
export type Views = ReturnType<typeof useViews>;

function listed(record: RecordOut): ListedView {
  const text = (name: string): string | null => (typeof record[name] === 'string' ? record[name] : null);
  return {
    key: record.id,
    name: text('name') ?? '–',
    where: text('where'),
    sort: text('sort'),
    columns: text('columns'),
    display: record['display'] === 'board' ? 'board' : 'list',
    record,
  };
}

/** The address of a view, all it says written out, so that a link shows it to whoever opens it. */
export const searchOf = (view: ListedView | null, entity: EntityDescription): ListSearch => ({
  view: view?.key ?? allRecords,
  where: view?.where ?? undefined,
  sort: view?.sort ?? entity.list.sort,
  columns: view?.columns ?? undefined,
});

/** Writes views and choices through the ordinary verbs, so that they have history and can be taken back. */
export function useViewWrites() {
  const client = useQueryClient();
  const then = { onSuccess: () => recordsChanged(client) };
  return {
    create: useMutation({
      mutationFn: (values: ViewValues) => api.post<RecordOut>('/saved-views', values),
      ...then,
    }),
    change: useMutation({
      mutationFn: ({
        record,
        values,
      }: {
        readonly record: RecordOut;
        readonly values: Partial<ViewValues>;
      }) => api.patch<RecordOut>(`/saved-views/${record.id}`, { version: record.version, ...values }),
      ...then,
    }),
    choose: useMutation({
      mutationFn: async ({
        entity,
        view,
        as,
        before,
      }: {
        readonly entity: string;
        readonly view: string | null;
        readonly as: ChoiceKind;
        readonly before: RecordOut | undefined;
      }) => {
        if (view === null) return before ? api.remove<unknown>(`/view-choices/${before.id}`) : null;
        return before
          ? api.patch<RecordOut>(`/view-choices/${before.id}`, { version: before.version, view })
          : api.post<RecordOut>('/view-choices', { entity, view, as });
      },
      ...then,
    }),
  };
}
