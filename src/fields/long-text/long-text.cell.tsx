import type { CellProps } from '../field-view.tsx';

/** A long text on one line; the whole of it stands in the tooltip. */
export function Cell({ value }: CellProps) {
  const text = String(value);
  return (
    <span className="r-ellipsis" title={text}>
      {text.replace(/\s+/g, ' ')}
    </span>
  );
}
