import type { CellProps } from '../field-view.tsx';
import { ValueBadge } from '../value-badge.tsx';

/** The value's label as a badge in its colour. */
export function Cell({ value, field }: CellProps) {
  return <ValueBadge code={String(value)} values={field.values} />;
}
