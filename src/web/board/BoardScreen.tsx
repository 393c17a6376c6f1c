/** The board. */
export function BoardScreen() {
  return null;
}
