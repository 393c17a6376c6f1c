// biome-ignore-all lint/a11y/useSemanticElements: rows are absolutely placed, which no <table> allows; the roles say what they are
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the active row
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, widthLimits } from './columns.ts';
import classes from './Grid.module.css';
import type { ListView } from './list-view.ts';
import type { ListState } from './use-list-state.ts';

const limited = (width: number): number =>
  Math.round(Math.max(widthLimits.min, Math.min(widthLimits.max, width)));

/** The names of the columns: a click sorts, dragging moves, the edge resizes; Shift or Alt with arrows do it by keyboard. */
export function GridHead({
  entity,
  columns,
  sort,
  onSort,
  state,
  template,
  width,
  children,
}: ListView & {
  readonly sort: string;
  readonly onSort: (sort: string) => void;
  readonly state: ListState;
  readonly template: string;
  readonly width: number;
  readonly children: ReactNode;
}) {
  const [dragged, setDragged] = useState<string | null>(null);
  const names = columns.map(({ field }) => field.name);

  function move(name: string, to: number): void {
    const rest = names.filter((other) => other !== name);
    // The title stays first: it is what a row is known by.
    const place = Math.max(1, Math.min(rest.length, to));
    if (name !== entity.title) state.setColumns([...rest.slice(0, place), name, ...rest.slice(place)]);
  }

  return (
    <div
      role="row"
      aria-rowindex={1}
      className={classes.heads}
      style={{ gridTemplateColumns: template, minWidth: width }}
    >
      <div role="columnheader" className={classes.box0}>
        {children}
      </div>
      {columns.map((column, position) => (
        <Head
          key={column.field.name}
          column={column}
          sort={sort}
          onSort={onSort}
          onWidth={(next) => state.setWidth(column.field.name, limited(next))}
          onMove={(by) => move(column.field.name, position + by)}
          drag={{
            draggable: column.field.name !== entity.title,
            onDragStart: (event) => {
              event.dataTransfer.effectAllowed = 'move';
              setDragged(column.field.name);
            },
            onDragOver: (event) => dragged !== null && event.preventDefault(),
            onDrop: () => {
              if (dragged !== null && dragged !== column.field.name) move(dragged, position);
              setDragged(null);
            },
            onDragEnd: () => setDragged(null),
          }}
        />
      ))}
    </div>
  );
}

function Head({
  column: { field, isFigure, width },
  sort,
  onSort,
  onWidth,
  onMove,
  drag,
}: {
  readonly column: Column;
  readonly sort: string;
  readonly onSort: (sort: string) => void;
  readonly onWidth: (width: number) => void;
  readonly onMove: (by: number) => void;
  readonly drag: React.HTMLAttributes<HTMLElement> & { readonly draggable: boolean };
}) {
  const { t } = useTranslation();
  const direction = sort === field.name ? 'ascending' : sort === `-${field.name}` ? 'descending' : null;
  const Arrow = direction === 'descending' ? IconArrowDown : IconArrowUp;

  function pressed(event: React.KeyboardEvent): void {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined || !(event.shiftKey || event.altKey)) return;
    event.preventDefault();
    if (event.shiftKey) onWidth(width + by * 16);
    else onMove(by);
  }

  function resize(event: React.PointerEvent): void {
    event.preventDefault();
    const handle = event.currentTarget;
    const start = event.clientX;
    const moved = (at: Event): void => onWidth(width + (at as PointerEvent).clientX - start);
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener('pointermove', moved);
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', moved), {
      once: true,
    });
  }

  return (
    <div
      role="columnheader"
      aria-sort={direction ?? undefined}
      className={classes.headCell}
      data-figure={isFigure || undefined}
      {...drag}
    >
      {field.sortable ? (
        <button
          type="button"
          className={classes.headButton}
          onClick={() => onSort(direction === 'ascending' ? `-${field.name}` : field.name)}
          onKeyDown={pressed}
          title={field.label}
        >
          <span className="r-ellipsis">{field.label}</span>
          {direction ? <Arrow size={14} stroke={2} aria-hidden /> : null}
        </button>
      ) : (
        <span className={classes.headButton} title={field.label}>
          <span className="r-ellipsis">{field.label}</span>
        </span>
      )}
      <span
        className={classes.edge}
        onPointerDown={resize}
        title={t('list.resize', { column: field.label })}
        aria-hidden
      />
    </div>
  );
}
