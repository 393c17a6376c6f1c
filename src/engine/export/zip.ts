import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

/** Largest size and place that the plain ZIP format can say. */
export const largest = 0xffff_ffff;

const version = 20;
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
    if (place > largest) throw new Error('the archive is larger than a plain ZIP file can be');
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
      entries.push(done);
      yield passed(numbers([4, 0x0807_4b50], ...sizesOf(done)));
    },
    end() {
      const start = place;
      const directory = Buffer.concat(entries.map(centralHeader));
      const count = entries.length;
      passed(directory);
      const last = numbers(
        [4, 0x0605_4b50],
        [2, 0],
        [2, 0],
        [2, count],
        [2, count],
        [4, directory.length],
        [4, start],
        [2, 0],
      );
      return Buffer.concat([directory, last]);
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

const centralHeader = (entry: Entry): Buffer =>
  Buffer.concat([
    numbers([4, 0x0201_4b50], [2, version], [2, version], [2, flags], [2, deflated], [2, 0], [2, date]),
    numbers(
      ...sizesOf(entry),
      [2, entry.name.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, entry.start],
    ),
    entry.name,
  ]);

/** How many bytes, and the number in them. */
type Sized = readonly [bytes: number, value: number];

/** Numbers one after another, each the lowest byte first. */
function numbers(...sized: readonly Sized[]): Buffer {
  const bytes = Buffer.alloc(sized.reduce((sum, [length]) => sum + length, 0));
  let place = 0;
  for (const [length, value] of sized) place = bytes.writeUIntLE(value, place, length);
  return bytes;
}
