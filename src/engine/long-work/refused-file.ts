import { stringify } from 'csv-stringify/sync';
import { guarded } from '../../lib/cell-guard.ts';
import { type Labels, labels } from '../../lib/locale.ts';

/** Name of the column that says why something was refused. */
export const reasonColumn: Labels = labels('Refused because', 'Refusé parce que', 'Rechazado porque');

/** A CSV file of what was refused, piece by piece as the pages of its lines come; no spreadsheet computes its cells. */
export async function* refusedFile(
  delimiter: string,
  head: readonly string[],
  pages: AsyncIterable<readonly (readonly string[])[]>,
): AsyncGenerator<string> {
  const written = (lines: readonly (readonly string[])[]): string =>
    stringify(
      lines.map((line) => line.map(guarded)),
      { delimiter, record_delimiter: '\r\n' },
    );
  yield `\uFEFF${written([head])}`;
  for await (const lines of pages) yield written(lines);
}
