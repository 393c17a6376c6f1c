import type { ImportFormat } from '../../../model/import.ts';
import { decode } from '../decode.ts';
import { parseCsv } from '../parse-csv.ts';

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
  /** `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`. */
  readonly encoding: string;
  /** `,` `;` tab or `|`; `,` of files that have none. */
  readonly delimiter: string;
  /** Of a workbook: the sheet that is read. */
  readonly sheet?: string;
  /** The rows that hold something; refuses, with its place, what can't be read. */
  rows(): AsyncIterable<FileRow>;
}

/**
 * Opens a file as a table, whatever program wrote it; refuses what isn't one, by name where it's known. `pieces` gives
 * the bytes of the file from the start each time it is asked.
 */
export async function openTable(
  pieces: () => AsyncIterable<Uint8Array>,
  _fileName: string,
): Promise<TableReader> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces()) all.push(piece);
  const { text, encoding } = decode(Buffer.concat(all));
  const table = parseCsv(text);
  return {
    format: 'csv',
    headers: table.headers,
    encoding,
    delimiter: table.delimiter,
    async *rows() {
      for (const [place, { line, cells }] of table.rows.entries()) yield { place, line, cells };
    },
  };
}
