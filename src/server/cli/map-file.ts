import type { ColumnMapping, ImportMapping } from '../../model/import.ts';

/**
 * What somebody wrote into a map file, laid over the guess: columns by name, the rest by member. Left as it is where
 * it has another shape, so that the check of mappings says what is wrong.
 */
export function withMapFile(guess: ImportMapping, written: unknown): unknown {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return written;
  const { columns, ...rest } = written as { readonly columns?: unknown };
  if (columns === undefined) return { ...guess, ...rest };
  if (!Array.isArray(columns)) return { ...guess, ...rest, columns };
  const named = new Map(columns.map((each: Partial<ColumnMapping> | null) => [each?.column, each]));
  const taken = new Set(columns.map((each: Partial<ColumnMapping> | null) => each?.to).filter(Boolean));
  const known = new Set(guess.columns.map(({ column }) => column));
  return {
    ...guess,
    ...rest,
    columns: [
      ...guess.columns.map((column) => {
        const own = named.get(column.column);
        if (own) return own;
        // A target that the file gives to one column isn't also that of a guess.
        return column.to !== null && taken.has(column.to) ? { column: column.column, to: null } : column;
      }),
      ...columns.filter((each: Partial<ColumnMapping> | null) => !known.has(each?.column ?? '')),
    ],
  };
}
