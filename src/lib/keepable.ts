/** A text as a database keeps it: halves of letters and NUL, which no text of it holds, become the sign for what can’t be read. */
export const keepable = (text: string): string =>
  text.isWellFormed() && !text.includes('\0') ? text : text.toWellFormed().replaceAll('\0', '\uFFFD');

/** A value as JSON that a database keeps, though a text in it was cut in the middle of a letter. */
export const keepableJson = (value: unknown): string => {
  const json = JSON.stringify(value);
  return /\\u(?:0000|d[89a-f])/.test(json)
    ? JSON.stringify(value, (_name, part: unknown) => (typeof part === 'string' ? keepable(part) : part))
    : json;
};
