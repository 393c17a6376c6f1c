import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import type { Pieces } from './pieces.ts';
import { brokenWorkbook, lockedWorkbook, workbookTooLarge } from './xlsx-refusals.ts';
import { bytesFrom, type ZipEntry } from './zip-directory.ts';

const megabyte = 1024 * 1024;
/** What one file of an archive may unpack to. */
const mostUnpacked = 16 * 1024 * megabyte;
/** A table never packs to less than a part in so many; what does is made to fill memory or time. */
const mostRatio = 300;
/** From this size on the ratio counts. */
const smallEnough = 64 * megabyte;
const stored = 0;
const deflated = 8;

/**
 * The content of one file of an archive as it is unpacked, checked against the archive's directory. `isOurs` says that it
 * was written here and may be as large, and pack as well, as it likes.
 */
export async function* unzipped(
  pieces: Pieces,
  entry: ZipEntry,
  { isOurs = false }: { readonly isOurs?: boolean } = {},
): AsyncGenerator<Buffer> {
  if (entry.isEncrypted) throw lockedWorkbook();
  if (entry.method !== stored && entry.method !== deflated) throw brokenWorkbook();
  if (!isOurs) refuseBomb(entry, entry.size);
  let crc = 0;
  let size = 0;
  const content = packedBytes(pieces, entry);
  for await (const chunk of entry.method === stored ? content : inflated(content)) {
    crc = crc32(chunk, crc);
    size += chunk.length;
    if (size > entry.size) {
      if (!isOurs) refuseBomb(entry, size);
      throw brokenWorkbook();
    }
    yield chunk;
  }
  if (size !== entry.size || crc !== entry.crc) throw brokenWorkbook();
}

function refuseBomb({ packed }: ZipEntry, size: number): void {
  if (size > mostUnpacked || (size > smallEnough && size > packed * mostRatio))
    throw workbookTooLarge(Math.ceil(size / megabyte), mostUnpacked / megabyte);
}

/** The packed bytes, behind the header that stands before them. */
async function* packedBytes(pieces: Pieces, { start, packed }: ZipEntry): AsyncGenerator<Buffer> {
  const headerSize = 30;
  const longestHeader = headerSize + 2 * 0xffff;
  let head: Buffer | null = Buffer.alloc(0);
  let left = packed;
  for await (const bytes of bytesFrom(pieces, start, longestHeader + packed)) {
    let chunk = bytes;
    if (head) {
      head = Buffer.concat([head, bytes]);
      if (head.length < headerSize) continue;
      if (head.readUInt32LE(0) !== 0x0403_4b50) throw brokenWorkbook();
      const skipped = headerSize + head.readUInt16LE(26) + head.readUInt16LE(28);
      if (head.length < skipped) continue;
      chunk = head.subarray(skipped);
      head = null;
    }
    if (left > 0 && chunk.length > 0) yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
  throw brokenWorkbook();
}

async function* inflated(packed: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const unpacker = createInflateRaw({ chunkSize: 64 * 1024 });
  const feeding = pipeline(packed, unpacker);
  // What goes wrong while feeding comes out of the unpacker too; it is told below.
  feeding.catch(() => {});
  try {
    for await (const chunk of unpacker) yield chunk as Buffer;
    await feeding;
  } catch (error) {
    throw isUnreadable(error) ? brokenWorkbook() : error;
  } finally {
    unpacker.destroy();
  }
}

/** What zlib says of bytes that mean nothing. */
const isUnreadable = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
