import { fieldType } from '../../fields/index.ts';
import type { Field } from '../../model/field.ts';

const whole = new Set(['text', 'number', 'date', 'dateTime', 'code', 'id']);

/**
 * True when one column holds all that makes two values of a field the same, and fits an index: no money (its currency
 * is apart), no long text, no list of values.
 */
export function canBeUnique(field: Field): boolean {
  const type = fieldType(field.type);
  const { '': path, ...parts } = type.paths(field);
  if (!path || !whole.has(path.kind) || Object.keys(parts).length > 0) return false;
  return path.kind !== 'text' || type.sortable;
}
