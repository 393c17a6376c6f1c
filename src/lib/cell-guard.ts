/** Begins with what makes a spreadsheet compute a cell, apostrophes before it not counted; wide signs count too. */
const computed = /^'*[=+\-@\t\r＝＋－＠]/;

/** A number as programs write it, which a spreadsheet may read as the number that it is. */
const plainNumber = /^-?\d+([.,]\d+)?$/;

/**
 * A cell of a CSV file that no spreadsheet computes: text that begins like a formula gets an apostrophe before it,
 * and so does text that would read as guarded. `unguarded` takes exactly that one away again.
 */
export const guarded = (cell: string): string =>
  computed.test(cell) && !plainNumber.test(cell) ? `'${cell}` : cell;

/** A cell as it was before `guarded`, whoever wrote the file. */
export const unguarded = (cell: string): string =>
  cell.startsWith("'") && computed.test(cell) ? cell.slice(1) : cell;
