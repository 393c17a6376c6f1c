/** The beginning of a text, `most` places long at most; a letter that takes two (𠮷, 🚀) is kept whole or left out. */
export function cutText(text: string, most: number): string {
  const cut = text.slice(0, most);
  return /[\uD800-\uDBFF]$/.test(cut) && cut.length < text.length ? cut.slice(0, -1) : cut;
}
