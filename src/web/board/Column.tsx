import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter';
import { ActionIcon, Button, Skeleton } from '@mantine/core';
import { IconFold } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal, formatMoney } from '../../fields/format.browser.ts';
import { toneStyle } from '../../fields/value-badge.tsx';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import type { Totals } from '../data/records.ts';
import type { BoardColumn } from './board-columns.ts';
import { type BoardView, columnQuery } from './board-query.ts';
import { Card } from './Card.tsx';
import classes from './Column.module.css';
import { useLift } from './lift.tsx';

/** One column: its name, count and sums from the server, and its cards, more of them as one scrolls. */
export function Column({
  entity,
  board,
  column,
  columns,
  view,
  group,
  onMove,
}: {
  readonly entity: EntityDescription;
  readonly board: NonNullable<EntityDescription['board']>;
  readonly column: BoardColumn;
  readonly columns: readonly BoardColumn[];
  readonly view: BoardView;
  /** Null: nothing there; undefined: not known. */
  readonly group: Totals['groups'][number] | null | undefined;
  readonly onMove: (record: RecordOut, to: string | null) => Promise<void>;
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const { over } = useLift();
  const box = useRef<HTMLLIElement>(null);
  const [isDraggedOver, setDraggedOver] = useState(false);
  const [isFolded, setFolded] = useState(column.isClosed);
  const cards = useInfiniteQuery({ ...columnQuery(entity, view, column.code), enabled: !isFolded });
  const items = cards.data?.pages.flatMap((page) => page.items) ?? [];
  const move = useRef(onMove);
  move.current = onMove;

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => column.takesCards && source.data['entity'] === entity.name,
      onDragEnter: () => setDraggedOver(true),
      onDragLeave: () => setDraggedOver(false),
      onDrop: ({ source }) => {
        setDraggedOver(false);
        void move.current(source.data['record'] as RecordOut, column.code);
      },
    });
  }, [column.code, column.takesCards, entity.name]);

  const isOver = isDraggedOver || over === column.code;
  const count = group === undefined ? null : (group?.count ?? 0);
  const shownCount = count === null ? null : formatDecimal(locale, count);
  const countWords = count === null ? '' : t('board.count', { count, n: shownCount ?? '' });
  const sums = board.sum === null ? [] : (group?.sums[board.sum] ?? []);

  if (isFolded) {
    return (
      <li ref={box} className={classes.folded} data-column data-over={isOver || undefined}>
        <button
          type="button"
          className={classes.unfold}
          aria-expanded={false}
          title={`${column.label}: ${countWords}`}
          onClick={() => setFolded(false)}
        >
          <span className="r-tone-dot" style={toneStyle(column.color)} aria-hidden />
          <span className={classes.count}>{shownCount}</span>
          <span className={classes.upright}>{column.label}</span>
        </button>
      </li>
    );
  }

  return (
    <li ref={box} className={classes.column} data-column data-over={isOver || undefined}>
      <div className={classes.head}>
        <span className="r-tone-dot" style={toneStyle(column.color)} aria-hidden />
        <h2 className={classes.name}>{column.label}</h2>
        {shownCount !== null ? (
          <span className={classes.count} title={countWords}>
            {shownCount}
          </span>
        ) : null}
        {column.isClosed ? (
          <ActionIcon
            size={24}
            className={classes.fold ?? ''}
            aria-label={`${t('board.hideClosed')}: ${column.label}`}
            aria-expanded
            onClick={() => setFolded(true)}
          >
            <IconFold size={15} stroke={1.7} aria-hidden style={{ rotate: '90deg' }} />
          </ActionIcon>
        ) : null}
      </div>
      {board.sum === null ? null : (
        <div className={classes.sums}>
          {sums.length === 0 ? <span>&nbsp;</span> : null}
          {sums.map(({ currency, sum }) => (
            <span
              key={currency}
              className="r-figures"
              title={currency ? formatMoney(locale, sum, currency) : formatDecimal(locale, sum)}
            >
              {currency
                ? formatMoney(locale, sum, currency, { maximumFractionDigits: 0, minimumFractionDigits: 0 })
                : formatDecimal(locale, sum)}
            </span>
          ))}
        </div>
      )}
      <div
        className={classes.cards}
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          const isNearEnd = scrollHeight - scrollTop - clientHeight < 500;
          if (isNearEnd && cards.hasNextPage && !cards.isFetchingNextPage && !cards.isError)
            void cards.fetchNextPage();
        }}
      >
        {cards.isPending ? (
          <>
            <Skeleton height={104} />
            <Skeleton height={104} />
          </>
        ) : cards.isError && items.length === 0 ? (
          <p className={classes.quiet}>
            {t('board.failed')}{' '}
            <Button size="compact-xs" variant="subtle" onClick={() => void cards.refetch()}>
              {t('common.retry')}
            </Button>
          </p>
        ) : items.length === 0 ? (
          <p className={classes.quiet}>{t('board.none')}</p>
        ) : (
          <ul className={classes.list} data-stale={cards.isPlaceholderData || undefined}>
            {items.map((record) => (
              <Card
                key={record.id}
                entity={entity}
                board={board}
                record={record}
                columns={columns}
                onMove={onMove}
              />
            ))}
          </ul>
        )}
        {cards.hasNextPage ? (
          <Button
            size="compact-sm"
            variant="subtle"
            fullWidth
            loading={cards.isFetchingNextPage}
            onClick={() => void cards.fetchNextPage()}
          >
            {t('board.more')}
          </Button>
        ) : null}
      </div>
    </li>
  );
}
