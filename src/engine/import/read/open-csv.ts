import { sniffDialect } from './csv-dialect.ts';
import { type CsvDialect, csvScanner } from './csv-scanner.ts';
import { type Encoding, encodingOf, narrowBytes, textReader } from './encoding.ts';
import { columnNames, rowsAbove, withoutRows } from './header-row.ts';
import type { Pieces } from './pieces.ts';
import { firstRows, type RawRow } from './raw-rows.ts';
import type { TableFacts } from './table-facts.ts';

/** Bytes from which the delimiter and its like are told. */
const looked = 256 * 1024;
/** Bytes that are made rows at once: not all of a piece, while others wait for their turn. */
const stretch = 64 * 1024;
/** Rows from which the column names are told. */
export const rowsLooked = 1000;

/** Finds out how a file of separated values is to be read. */
export async function csvFacts(pieces: Pieces): Promise<TableFacts & { readonly format: 'csv' }> {
  const encoding = await encodingOf(pieces);
  const head = await headOfText(pieces, encoding);
  const dialect = sniffDialect(head, textReader(encoding), head.length < looked);
  const { rows } = await firstRows(csvRows(pieces, encoding, dialect), rowsLooked);
  const above = rowsAbove(rows);
  const [names, ...below] = rows.slice(above);
  if (!names || below.length === 0) throw withoutRows();
  return { format: 'csv', encoding, dialect, above, headers: columnNames(names, below) };
}

/** Every row of the file as it stands there. */
export async function* csvRows(
  pieces: Pieces,
  encoding: Encoding,
  dialect: CsvDialect,
): AsyncGenerator<readonly RawRow[]> {
  const scanner = csvScanner(dialect, textReader(encoding));
  let size = stretch;
  for await (const bytes of narrowBytes(pieces, encoding)) {
    let rest = bytes;
    while (rest.length > 0) {
      const rows = scanner.push(rest.subarray(0, size));
      yield rows;
      rest = rest.subarray(size);
      // Within a long row the scanner begins anew with each stretch: what is left comes as one.
      size = rows.length === 0 ? Math.max(rest.length, stretch) : stretch;
    }
  }
  yield scanner.end();
}

async function headOfText(pieces: Pieces, encoding: Encoding): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const bytes of narrowBytes(pieces, encoding)) {
    parts.push(bytes);
    size += bytes.length;
    if (size >= looked) break;
  }
  return Buffer.concat(parts).subarray(0, looked);
}
