/** A row as it stands in a file, the column names among them; a cell may hold line breaks. */
export interface RawRow {
  /** Line of the file on which it begins; the number of the row in a workbook. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Letters of rows that are held to look at, or to be written, at once. */
export const mostLetters = 16 * 1024 * 1024;

/** Letters in the cells of a row. */
export const lettersOf = ({ cells }: Pick<RawRow, 'cells'>): number =>
  cells.reduce((sum, cell) => sum + cell.length, 0);

/** The first rows of a stream, at most `count`, and fewer where they are long. */
export async function firstRows(
  batches: AsyncIterable<readonly RawRow[]>,
  count: number,
): Promise<{ readonly rows: readonly RawRow[]; readonly isAll: boolean }> {
  const rows: RawRow[] = [];
  let letters = 0;
  for await (const batch of batches) {
    for (const row of batch) {
      if (rows.length >= count || letters >= mostLetters) return { rows, isAll: false };
      rows.push(row);
      letters += lettersOf(row);
    }
    if (rows.length >= count) return { rows, isAll: false };
  }
  return { rows, isAll: true };
}
