import type { ImportFormat } from '../../../model/import.ts';
import { fileKind } from './file-kind.ts';
import { columnNames, rowsAbove, withoutRows } from './header-row.ts';
import { keyedRows } from './keyed-table.ts';
import { csvFacts, csvRows, rowsLooked } from './open-csv.ts';
import { keyedFacts, keyedRecords } from './open-keyed.ts';
import { openSheet } from './open-xlsx.ts';
import { headOf, type Pieces } from './pieces.ts';
import { firstRows, type RawRow } from './raw-rows.ts';
import type { TableFacts } from './table-facts.ts';

/** A row of a file. */
export interface FileRow {
  /** Its place among the rows, from 0. */
  readonly place: number;
  /** Line (or its like) of the file on which it begins; a cell may hold line breaks. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The first rows of a file, for guessing what is in it. */
export interface TableSample {
  readonly delimiter: string;
  readonly headers: readonly string[];
  /** Rows with something in them. */
  readonly rows: readonly Pick<FileRow, 'line' | 'cells'>[];
}

/** A file as a table: what it is and its columns are known, its rows are read as often as wanted, each time from the start. */
export interface TableReader {
  readonly format: ImportFormat;
  readonly headers: readonly string[];
  /** `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`, `macintosh`. */
  readonly encoding: string;
  /** `,` `;` tab or `|`; `,` of files that have none. */
  readonly delimiter: string;
  /** Of a workbook: the sheet that is read. */
  readonly sheet?: string;
  /** What was found out on opening; kept, it spares finding it out again. */
  readonly facts: TableFacts;
  /** The rows that hold something; refuses, with its place, what can't be read. */
  rows(): AsyncIterable<FileRow>;
}

/**
 * Opens a file as a table, whatever program wrote it; refuses what isn't one, by name where it's known. `pieces` gives
 * the bytes of the file from the start each time it is asked. Memory stays flat however long the file is.
 */
export async function openTable(
  pieces: Pieces,
  _fileName: string,
  o: { readonly known?: TableFacts | undefined; readonly sheet?: string | undefined } = {},
): Promise<TableReader> {
  const facts = o.known ?? (await factsOf(pieces, o.sheet));
  const { format, headers } = facts;
  return {
    format,
    headers,
    encoding: facts.format === 'xlsx' ? 'utf-8' : facts.encoding,
    delimiter: facts.format === 'csv' ? facts.dialect.delimiter : ',',
    ...(facts.format === 'xlsx' ? { sheet: facts.sheet } : {}),
    facts,
    rows: () => placed(rowsOf(pieces, facts)),
  };
}

async function factsOf(pieces: Pieces, sheet: string | undefined): Promise<TableFacts> {
  const kind = fileKind(await headOf(pieces, 4096));
  if (kind === 'csv') return csvFacts(pieces);
  if (kind !== 'xlsx') return keyedFacts(pieces, kind);
  const open = await openSheet(pieces, sheet);
  const { rows } = await firstRows(open.rows(), rowsLooked);
  const above = rowsAbove(rows);
  const [names, ...below] = rows.slice(above);
  if (!names || below.length === 0) throw withoutRows();
  return {
    format: 'xlsx',
    sheet: open.sheet,
    others: open.others,
    above,
    headers: columnNames(names, below),
  };
}

/** The rows below the column names. */
async function* rowsOf(pieces: Pieces, facts: TableFacts): AsyncGenerator<readonly RawRow[]> {
  if (facts.format === 'jsonl' || facts.format === 'vcard') {
    yield* keyedRows(keyedRecords(pieces, facts.format, facts.encoding), facts.headers);
    return;
  }
  let skipped = facts.above + 1;
  const all =
    facts.format === 'csv'
      ? csvRows(pieces, facts.encoding, facts.dialect)
      : padded((await openSheet(pieces, facts.sheet)).rows(), facts.headers.length);
  for await (const rows of all) {
    yield skipped > 0 ? rows.slice(skipped) : rows;
    skipped = Math.max(0, skipped - rows.length);
  }
}

/** A workbook leaves out the empty cells at the end of a row. */
async function* padded(
  batches: AsyncIterable<readonly RawRow[]>,
  width: number,
): AsyncGenerator<readonly RawRow[]> {
  for await (const rows of batches)
    yield rows.map(({ line, cells }) => ({
      line,
      cells: cells.length < width ? [...cells, ...Array<string>(width - cells.length).fill('')] : cells,
    }));
}

async function* placed(batches: AsyncIterable<readonly RawRow[]>): AsyncGenerator<FileRow> {
  let place = 0;
  for await (const rows of batches)
    for (const { line, cells } of rows) {
      yield { place, line, cells };
      place += 1;
    }
}
