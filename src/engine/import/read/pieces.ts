/** The bytes of a file from its start, some at a time, as often as asked for. */
export type Pieces = () => AsyncIterable<Uint8Array>;

/** The first bytes of a file, at most `size`; no more of it is read than that takes. */
export async function headOf(pieces: Pieces, size: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces()) {
    parts.push(piece);
    length += piece.length;
    if (length >= size) break;
  }
  return Buffer.concat(parts).subarray(0, size);
}

/** A file that lies in memory, as pieces: for what is small, and for tests that cut it where it hurts. */
export const piecesOf = (bytes: Uint8Array, size = 1024 * 1024): Pieces =>
  async function* cut() {
    for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
  };

/** Bytes as a Buffer over the same memory. */
export const buffered = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
