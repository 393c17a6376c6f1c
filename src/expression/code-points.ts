/** Orders two texts by code point, as PostgreSQL's collation "C" does; plain `<` would compare UTF-16 units. */
export function compareCodePoints(first: string, second: string): number {
  const length = Math.min(first.length, second.length);
  for (let at = 0; at < length; at += 1) {
    const one = first.charCodeAt(at);
    const other = second.charCodeAt(at);
    if (one === other) continue;
    // Surrogates stand for code points above every other unit.
    return rank(one) - rank(other);
  }
  return first.length - second.length;
}

const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
