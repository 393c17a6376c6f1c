import { keepable } from '../../../lib/keepable.ts';
import { columnNames } from './header-row.ts';
import type { RawRow } from './raw-rows.ts';

/** A record whose cells have names of their own, with the line on which it begins. */
export interface KeyedRow {
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
}

/** Columns of keyed records, gathered from all of them; `first` come first, in their order, where something fills them. */
export async function keyedColumns(
  batches: AsyncIterable<readonly KeyedRow[]>,
  first: readonly string[] = [],
): Promise<readonly string[]> {
  const seen = new Set<string>();
  let line = 1;
  for await (const batch of batches) {
    for (const row of batch) {
      for (const name of row.cells.keys()) seen.add(nameOf(name));
      line = row.line;
      // More than a table may have: what comes behind them isn't needed to refuse it.
      if (seen.size > 10_000) return columnNames({ line, cells: [...seen] }, []);
    }
  }
  const ranked = [
    ...first.filter((name) => seen.has(name)),
    ...[...seen].filter((name) => !first.includes(name)),
  ];
  return columnNames({ line: 1, cells: ranked }, []);
}

/** Keyed records as rows of these columns; those without a cell are left out. */
export async function* keyedRows(
  batches: AsyncIterable<readonly KeyedRow[]>,
  headers: readonly string[],
): AsyncGenerator<readonly RawRow[]> {
  const places = new Map(headers.map((name, place) => [name, place]));
  for await (const batch of batches) {
    yield batch.flatMap(({ line, cells: keyed }) => {
      const cells = headers.map(() => '');
      for (const [name, text] of keyed) {
        const place = places.get(nameOf(name));
        if (place !== undefined) cells[place] = keepable(text);
      }
      return cells.some((cell) => cell.trim() !== '') ? [{ line, cells }] : [];
    });
  }
}

/** A member's name as a column's. */
const nameOf = (name: string): string => keepable(name).replace(/\s+/g, ' ').trim();
