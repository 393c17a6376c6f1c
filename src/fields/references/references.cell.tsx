import type { ReferenceValue } from '../../model/record.ts';
import type { CellProps } from '../field-view.tsx';
import { RecordReference } from '../record-reference.tsx';

/** Links to the records named, side by side. */
export function Cell({ value, field }: CellProps) {
  const named = Array.isArray(value) ? (value as readonly ReferenceValue[]) : [];
  return (
    <span className="r-ellipsis">
      {named.map((one, position) => (
        <span key={one.id}>
          {position > 0 ? ', ' : null}
          <RecordReference value={one} entity={field.to[0]} />
        </span>
      ))}
    </span>
  );
}
