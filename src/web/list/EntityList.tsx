import { useMediaQuery } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { ApiProblem } from '../../web-kit/api/problem.ts';
import { paths } from '../app/paths.ts';
import { RunPanel } from '../bulk/RunPanel.tsx';
import { listQuery } from '../data/records.ts';
import { Cards } from './Cards.tsx';
import { EmptyFirst } from './EmptyFirst.tsx';
import classes from './EntityList.module.css';
import { Grid } from './Grid.tsx';
import { ListEmpty } from './ListEmpty.tsx';
import { ListFooter } from './ListFooter.tsx';
import { ListHeader } from './ListHeader.tsx';
import { ListSkeleton } from './ListSkeleton.tsx';
import { ListToolbar } from './ListToolbar.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { useListState } from './use-list-state.ts';

/** The list of any entity: head, filters, rows, totals. */
export function EntityList({ entity }: { readonly entity: EntityDescription }) {
  const router = useRouter();
  const state = useListState(entity);
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [isAll, setAll] = useState(false);
  const [wantsSelecting, setSelecting] = useState(false);
  const isAnySelected = isAll || selected.size > 0;
  const isSelecting = isPhone && (wantsSelecting || isAnySelected);
  const fields = useMemo(() => state.columns.map(({ field }) => field.name), [state.columns]);
  // The footer counts, apart from the rows: a count looks at many more records than a page does.
  const count = 'none' as const;
  const query = { where: state.where, sort: state.sort, fields, removed: state.isBin || undefined, count };
  const list = useInfiniteQuery(listQuery(entity.plural, query));
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);

  // What is selected must be what is seen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view empties the selection
  useEffect(() => {
    setSelected(new Set());
    setAll(false);
  }, [state.where, state.isBin]);
  const seen = useMemo(() => (isAll ? new Set(rows.map(({ id }) => id)) : selected), [isAll, rows, selected]);

  const open = (record: RecordOut): void => {
    void router.navigate({ to: paths.record(entity.plural, record.id) as '/' });
  };
  const isBadFilter = list.error instanceof ApiProblem && list.error.kind === 'bad-expression';
  const more = (): void => {
    if (list.hasNextPage && !list.isFetchingNextPage && !list.isError) void list.fetchNextPage();
  };
  const shown = {
    entity,
    columns: state.columns,
    rows,
    total: list.data && !list.hasNextPage ? rows.length : null,
    selected: seen,
    onSelect: (ids: ReadonlySet<string>) => {
      setAll(false);
      setSelected(ids);
    },
    isSelecting,
    onOpen: open,
    onEnd: more,
    isMore: list.isFetchingNextPage,
    isStale: list.isPlaceholderData,
  };

  return (
    <div className={classes.list}>
      <ListHeader entity={entity} />
      <ListToolbar
        entity={entity}
        state={state}
        error={isBadFilter ? list.error : null}
        isSelecting={isSelecting}
        onSelecting={isPhone ? setSelecting : null}
      />
      <EmptyFirst state={state} first={rows[0]} />
      {isAnySelected || isSelecting ? (
        <SelectionBar
          entity={entity}
          selected={rows.filter(({ id }) => seen.has(id))}
          where={state.where}
          isAll={isAll}
          hasMore={list.hasNextPage || seen.size < rows.length}
          onAll={() => setAll(true)}
          isBin={state.isBin}
          onDone={() => {
            setSelected(new Set());
            setAll(false);
            setSelecting(false);
          }}
        />
      ) : null}
      <RunPanel entity={entity} />
      <div className={classes.body}>
        {list.isPending ? (
          <ListSkeleton columns={state.columns} isPhone={isPhone} />
        ) : rows.length === 0 || (list.isError && !list.isFetchNextPageError) ? (
          <ListEmpty entity={entity} state={state} error={list.error} onRetry={() => void list.refetch()} />
        ) : isPhone ? (
          <Cards {...shown} />
        ) : (
          <Grid {...shown} sort={state.sort} onSort={(sort) => state.change({ sort })} state={state} />
        )}
      </div>
      <ListFooter entity={entity} state={state} isOver={list.error} loaded={rows.length} />
    </div>
  );
}
