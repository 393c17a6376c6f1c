/** Printable ASCII and spaces alone. */
const plain = /^[ -~]*$/;

/**
 * Text as it is compared: decomposed, marks stripped, case folded, white space joined, so that `Émile`
 * equals `emile`. The one function behind every folded column, the in-memory evaluator and search.
 */
export function fold(text: string): string {
  // Most text is plain: no marks to lose, no letters that become others.
  if (plain.test(text)) return text.toLowerCase().replace(/ {2,}/g, ' ').trim();
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/ı/g, 'i')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/đ/g, 'd')
    .replace(/æ/g, 'ae')
    .replace(/œ/g, 'oe')
    .replace(/\s+/g, ' ')
    .trim();
}
