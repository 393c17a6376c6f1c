import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

/** Largest size and place that four bytes can say; beyond it places stand in eight, which a file's size can't here. */
export const largest = 0xffff_ffff;
const most16 = 0xffff;

const version = 20;
const wideVersion = 45;
/** Sizes and check sums follow the data; names are UTF-8. */
const flags = 0x0808;
const deflated = 8;
/** 1 January 1980: when a file was made is nobody's business, and the same content makes the same archive. */
const date = 0x0021;

interface Entry {
  readonly name: Buffer;
  readonly start: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
}

/** A ZIP archive that is written as its content comes, without holding it. */
export interface Zip {
  /** The bytes of one more file. */
  add(name: string, content: Iterable<Buffer> | AsyncIterable<Buffer>): AsyncGenerator<Buffer>;
  /** The last bytes, without which the archive can't be opened. */
  end(): Buffer;
}

/** Begins an archive. */
export function openZip(): Zip {
  const entries: Entry[] = [];
  let place = 0;
  const passed = (bytes: Buffer): Buffer => {
    place += bytes.length;
    return bytes;
  };
  return {
    async *add(name, content) {
      const entry = { name: Buffer.from(name), start: place };
      yield passed(localHeader(entry.name));
      const counted = { crc: 0, size: 0 };
      const before = place;
      for await (const chunk of deflate(content, counted)) yield passed(chunk);
      const done = { ...entry, ...counted, packed: place - before };
      if (done.packed >= largest || done.size >= largest)
        throw new Error(`${name} is larger than a file of a ZIP archive can be here`);
      entries.push(done);
      yield passed(numbers([4, 0x0807_4b50], ...sizesOf(done)));
    },
    end() {
      const start = place;
      const directory = Buffer.concat(entries.map(centralHeader));
      return Buffer.concat([directory, ...endOf(entries.length, directory.length, start)]);
    },
  };
}

async function* deflate(
  content: Iterable<Buffer> | AsyncIterable<Buffer>,
  counted: { crc: number; size: number },
): AsyncGenerator<Buffer> {
  const packer = createDeflateRaw();
  const feeding = pipeline(async function* () {
    for await (const chunk of content) {
      counted.crc = crc32(chunk, counted.crc);
      counted.size += chunk.length;
      yield chunk;
    }
  }, packer);
  // What goes wrong while feeding comes out of the packer too; it is told below.
  feeding.catch(() => {});
  try {
    for await (const chunk of packer) yield chunk as Buffer;
  } finally {
    packer.destroy();
  }
  await feeding;
}

/** The end of an archive; what is too large for its numbers stands in wider ones before it. */
function endOf(count: number, length: number, start: number): readonly Buffer[] {
  const isWide = count >= most16 || length >= largest || start >= largest;
  const end = numbers(
    [4, 0x0605_4b50],
    [2, 0],
    [2, 0],
    [2, Math.min(count, most16)],
    [2, Math.min(count, most16)],
    [4, Math.min(length, largest)],
    [4, Math.min(start, largest)],
    [2, 0],
  );
  if (!isWide) return [end];
  const wide = numbers(
    [4, 0x0606_4b50],
    [8, 44],
    [2, wideVersion],
    [2, wideVersion],
    [4, 0],
    [4, 0],
    [8, count],
    [8, count],
    [8, length],
    [8, start],
  );
  const locator = numbers([4, 0x0706_4b50], [4, 0], [8, start + length], [4, 1]);
  return [wide, locator, end];
}

const sizesOf = ({ crc, packed, size }: Omit<Entry, 'name' | 'start'>): readonly Sized[] => [
  [4, crc],
  [4, packed],
  [4, size],
];

const localHeader = (name: Buffer): Buffer =>
  Buffer.concat([
    numbers([4, 0x0403_4b50], [2, version], [2, flags], [2, deflated], [2, 0], [2, date]),
    numbers(...sizesOf({ crc: 0, packed: 0, size: 0 }), [2, name.length], [2, 0]),
    name,
  ]);

function centralHeader(entry: Entry): Buffer {
  const isWide = entry.start >= largest;
  const extra = isWide ? numbers([2, 1], [2, 8], [8, entry.start]) : Buffer.alloc(0);
  const needed = isWide ? wideVersion : version;
  return Buffer.concat([
    numbers([4, 0x0201_4b50], [2, needed], [2, needed], [2, flags], [2, deflated], [2, 0], [2, date]),
    numbers(
      ...sizesOf(entry),
      [2, entry.name.length],
      [2, extra.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, isWide ? largest : entry.start],
    ),
    entry.name,
    extra,
  ]);
}

/** How many bytes, and the number in them. */
type Sized = readonly [bytes: number, value: number];

/** Numbers one after another, each the lowest byte first. */
function numbers(...sized: readonly Sized[]): Buffer {
  const bytes = Buffer.alloc(sized.reduce((sum, [length]) => sum + length, 0));
  let place = 0;
  for (const [length, value] of sized)
    place =
      length === 8 ? bytes.writeBigUInt64LE(BigInt(value), place) : bytes.writeUIntLE(value, place, length);
  return bytes;
}
