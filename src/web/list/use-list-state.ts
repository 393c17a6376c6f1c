import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { quote } from '../../expression/quote.ts';
import type { EntityDescription } from '../../model/description.ts';
import { allRecords } from '../../model/view.ts';
import { useDescription } from '../data/describe.ts';
import { useMe } from '../data/me.ts';
import { readChoice, writeChoice } from './column-store.ts';
import { type Column, type ColumnChoice, columnsOf } from './columns.ts';
import { type ListSearch, readListSearch } from './list-search.ts';

/** What a list shows and how to change it; all of it but widths stands in the address. */
export interface ListState {
  readonly search: ListSearch;
  readonly sort: string;
  /** Filter and quick text joined. */
  readonly where: string | undefined;
  readonly isBin: boolean;
  readonly isFiltered: boolean;
  readonly columns: readonly Column[];
  readonly change: (patch: Partial<ListSearch>) => void;
  readonly setColumns: (names: readonly string[] | undefined) => void;
  readonly setWidth: (name: string, width: number) => void;
}

/** The state of the list of an entity. */
export function useListState(entity: EntityDescription): ListState {
  const raw = useSearch({ strict: false });
  const navigate = useNavigate();
  const { user } = useMe();
  const description = useDescription();
  const search = useMemo(() => readListSearch(raw), [raw]);
  const [choice, setChoice] = useState<ColumnChoice>(() => readChoice(user.id, entity.name));

  const isOwn = search.view === undefined || search.view === allRecords;

  const change = useCallback(
    (patch: Partial<ListSearch>, replace = 'q' in patch): void => {
      void navigate({
        to: '.',
        search: ((before: Record<string, unknown>) => ({ ...readListSearch(before), ...patch })) as never,
        replace,
      });
    },
    [navigate],
  );

  const keep = useCallback(
    (next: (before: ColumnChoice) => ColumnChoice): void =>
      setChoice((before) => {
        const after = next(before);
        writeChoice(user.id, entity.name, after);
        return after;
      }),
    [user.id, entity.name],
  );

  const setColumns = useCallback(
    (names: readonly string[] | undefined): void => {
      // Columns chosen within a view are that view's; others are one's own.
      if (isOwn) keep((before) => ({ ...before, names }));
      change({ columns: names?.join(',') });
    },
    [keep, change, isOwn],
  );

  const setWidth = useCallback(
    (name: string, width: number): void =>
      keep((before) => ({ ...before, widths: { ...before.widths, [name]: width } })),
    [keep],
  );

  // One's own columns go into the address too, so that a copied link shows them.
  const own = choice.names?.join(',');
  useEffect(() => {
    if (own && isOwn && !search.columns && own !== entity.list.columns.join(','))
      change({ columns: own }, true);
  }, [own, isOwn, search.columns, entity, change]);

  const names = search.columns?.split(',') ?? (isOwn ? choice.names : undefined) ?? entity.list.columns;
  const shown = names.join(',');
  const columns = useMemo(
    () => columnsOf(entity, shown.split(','), choice, description),
    [entity, shown, choice, description],
  );
  const byName = search.q ? `${entity.title} contains ${quote(search.q)}` : undefined;
  const where = search.where && byName ? `(${search.where}) and ${byName}` : (search.where ?? byName);

  return {
    search,
    sort: search.sort ?? entity.list.sort,
    where,
    isBin: search.removed === '1',
    isFiltered: where !== undefined,
    columns,
    change,
    setColumns,
    setWidth,
  };
}
