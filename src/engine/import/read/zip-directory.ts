import { buffered, type Pieces } from './pieces.ts';
import { brokenWorkbook } from './xlsx-refusals.ts';

/** A file in a ZIP archive, as the archive's directory tells of it. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated; others aren't read. */
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly start: number;
}

/** Bytes at the end that hold the directory of nearly every archive; a longer one is read once more. */
const tailSize = 1024 * 1024;
/** Bytes and files that a directory may have. */
const longest = 16 * 1024 * 1024;
const mostEntries = 20_000;

const endSignature = Buffer.from([0x50, 0x4b, 5, 6]);
const wideEndSignature = 0x0606_4b50;
const wideLocatorSignature = 0x0706_4b50;
const entrySignature = 0x0201_4b50;
/** What stands before the bytes of a file, its name apart. */
const headerSize = 30;
const wide16 = 0xffff;
const wide32 = 0xffff_ffff;

/** Reads the directory at the end of an archive, which alone says what is in it and where. */
export async function zipDirectory(pieces: Pieces): Promise<readonly ZipEntry[]> {
  const { tail, tailStart, size } = await tailOf(pieces);
  const end = tail.lastIndexOf(endSignature);
  if (end < 0 || end + 22 > tail.length) throw brokenWorkbook();
  let count = tail.readUInt16LE(end + 10);
  let length = tail.readUInt32LE(end + 12);
  let start = tail.readUInt32LE(end + 16);
  const locator = end - 20;
  if (
    (count === wide16 || length === wide32 || start === wide32) &&
    locator >= 0 &&
    tail.readUInt32LE(locator) === wideLocatorSignature
  ) {
    const place = Number(tail.readBigUInt64LE(locator + 8)) - tailStart;
    if (place < 0 || place + 56 > tail.length || tail.readUInt32LE(place) !== wideEndSignature)
      throw brokenWorkbook();
    count = Number(tail.readBigUInt64LE(place + 32));
    length = Number(tail.readBigUInt64LE(place + 40));
    start = Number(tail.readBigUInt64LE(place + 48));
  }
  if (count > mostEntries || length > longest || start + length > size) throw brokenWorkbook();
  const bytes =
    start >= tailStart
      ? tail.subarray(start - tailStart, start - tailStart + length)
      : await stretch(pieces, start, length);
  return entriesOf(bytes, count);
}

async function tailOf(
  pieces: Pieces,
): Promise<{ readonly tail: Buffer; readonly tailStart: number; readonly size: number }> {
  let kept: Uint8Array[] = [];
  let length = 0;
  let size = pieces.at ? Math.max(0, pieces.at.size - tailSize) : 0;
  for await (const piece of pieces.at ? pieces.at.from(size) : pieces()) {
    kept.push(piece);
    length += piece.length;
    size += piece.length;
    if (length > 4 * tailSize) {
      const tail = Buffer.concat(kept).subarray(-tailSize);
      kept = [Buffer.from(tail)];
      length = tail.length;
    }
  }
  const tail = Buffer.concat(kept).subarray(-tailSize);
  return { tail, tailStart: size - tail.length, size };
}

async function stretch(pieces: Pieces, from: number, length: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const piece of bytesFrom(pieces, from, length)) parts.push(piece);
  return Buffer.concat(parts);
}

/** The bytes of a file from one place on, so many. */
export async function* bytesFrom(pieces: Pieces, from: number, length: number): AsyncGenerator<Buffer> {
  let place = pieces.at ? from : 0;
  for await (const piece of pieces.at ? pieces.at.from(from) : pieces()) {
    const [start, end] = [Math.max(0, from - place), Math.min(piece.length, from + length - place)];
    if (end > start) yield buffered(piece).subarray(start, end);
    place += piece.length;
    if (place >= from + length) return;
  }
}

function entriesOf(bytes: Buffer, count: number): readonly ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== entrySignature) throw brokenWorkbook();
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place));
    const nameEnd = at + 46 + (nameLength ?? 0);
    const extraEnd = nameEnd + (extraLength ?? 0);
    if (extraEnd > bytes.length) throw brokenWorkbook();
    const [packed, size, start] = wideNumbers(
      [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 42)],
      bytes.subarray(nameEnd, extraEnd),
    );
    entries.push({
      name: bytes
        .toString('utf8', at + 46, nameEnd)
        .replaceAll('\\', '/')
        .replace(/^\//, ''),
      method: bytes.readUInt16LE(at + 10),
      isEncrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      crc: bytes.readUInt32LE(at + 16),
      packed,
      size,
      start,
    });
    at = extraEnd + (noteLength ?? 0);
  }
  refuseOverlaps(entries);
  return entries;
}

/** Files that share their bytes are how a small archive unpacks to one without end. */
function refuseOverlaps(entries: readonly ZipEntry[]): void {
  let end = 0;
  for (const { start, packed } of entries.toSorted((first, second) => first.start - second.start)) {
    if (start < end) throw brokenWorkbook();
    end = start + headerSize + packed;
  }
}

type Numbers = readonly [packed: number, size: number, start: number];

/** Numbers that don't fit into four bytes stand in a further part, in the order size, packed size, start. */
function wideNumbers([packed, size, start]: Numbers, extra: Buffer): Numbers {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let place = at + 4;
    const end = Math.min(extra.length, place + extra.readUInt16LE(at + 2));
    const next = (narrow: number): number => {
      if (narrow !== wide32 || place + 8 > end) return narrow;
      place += 8;
      return Number(extra.readBigUInt64LE(place - 8));
    };
    const wideSize = next(size);
    const widePacked = next(packed);
    return [widePacked, wideSize, next(start)];
  }
  return [packed, size, start];
}
