import type { CellProps } from '../field-view.tsx';

/** An identifier, in full, for those who look for it. */
export function Cell({ value }: CellProps) {
  return <code className="r-ellipsis">{String(value)}</code>;
}
