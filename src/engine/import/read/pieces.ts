import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

const pieceSize = 1024 * 1024;

/** The bytes of a file from its start, some at a time, as often as asked for. */
export interface Pieces {
  (): AsyncIterable<Uint8Array>;
  /** Where it can be had without reading what stands before: the same from a place on, and how many bytes there are. */
  readonly at?: { readonly size: number; from(place: number): AsyncIterable<Uint8Array> };
}

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
export const piecesOf = (bytes: Uint8Array, size = pieceSize): Pieces =>
  async function* cut() {
    for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
  };

/** Bytes as a Buffer over the same memory. */
export const buffered = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A file on the disk, as pieces. */
export async function filePieces(path: string): Promise<Pieces> {
  const { size } = await stat(path);
  const from = (start: number): AsyncIterable<Uint8Array> =>
    createReadStream(path, { start, highWaterMark: pieceSize });
  return Object.assign(() => from(0), { at: { size, from } });
}
