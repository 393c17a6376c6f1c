import type { CellProps } from '../field-view.tsx';

/** JSON on one line; the whole of it, in lines, stands in the tooltip. */
export function Cell({ value }: CellProps) {
  return (
    <code className="r-ellipsis" title={JSON.stringify(value, null, 2)}>
      {JSON.stringify(value)}
    </code>
  );
}
