import type { CellProps } from '../field-view.tsx';
import { ValueBadge } from '../value-badge.tsx';

/** The values' labels as badges, side by side. */
export function Cell({ value, field }: CellProps) {
  const codes = Array.isArray(value) ? value.map(String) : [];
  return (
    <span style={{ display: 'inline-flex', gap: 4, minWidth: 0 }}>
      {codes.map((code) => (
        <ValueBadge key={code} code={code} values={field.values} />
      ))}
    </span>
  );
}
