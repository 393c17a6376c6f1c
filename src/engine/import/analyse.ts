import type { ImportColumn, ImportFormat } from '../../model/import.ts';
import { bareWords } from './known-values.ts';
import { lettersOf, mostLetters } from './read/raw-rows.ts';
import type { TableFacts } from './read/table-facts.ts';
import type { FileRow, TableReader, TableSample } from './read/table-reader.ts';

/** Rows that guesses are made from. */
const sampleRows = 2_000;
/** Different values of a column that may be a list's; a column with more of them is none. */
export const mostValues = 2_000;
const longestValue = 200;
/** Different values kept of a file in all. */
const mostInAll = 100_000;

/** What is known of a file once and for all. */
export interface Analysis {
  readonly columns: readonly ImportColumn[];
  readonly preview: readonly (readonly string[])[];
  readonly encoding: string;
  readonly delimiter: string;
  /** Left out of files that were analysed when there was CSV alone. */
  readonly format?: ImportFormat;
  /** How the file is to be read, so that opening it again needn't find out. */
  readonly facts?: TableFacts;
  /** The target guessed for each column, in their order. */
  readonly guess: readonly (string | null)[];
  /** Columns with more different values than a list would have: their cells can’t be told one by one. */
  readonly varied?: readonly string[];
  /** False where the entity was guessed and may be another; left out where somebody said it. */
  readonly isEntitySure?: boolean;
}

/** The different texts of each column with how many rows have them; null = more than a list would have. */
export type FileValues = Readonly<Record<string, readonly (readonly [text: string, rows: number])[] | null>>;

/** What one reading of a whole file tells. */
export interface FileSeen
  extends Pick<Analysis, 'columns' | 'preview' | 'encoding' | 'delimiter' | 'format' | 'varied' | 'facts'> {
  readonly rows: number;
  readonly sample: TableSample;
  readonly values: FileValues;
}

/** Reads a file once from end to end, holding no more than its first rows and the values of columns that have few. */
export async function analyse(reader: TableReader): Promise<FileSeen> {
  const { headers, encoding, delimiter, format, facts } = reader;
  const sample: FileRow[] = [];
  const columns = headers.map(
    (name): ColumnSeen => ({ name, samples: new Set(), filled: 0, counts: new Map() }),
  );
  let rows = 0;
  let letters = 0;
  for await (const row of reader.rows()) {
    rows += 1;
    if (sample.length < sampleRows && letters < mostLetters) {
      sample.push(row);
      letters += lettersOf(row);
    }
    for (const [place, column] of columns.entries()) see(column, (row.cells[place] ?? '').trim());
    if (rows % 10_000 === 0) keepWithin(columns);
  }
  keepWithin(columns);
  return {
    rows,
    encoding,
    delimiter,
    format,
    facts,
    sample: { delimiter, headers, rows: sample },
    varied: columns.filter(({ counts }) => counts === null).map(({ name }) => name),
    columns: columns.map(({ name, samples, filled }) => ({ name, samples: [...samples], filled })),
    preview: sample.slice(0, 5).map(({ cells }) => headers.map((_, place) => shortened(cells[place] ?? ''))),
    values: Object.fromEntries(
      columns.map(({ name, counts }) => [
        name,
        counts && [...counts.values()].map((each) => [each.text, each.rows] as const),
      ]),
    ),
  };
}

/** The first rows of a file, for guessing anew. */
export async function sampleOf(reader: TableReader): Promise<TableSample> {
  const { headers, delimiter } = reader;
  const rows: FileRow[] = [];
  let letters = 0;
  for await (const row of reader.rows()) {
    rows.push(row);
    letters += lettersOf(row);
    if (rows.length === sampleRows || letters >= mostLetters) break;
  }
  return { delimiter, headers, rows };
}

/** One column while the file is read. */
interface ColumnSeen {
  readonly name: string;
  readonly samples: Set<string>;
  filled: number;
  counts: Map<string, { readonly text: string; rows: number }> | null;
}

function see(column: ColumnSeen, cell: string): void {
  if (cell === '') return;
  column.filled += 1;
  if (column.samples.size < 5) column.samples.add(shortened(cell));
  const { counts } = column;
  if (!counts) return;
  const key = bareWords(cell.slice(0, longestValue + 1));
  const known = counts.get(key);
  if (known) known.rows += 1;
  else if (cell.length > longestValue || counts.size === mostValues) column.counts = null;
  else counts.set(key, { text: cell, rows: 1 });
}

/** Lets go of the columns with the most values, until those of the whole file are few enough to be kept. */
function keepWithin(columns: readonly ColumnSeen[]): void {
  const size = (column: ColumnSeen): number => column.counts?.size ?? 0;
  let all = columns.reduce((sum, column) => sum + size(column), 0);
  for (const column of [...columns].sort((first, second) => size(second) - size(first))) {
    if (all <= mostInAll) return;
    all -= size(column);
    column.counts = null;
  }
}

const shortened = (cell: string): string => {
  const text = cell.trim();
  return text.length > 80 ? `${text.slice(0, 80).toWellFormed()}…` : text;
};
