import { hash } from 'node:crypto';

/** Which row named each of many texts last. */
export interface LastRows {
  /** Notes that a row names a text; answers the row that did so before, or null. */
  note(text: string, row: number): number | null;
}

/**
 * Keeps the last row of each text in 16 bytes, however long the text: a million of them must not fill the memory.
 * Texts are told apart by 96 bits of a digest, in an open table that doubles before it is half full.
 */
export function lastRows(): LastRows {
  let slots = 1024;
  let table = new Uint32Array(slots * width);
  let filled = 0;
  const grow = (): void => {
    const old = table;
    slots *= 2;
    table = new Uint32Array(slots * width);
    for (let from = 0; from < old.length; from += width) {
      if (old[from + 3] === 0) continue;
      const [a = 0, b = 0, c = 0, row = 0] = old.subarray(from, from + width);
      table.set([a, b, c, row], placeOf(table, slots, a, b, c));
    }
  };
  return {
    note(text, row) {
      if (filled * 2 >= slots) grow();
      const digest = hash('sha1', text, 'buffer');
      const [a, b, c] = [digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8)];
      const at = placeOf(table, slots, a, b, c);
      const before = table[at + 3] ?? 0;
      // Rows are kept from 1 on: 0 is an empty slot.
      table.set([a, b, c, row + 1], at);
      if (before > 0) return before - 1;
      filled += 1;
      return null;
    },
  };
}

/** Numbers per slot: three of the digest, and the row. */
const width = 4;

/** Where a digest stands in the table, or would. */
function placeOf(table: Uint32Array, slots: number, a: number, b: number, c: number): number {
  for (let slot = a % slots; ; slot = (slot + 1) % slots) {
    const at = slot * width;
    if (table[at + 3] === 0) return at;
    if (table[at] === a && table[at + 1] === b && table[at + 2] === c) return at;
  }
}

/** A set of places in a file, a bit each. */
export interface Places {
  add(place: number): void;
  has(place: number): boolean;
}

/** An empty set of places. */
export function places(): Places {
  let bits = new Uint8Array(1024);
  return {
    add(place) {
      const at = place >> 3;
      if (at >= bits.length) {
        const grown = new Uint8Array(Math.max(at + 1, bits.length * 2));
        grown.set(bits);
        bits = grown;
      }
      bits[at] = (bits[at] ?? 0) | (1 << (place & 7));
    },
    has: (place) => ((bits[place >> 3] ?? 0) & (1 << (place & 7))) !== 0,
  };
}
