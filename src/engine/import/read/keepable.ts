/** A text as a database keeps it: halves of letters and NUL, which no text of it holds, become the sign for what can’t be read. */
export const keepable = (text: string): string =>
  text.isWellFormed() && !text.includes('\0') ? text : text.toWellFormed().replaceAll('\0', '\uFFFD');
