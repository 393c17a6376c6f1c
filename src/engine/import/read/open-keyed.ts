import { type Encoding, encodingOf, narrowBytes, textReader } from './encoding.ts';
import { withoutRows } from './header-row.ts';
import { jsonCells } from './json-cells.ts';
import { jsonScanner } from './json-values.ts';
import { type KeyedRow, keyedColumns } from './keyed-table.ts';
import type { Pieces } from './pieces.ts';
import { cardScanner } from './read-vcard.ts';
import type { TableFacts } from './table-facts.ts';
import { cardColumns } from './vcard-cells.ts';

type KeyedFormat = 'jsonl' | 'vcard';

/** Finds out which columns the records of a file fill: each may have others, so all are read. */
export async function keyedFacts(pieces: Pieces, format: KeyedFormat): Promise<TableFacts> {
  const encoding = await encodingOf(pieces);
  const records = keyedRecords(pieces, format, encoding);
  const headers = await keyedColumns(records, format === 'vcard' ? cardColumns : []);
  if (headers.length === 0) throw withoutRows();
  return { format, encoding, headers };
}

/** The records of a file, each with the cells it has. */
export async function* keyedRecords(
  pieces: Pieces,
  format: KeyedFormat,
  encoding: Encoding,
): AsyncGenerator<readonly KeyedRow[]> {
  if (format === 'vcard') {
    const cards = cardScanner(encoding.startsWith('utf-16') ? 'utf-8' : encoding);
    for await (const bytes of narrowBytes(pieces, encoding)) yield cards.push(bytes);
    yield cards.end();
    return;
  }
  const scanner = jsonScanner(textReader(encoding));
  for await (const bytes of narrowBytes(pieces, encoding))
    yield scanner.push(bytes).map(({ line, value }) => ({ line, cells: jsonCells(value, line) }));
  scanner.end();
}
