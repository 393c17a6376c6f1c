// biome-ignore-all lint/a11y/useSemanticElements: rows are absolutely placed, which no <table> allows; the roles say what they are
import { Checkbox } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldViewProvider, useFieldView } from '../../fields/field-view.tsx';
import classes from './Grid.module.css';
import { GridHead } from './GridHead.tsx';
import { GridRow } from './GridRow.tsx';
import { gridKey } from './grid-keys.ts';
import { type ListView, toggled } from './list-view.ts';
import type { ListState } from './use-list-state.ts';

const rowHeight = 40;
const headHeight = 36;

/** Where each list was left, so that coming back from a record shows the same rows. */
const left = new Map<string, { readonly offset: number; readonly active: number }>();

/** A list as a table of virtual rows: arrows move, Enter opens, Space selects. */
export function Grid(
  props: ListView & {
    readonly sort: string;
    readonly onSort: (sort: string) => void;
    readonly state: ListState;
  },
) {
  const { state, columns, rows, total, selected, onSelect, onOpen, onEnd, isMore, isStale } = props;
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const place = `${props.entity.name} ${props.sort} ${state.where ?? ''} ${state.isBin}`;
  const [active, setActive] = useState(() => left.get(place)?.active ?? 0);
  const outer = useFieldView();
  const view = useMemo(() => ({ ...outer, linkTabIndex: -1 as const }), [outer]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
    initialOffset: left.get(place)?.offset ?? 0,
    scrollPaddingStart: headHeight,
    paddingEnd: isMore ? rowHeight : 0,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const current = Math.min(active, rows.length - 1);

  useEffect(() => {
    if (last >= rows.length - 30) onEnd();
  }, [last, rows.length, onEnd]);

  useEffect(() => {
    const element = box.current;
    return () => {
      if (element) left.set(place, { offset: element.scrollTop, active: current });
    };
  }, [place, current]);

  // Arrows, j and k work at once, without a click into the list first.
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const isFree = document.activeElement === document.body || document.activeElement?.id === 'main';
      if (isFree && ['ArrowDown', 'ArrowUp', 'j', 'k'].includes(event.key)) box.current?.focus();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);

  const template = `44px ${columns.map(({ width }) => `${width}px`).join(' ')} minmax(0, 1fr)`;
  const width = 44 + columns.reduce((sum, column) => sum + column.width, 0);

  function pressed(event: React.KeyboardEvent): void {
    if (event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 400) / rowHeight) - 2);
    const did = gridKey(event, current, rows.length, page);
    if (!did) return;
    event.preventDefault();
    const record = rows[did.to];
    if (!record) return;
    if (did.kind === 'open') onOpen(record);
    else if (did.kind === 'select') onSelect(toggled(selected, record.id));
    else {
      setActive(did.to);
      virtual.scrollToIndex(did.to);
      if (did.kind === 'extend') onSelect(new Set([...selected, rows[current]?.id ?? record.id, record.id]));
    }
  }

  const allLoaded = selected.size > 0 && rows.every(({ id }) => selected.has(id));
  return (
    <FieldViewProvider value={view}>
      <div
        ref={box}
        className={classes.box}
        role="grid"
        tabIndex={0}
        aria-label={props.entity.label.many}
        aria-rowcount={total === null ? -1 : total + 1}
        aria-colcount={columns.length + 1}
        aria-multiselectable
        aria-busy={isStale || isMore}
        aria-activedescendant={rows[current] ? `row-${rows[current].id}` : undefined}
        onKeyDown={pressed}
        data-stale={isStale || undefined}
      >
        <div className={classes.head} role="rowgroup">
          <GridHead template={template} width={width} {...props}>
            <Checkbox
              aria-label={t('list.selectAll')}
              checked={allLoaded}
              indeterminate={selected.size > 0 && !allLoaded}
              onChange={() => onSelect(allLoaded ? new Set() : new Set(rows.map(({ id }) => id)))}
            />
          </GridHead>
        </div>
        <div
          role="rowgroup"
          style={{ height: virtual.getTotalSize(), minWidth: width, position: 'relative' }}
        >
          {items.map(({ index, start }) => {
            const record = rows[index];
            return record ? (
              <GridRow
                key={record.id}
                {...props}
                record={record}
                index={index}
                top={start}
                template={template}
                isActive={index === current}
                isSelected={selected.has(record.id)}
                onPoint={setActive}
              />
            ) : null;
          })}
          {isMore ? (
            <div className={classes.more} style={{ top: rows.length * rowHeight }}>
              {t('list.loadingMore')}
            </div>
          ) : null}
        </div>
      </div>
    </FieldViewProvider>
  );
}
