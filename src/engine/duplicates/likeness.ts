import type { Comparable } from '../../fields/field-type.ts';
import { fieldType } from '../../fields/index.ts';
import { fold } from '../../lib/fold.ts';
import type { Field } from '../../model/field.ts';

/** How it is told in the database and of a value at hand whether two values of a field are alike. */
export interface FieldLikeness {
  readonly columns: readonly string[];
  /** Over the columns by their bare names, as an index has it; null = the one column itself. */
  readonly expression: string | null;
  /** The same in a query in which the record stands under `alias`. */
  sql(alias: string): string;
  of(value: unknown): string | null;
}

const quoted = (name: string): string => `"${name}"`;
const compared = new Set<Comparable['kind']>(['text', 'code', 'id']);

/** How values of a field are recognised as the same; null for fields of which nothing tells that. */
export function likenessOf(field: Field): FieldLikeness | null {
  const type = fieldType(field.type);
  const own = type.likeness?.(field);
  if (own) {
    const columns: string[] = [];
    const expression = own.sql((name) => {
      columns.push(name);
      return quoted(name);
    });
    return {
      columns,
      expression,
      sql: (alias) => own.sql((name) => `${quoted(alias)}.${quoted(name)}`),
      of: (value) => own.of(value),
    };
  }
  const path = type.paths(field)[''];
  if (!path || !compared.has(path.kind)) return null;
  return {
    columns: [path.column],
    expression: null,
    sql: (alias) => `${quoted(alias)}.${quoted(path.column)}`,
    of: (value) => {
      const picked = path.pick(value) ?? null;
      if (picked === null || picked === '') return null;
      return path.kind === 'text' ? fold(String(picked)) : String(picked);
    },
  };
}
