/** How many files are taken at once. */
export const maxFiles = 20;

/** The files chosen so far with others on top; one of a name that is there already takes its place. */
export function withFiles(known: readonly File[], added: readonly File[]): readonly File[] {
  const names = new Set(added.map(({ name }) => name));
  return [...known.filter(({ name }) => !names.has(name)), ...added];
}
