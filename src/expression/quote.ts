/** Writes a text as a literal of the language, so that whatever it holds can't be read as anything else. */
export const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** The text a literal of the language stands for. */
export function unquote(literal: string): string {
  const mark = literal[0] ?? '"';
  return literal.slice(1, -1).replaceAll(mark + mark, mark);
}
