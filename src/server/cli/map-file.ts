import { readFile } from 'node:fs/promises';
import type { ColumnMapping, ImportMapping } from '../../model/import.ts';
import { UsageError } from './command.ts';
import { refuseUnreadable } from './import-files.ts';
import type { PerFile } from './import-options.ts';
import { nearPath } from './near-path.ts';

/** What is written in a map file. */
interface MapFile {
  readonly written: unknown;
}

/** Reads the map files of an import, by the place of the file that each is of. */
export async function readMaps(paths: PerFile): Promise<readonly (MapFile | null)[]> {
  return Promise.all(paths.map(async (path) => (path === null ? null : readMap(path))));
}

async function readMap(path: string): Promise<MapFile> {
  await refuseUnreadable(path);
  const text = await readFile(nearPath(path), 'utf8');
  try {
    return { written: JSON.parse(text) as unknown };
  } catch (error) {
    throw new UsageError(`${path} isn’t JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * What somebody wrote into a map file, laid over the guess: columns by name, the rest by member. Left as it is where
 * it has another shape, so that the check of mappings says what is wrong.
 */
export function withMapFile(guess: ImportMapping, written: unknown): unknown {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return written;
  const { columns, ...rest } = written as { readonly columns?: unknown };
  if (columns === undefined) return { ...guess, ...rest };
  if (!Array.isArray(columns)) return { ...guess, ...rest, columns };
  const own = columns as readonly (Partial<ColumnMapping> | null)[];
  const named = new Map(own.map((each) => [each?.column, each]));
  const taken = new Set(own.map((each) => each?.to).filter(Boolean));
  const known = new Set(guess.columns.map(({ column }) => column));
  return {
    ...guess,
    ...rest,
    columns: [
      ...guess.columns.map((column) => {
        const said = named.get(column.column);
        if (said) return said;
        // A target that the file gives to one column isn't also that of a guess.
        return column.to !== null && taken.has(column.to) ? { column: column.column, to: null } : column;
      }),
      ...own.filter((each) => !known.has(each?.column ?? '')),
    ],
  };
}
