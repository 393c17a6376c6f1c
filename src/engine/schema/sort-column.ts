import { fieldType } from '../../fields/index.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';

/** The column that orders records by a field; null when lists can't be sorted by it. */
export function sortColumn(field: Field): string | null {
  const type = fieldType(field.type);
  const whole = type.sortable ? type.paths(field)[''] : undefined;
  return whole ? (whole.sort ?? whole.column) : null;
}

/** Field and direction of a declared sort: `-amount` is descending. */
export function readSort(entity: Entity, sort: string): { field: Field | null; descending: boolean } {
  const descending = sort.startsWith('-');
  return { field: entity.fields[descending ? sort.slice(1) : sort] ?? null, descending };
}
