import type { LikeSearch } from '../../fields/field-type.ts';
import { fieldType } from '../../fields/index.ts';
import { fold } from '../../lib/fold.ts';
import type { Field } from '../../model/field.ts';

/** Where values of a field are looked for, as SQL. */
export interface LikePlace {
  readonly columns: readonly string[];
  /** Over the columns by their bare names, as an index has it; null = the one column itself. */
  readonly expression: string | null;
  /** The same in a query in which the record stands under `alias`. */
  sql(alias: string): string;
}

/** How it is told in the database and of values at hand whether two values of a field are alike. */
export interface FieldLikeness {
  /** What the places hold. */
  readonly kind: 'text' | 'uuid';
  readonly places: Readonly<Record<string, LikePlace>>;
  /** The places that are looked at, and so have an index. */
  readonly searched: readonly string[];
  of(value: unknown): string | null;
  /** 1 the same, 0 tells nothing, −1 others. */
  between(one: unknown, other: unknown): number;
  searches(value: unknown): readonly LikeSearch[];
  /** Parts of a value that stand at places of their own: a first and a last name. */
  readonly parts: { readonly places: readonly LikePlace[]; of(value: unknown): readonly string[] } | null;
}

const quoted = (name: string): string => `"${name}"`;
const known = new WeakMap<Field, FieldLikeness | null>();

/** How values of a field are recognised as the same; null for fields of which nothing tells that. */
export function likenessOf(field: Field): FieldLikeness | null {
  let likeness = known.get(field);
  if (likeness === undefined) {
    likeness = declared(field) ?? byPath(field);
    known.set(field, likeness);
  }
  return likeness;
}

function declared(field: Field): FieldLikeness | null {
  const own = fieldType(field.type).likeness?.(field);
  if (!own) return null;
  const places = Object.fromEntries(
    Object.entries(own.places).map(([name, write]) => [name, placeOf(write)]),
  );
  const { parts } = own;
  return {
    kind: 'text',
    places,
    searched: own.searched,
    of: own.of,
    between: own.between ?? sameOrOther(own.of),
    searches: own.searches,
    parts: parts
      ? { places: parts.places.flatMap((name) => places[name] ?? []), of: (value) => parts.of(value) }
      : null,
  };
}

function placeOf(write: (column: (name: string) => string) => string): LikePlace {
  const columns: string[] = [];
  const text = write((name) => {
    columns.push(name);
    return quoted(name);
  });
  return {
    columns,
    expression: columns.length === 1 && text === quoted(columns[0] ?? '') ? null : text,
    sql: (alias) => write((name) => `${quoted(alias)}.${quoted(name)}`),
  };
}

/** Of types that say nothing of likeness: by their whole path; those of few values aren't looked for by it. */
function byPath(field: Field): FieldLikeness | null {
  const path = fieldType(field.type).paths(field)[''];
  if (!path || path.kind === 'codes' || path.kind === 'ids' || path.kind === 'boolean') return null;
  const isLookedFor = path.kind === 'text' || path.kind === 'id';
  const of = (value: unknown): string | null => {
    const picked = path.pick(value) ?? null;
    if (picked === null || picked === '') return null;
    return path.kind === 'text' ? fold(String(picked)) : String(picked);
  };
  return {
    kind: path.kind === 'id' ? 'uuid' : 'text',
    places: { whole: placeOf((column) => column(path.column)) },
    searched: isLookedFor ? ['whole'] : [],
    of,
    between: sameOrOther(of),
    searches: (value) => {
      const text = isLookedFor ? of(value) : null;
      return text === null ? [] : [{ place: 'whole', text }];
    },
    parts: null,
  };
}

const sameOrOther =
  (of: (value: unknown) => string | null) =>
  (one: unknown, other: unknown): number => {
    const [a, b] = [of(one), of(other)];
    if (a === null || b === null) return 0;
    return a === b ? 1 : -1;
  };
