import { Problem } from '../../lib/problem.ts';
import { BackupRefused } from '../backup/refused.ts';
import { filePieces } from '../import/read/pieces.ts';
import { unzipped } from '../import/read/unzip.ts';
import { type ZipEntry, zipDirectory } from '../import/read/zip-directory.ts';
import { type Manifest, manifestName, readManifest } from './manifest.ts';

/** An archive that lies on the disk. */
export interface OpenArchive {
  readonly manifest: Manifest;
  /** The bytes of a file in it. */
  bytes(file: string): AsyncGenerator<Buffer>;
  /** The lines of a file in it, some at a time. */
  lines(file: string): AsyncGenerator<readonly string[]>;
}

/** Letters that one line may have. */
const longestLine = 64 * 1024 * 1024;
const longestManifest = 64 * 1024 * 1024;
/** Lines and letters given at a time. */
const batchLines = 1000;
const batchLetters = 4 * 1024 * 1024;

/** Opens an archive; refuses what is none, or isn't whole. */
export async function openArchive(path: string): Promise<OpenArchive> {
  const pieces = await filePieces(path).catch((error: unknown) => {
    throw new BackupRefused(`${path} can’t be read${codeOf(error)}.`);
  });
  const entries = new Map(
    (await whole(() => zipDirectory(pieces))).map((entry) => [entry.name, entry] as const),
  );
  const entryOf = (file: string): ZipEntry => {
    const entry = entries.get(file);
    if (!entry) throw new BackupRefused(`It isn’t whole: ${file} is missing.`);
    return entry;
  };
  if (!entries.has(manifestName)) throw new BackupRefused('It is no archive of Rapport.');
  const bytes = async function* (file: string): AsyncGenerator<Buffer> {
    try {
      yield* unzipped(pieces, entryOf(file), { isOurs: true });
    } catch (error) {
      throw damaged(error);
    }
  };
  const parts: Buffer[] = [];
  if (entryOf(manifestName).size > longestManifest)
    throw new BackupRefused('It is damaged: its manifest is too long.');
  for await (const part of bytes(manifestName)) parts.push(part);
  return {
    manifest: readManifest(Buffer.concat(parts).toString('utf8')),
    bytes,
    lines: (file) => linesOf(bytes(file)),
  };
}

async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<readonly string[]> {
  const decode = decoder();
  let rest = '';
  let batch: string[] = [];
  let letters = 0;
  for await (const chunk of bytes) {
    const lines = (rest + decode(chunk)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) throw new BackupRefused('It is damaged: a line in it is too long.');
    for (const line of lines) {
      batch.push(line);
      letters += line.length;
      if (batch.length < batchLines && letters < batchLetters) continue;
      yield batch;
      batch = [];
      letters = 0;
    }
  }
  rest += decode(null);
  if (rest !== '') batch.push(rest);
  if (batch.length > 0) yield batch;
}

/** Turns the bytes of a text, piece by piece, into it; null stands for its end. */
function decoder(): (piece: Buffer | null) => string {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  return (piece) => {
    try {
      return piece === null ? utf8.decode() : utf8.decode(piece, { stream: true });
    } catch {
      throw new BackupRefused('It is damaged: a line in it is no text.');
    }
  };
}

async function whole<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw damaged(error);
  }
}

/** What the reader of archives says of bytes that mean nothing is said of workbooks. */
const damaged = (error: unknown): unknown =>
  error instanceof Problem ? new BackupRefused('It is damaged or cut off, or no archive of Rapport.') : error;

function codeOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  return code === 'ENOENT' ? ': there is no such file' : typeof code === 'string' ? ` (${code})` : '';
}
