import type { CellProps } from '../field-view.tsx';

/** A number that the system gave; its digits stand below one another. */
export function Cell({ value }: CellProps) {
  return <span className="r-ellipsis r-figures">{String(value)}</span>;
}
