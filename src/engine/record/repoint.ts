import type { AnyReference } from '../../fields/any-reference/any-reference.ts';
import type { Field } from '../../model/field.ts';

/** Records of one entity that others stand for now. */
export interface Standing {
  readonly entity: string;
  readonly into: ReadonlyMap<string, string>;
}

/** The stored value of a reference, of whichever kind, with every record in it replaced by the one that stands for it, each once. */
export function repoint(field: Field, value: unknown, { entity, into }: Standing): unknown {
  if (value === null || value === undefined) return value ?? null;
  if (field.type === 'any-reference') {
    const named = value as AnyReference;
    const id = named.entity === entity ? into.get(named.id) : undefined;
    return id === undefined ? value : { ...named, id };
  }
  if (Array.isArray(value)) return [...new Set(value.map((id: string) => into.get(id) ?? id))];
  return typeof value === 'string' ? (into.get(value) ?? value) : value;
}
