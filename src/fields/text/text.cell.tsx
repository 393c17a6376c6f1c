import type { CellProps } from '../field-view.tsx';

/** A text on one line. */
export function Cell({ value }: CellProps) {
  return <span className="r-ellipsis">{String(value)}</span>;
}
