import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Frame, readFrames } from './frames.ts';
import {
  type BackupHeader,
  type BackupTable,
  readHeader,
  readTableEnd,
  readTrailer,
  type TableEnd,
} from './header.ts';
import { BackupRefused } from './refused.ts';

/** What is done with a backup on the way through it. */
export interface Walk {
  readonly header?: (header: BackupHeader) => Promise<void>;
  /** Takes all data of a table, and answers how many rows it took. */
  readonly table?: (table: BackupTable, data: AsyncIterable<Buffer>) => Promise<number>;
}

/** What a whole backup holds. */
export interface BackupSummary {
  readonly header: BackupHeader;
  readonly rows: number;
}

const damaged = (why: string): BackupRefused => new BackupRefused(`It is damaged: ${why}.`);

/**
 * Goes through a backup from its first byte to its last in flat memory, and throws a `BackupRefused` unless every
 * table is there with as many rows and the very bytes that were written, and the trailer after them.
 */
export async function walkBackup(path: string, o: Walk = {}): Promise<BackupSummary> {
  const unzipped = createGunzip({ chunkSize: 256 * 1024 });
  // Errors of either reach who reads from the second.
  pipeline(createReadStream(path, { highWaterMark: 256 * 1024 }), unzipped, () => {});
  try {
    return await walkFrames(readFrames(unzipped), o);
  } catch (error) {
    throw explained(error);
  } finally {
    unzipped.destroy();
  }
}

async function walkFrames(frames: AsyncGenerator<Frame, void>, o: Walk): Promise<BackupSummary> {
  const whole = createHash('sha256');
  const header = readHeader(await expected(frames, 'header', whole));
  await o.header?.(header);
  let rows = 0;
  for (const table of header.tables) {
    const named = (await expected(frames, 'table', whole)).toString('utf8');
    if (named !== table.name) throw damaged(`the rows of ${table.name} aren’t where they should be`);
    rows += await walkTable(frames, table, whole, o);
  }
  const sum = whole.digest('hex');
  const trailer = readTrailer(await expected(frames, 'trailer', null));
  if (trailer.tables !== header.tables.length || trailer.sha256 !== sum)
    throw damaged('its checksum is another');
  if (!(await frames.next()).done) throw damaged('something follows its end');
  return { header, rows };
}

async function walkTable(
  frames: AsyncGenerator<Frame, void>,
  table: BackupTable,
  whole: Hash,
  o: Walk,
): Promise<number> {
  const found = createHash('sha256');
  let bytes = 0;
  let end: TableEnd | null = null;
  async function* rowsOf(): AsyncGenerator<Buffer> {
    while (end === null) {
      const { value, done } = await frames.next();
      if (done) throw new BackupRefused(`It is cut off within ${table.name}.`);
      if (value.kind === 'data') {
        found.update(value.payload);
        bytes += value.payload.length;
        yield value.payload;
      } else if (value.kind === 'end') {
        whole.update(value.payload);
        end = readTableEnd(value.payload);
      } else throw damaged(`there is a ${value.kind} within ${table.name}`);
    }
  }
  const counted = await (o.table ?? countRows)(table, rowsOf());
  // Assigned within the generator, which the compiler doesn't see.
  const said = end as TableEnd | null;
  if (said === null) throw new Error(`the rows of ${table.name} weren’t read to their end`);
  if (bytes !== said.bytes || found.digest('hex') !== said.sha256)
    throw damaged(`the rows of ${table.name} aren’t those that were written`);
  if (counted !== said.rows) throw damaged(`${table.name} has ${counted} rows instead of ${said.rows}`);
  return counted;
}

/** Rows of PostgreSQL's copy text end with a line feed, and hold none. */
async function countRows(_table: BackupTable, data: AsyncIterable<Buffer>): Promise<number> {
  let rows = 0;
  for await (const block of data)
    for (let at = block.indexOf(10); at >= 0; at = block.indexOf(10, at + 1)) rows += 1;
  return rows;
}

async function expected(
  frames: AsyncGenerator<Frame, void>,
  kind: Frame['kind'],
  whole: Hash | null,
): Promise<Buffer> {
  const { value, done } = await frames.next();
  if (done) throw new BackupRefused(`It is cut off: its ${kind} is missing.`);
  if (value.kind !== kind) throw damaged(`there is a ${value.kind} where the ${kind} should be`);
  whole?.update(value.payload);
  return value.payload;
}

/** What reading the file and decompressing it throw, in words. */
function explained(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return new BackupRefused('There is no such file.');
  if (code === 'EISDIR') return new BackupRefused('It is a folder, not a file.');
  if (code === 'EACCES') return new BackupRefused('It may not be read by this user.');
  if (code === 'Z_BUF_ERROR') return new BackupRefused('It is cut off.');
  if (code === 'Z_DATA_ERROR')
    return new BackupRefused('It is damaged, or no backup of Rapport: it can’t be decompressed.');
  return error;
}
