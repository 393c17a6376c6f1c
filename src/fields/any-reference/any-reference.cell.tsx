import type { ReferenceValue } from '../../model/record.ts';
import type { CellProps } from '../field-view.tsx';
import { RecordReference } from '../record-reference.tsx';

/** A link to the record named. */
export function Cell({ value, field }: CellProps) {
  return <RecordReference value={value as ReferenceValue} entity={field.to[0]} />;
}
