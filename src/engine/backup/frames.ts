import { BackupRefused } from './refused.ts';

/** The first bytes inside the compressed file. */
export const magic = Buffer.from('rapport backup\n');

/** No frame is longer; a length beyond it is no length. */
const longest = 16 * 1024 * 1024;
const longestData = 1024 * 1024;

const kinds = { header: 'H', table: 'T', data: 'D', end: 'E', trailer: 'Z' } as const;

/** What a part of a backup is: first the header, per table its start, data and end, then the trailer. */
export type FrameKind = keyof typeof kinds;

/** A part of a backup: one letter, the length as four bytes, then so many bytes. */
export interface Frame {
  readonly kind: FrameKind;
  readonly payload: Buffer;
}

const kindOf: ReadonlyMap<string, FrameKind> = new Map(
  Object.entries(kinds).map(([kind, letter]) => [letter, kind as FrameKind]),
);

/** A part as bytes. */
export function frame(kind: FrameKind, payload: Buffer): Buffer {
  if (payload.length > longest)
    throw new Error(`a ${kind} of ${payload.length} bytes is too long for a backup`);
  const head = Buffer.alloc(5, kinds[kind]);
  head.writeUInt32BE(payload.length, 1);
  return Buffer.concat([head, payload]);
}

/** Data of any length as parts; a row may lie in several. */
export function* dataFrames(block: Buffer): Generator<Buffer> {
  for (let from = 0; from < block.length; from += longestData)
    yield frame('data', block.subarray(from, from + longestData));
}

/** Reads the parts of a backup from its decompressed bytes; refuses what begins or ends otherwise. */
export async function* readFrames(source: AsyncIterable<Buffer>): AsyncGenerator<Frame, void> {
  const bytes: AsyncIterator<Buffer, unknown> = source[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  /** The next `count` bytes; fewer only at the end of the file. */
  const next = async (count: number): Promise<Buffer> => {
    const parts = [rest];
    let size = rest.length;
    while (size < count) {
      const block = await bytes.next();
      if (block.done) break;
      parts.push(block.value);
      size += block.value.length;
    }
    const all = parts.length === 1 ? rest : Buffer.concat(parts, size);
    rest = all.subarray(count);
    return all.subarray(0, count);
  };
  if (!(await next(magic.length)).equals(magic)) throw new BackupRefused('It is no backup of Rapport.');
  for (;;) {
    const head = await next(5);
    if (head.length === 0) return;
    const kind = kindOf.get(String.fromCharCode(head[0] ?? 0));
    const length = head.length === 5 ? head.readUInt32BE(1) : 0;
    if (!kind || length > longest) throw new BackupRefused('It is damaged: a part of it has no known kind.');
    const payload = await next(length);
    if (head.length < 5 || payload.length < length)
      throw new BackupRefused('It is cut off: its last part isn’t whole.');
    yield { kind, payload };
  }
}
