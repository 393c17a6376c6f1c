import { createHash } from 'node:crypto';
import { isId } from '../../lib/ids.ts';
import { refuseCursor } from './mistakes.ts';

/** Where a page ended. */
export interface Cursor {
  /** Which list it belongs to: a `fingerprint`. */
  readonly mark: string;
  /** The text of each sort key of the last record served, null where missing. */
  readonly keys: readonly (string | null)[];
  /** The last record's id. */
  readonly id: string;
}

/** Names what a cursor belongs to, so that one made for another list is refused. */
export const fingerprint = (...of: readonly (string | boolean)[]): string =>
  createHash('sha256').update(JSON.stringify(of)).digest('base64url').slice(0, 10);

/** The opaque text of a cursor. */
export const writeCursor = ({ mark, id, keys }: Cursor): string =>
  Buffer.from(JSON.stringify([mark, id, ...keys])).toString('base64url');

/** Reads a cursor's text; refuses what isn't one. Whether it belongs to this list, its mark says. */
export function readCursor(text: string): Cursor {
  const read = parse(text);
  if (!Array.isArray(read)) throw refuseCursor(text);
  const [mark, id, ...keys] = read as readonly unknown[];
  if (typeof mark !== 'string' || !isId(id)) throw refuseCursor(text);
  if (!keys.every((value) => value === null || typeof value === 'string')) throw refuseCursor(text);
  return { mark, id, keys };
}

function parse(text: string): unknown {
  if (text.length > 8000 || !/^[\w-]+$/.test(text)) return null;
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown;
  } catch {
    return null;
  }
}
