import type { CellProps } from '../field-view.tsx';

/** A person's name as one says it. */
export function Cell({ value }: CellProps) {
  const { first, middle, last } = value as Readonly<Record<string, string | null>>;
  return <span className="r-ellipsis">{[first, middle, last].filter(Boolean).join(' ')}</span>;
}
