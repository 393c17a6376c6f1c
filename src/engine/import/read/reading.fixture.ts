import type { Locale } from '../../../lib/locale.ts';
import { Problem, problemDocument } from '../../../lib/problem.ts';
import { piecesOf } from './pieces.ts';
import { type FileRow, openTable, type TableReader } from './table-reader.ts';

/** A file read from end to end. */
export type ReadFile = Omit<TableReader, 'rows'> & { readonly rows: readonly FileRow[] };

/** Reads a whole file, which comes in pieces of `size` bytes. */
export async function readFile(bytes: Uint8Array | string, size = 1024 * 1024): Promise<ReadFile> {
  const { rows, ...known } = await openTable(piecesOf(Buffer.from(bytes), size), 'file');
  return { ...known, rows: await allOf(rows()) };
}

/** The cells of each row of a file. */
export const cellsOf = async (
  bytes: Uint8Array | string,
  size?: number,
): Promise<readonly (readonly string[])[]> => (await readFile(bytes, size)).rows.map(({ cells }) => cells);

/** The rows of a file, each as what its columns hold; empty cells are left out. */
export async function recordsOf(
  bytes: Uint8Array | string,
): Promise<readonly Readonly<Record<string, string>>[]> {
  const { headers, rows } = await readFile(bytes);
  return rows.map(({ cells }) => {
    const filled = headers.map((name, place) => [name, cells[place] ?? ''] as const);
    return Object.fromEntries<string>(filled.filter(([, cell]) => cell !== ''));
  });
}

/** All that an iterable gives. */
export async function allOf<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The refusal of a file as its code, or as `field: code` of each mistake; `taken` where there is none. */
export async function refusalOf(bytes: Uint8Array | string, size?: number): Promise<string> {
  const problem = await problemOf(bytes, size);
  if (!problem) return 'taken';
  const { message, mistakes } = problem.detail;
  return message?.code ?? (mistakes ?? []).map((each) => `${each.field}: ${each.message.code}`).join(', ');
}

/** The refusal of a file as its reader is told it. */
export async function saidOf(bytes: Uint8Array | string, locale: Locale): Promise<unknown> {
  const problem = await problemOf(bytes);
  return problem && problemDocument(problem, locale).detail;
}

async function problemOf(bytes: Uint8Array | string, size?: number): Promise<Problem | null> {
  try {
    await readFile(bytes, size);
    return null;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error;
  }
}
