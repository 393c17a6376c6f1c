import type { FieldDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { cells } from './cells.ts';

/** A value of any field as people read it; what is empty is a quiet dash, or nothing where `isBare`. */
export function FieldCell({
  field,
  value,
  record,
  isBare = false,
}: {
  readonly field: FieldDescription;
  readonly value: unknown;
  readonly record?: RecordOut;
  readonly isBare?: boolean;
}) {
  if (isEmpty(value)) return isBare ? null : <span className="r-muted">–</span>;
  const Cell = cells.get(field.type);
  if (!Cell)
    return <span className="r-ellipsis">{typeof value === 'string' ? value : JSON.stringify(value)}</span>;
  return <Cell value={value} field={field} {...(record ? { record } : {})} />;
}

/** Whether a value as the API answers it says nothing. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.values(value).every((part) => part === null || part === '');
}
