/** A row as it stands in a file, the column names among them; a cell may hold line breaks. */
export interface RawRow {
  /** Line of the file on which it begins; the number of the row in a workbook. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The first rows of a stream, at most `count`. */
export async function firstRows(
  batches: AsyncIterable<readonly RawRow[]>,
  count: number,
): Promise<{ readonly rows: readonly RawRow[]; readonly isAll: boolean }> {
  const rows: RawRow[] = [];
  for await (const batch of batches) {
    rows.push(...batch);
    if (rows.length >= count) return { rows: rows.slice(0, count), isAll: false };
  }
  return { rows, isAll: true };
}
