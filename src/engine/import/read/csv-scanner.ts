import { unguarded } from '../../../lib/cell-guard.ts';
import { message } from '../../../lib/message.ts';
import { Problem } from '../../../lib/problem.ts';
import type { ReadText } from './encoding.ts';
import type { RawRow } from './raw-rows.ts';

/** How a file of separated values is written. */
export interface CsvDialect {
  /** One ASCII letter each. */
  readonly delimiter: string;
  readonly quote: string;
  /** `crlf`: only CR LF ends a row, and a line feed alone is part of a cell. */
  readonly lineEnd: 'any' | 'crlf';
}

/** Bytes that one row may have; beyond that a quotation mark was surely left open. */
const longestRow = 8 * 1024 * 1024;

const brokenQuote = message(
  'csv-broken-quote',
  'Line {line}: a quotation mark is opened and never properly closed. Close it, or double quotation marks inside a cell.',
  'Ligne {line} : un guillemet ouvert n’est jamais correctement fermé. Fermez-le, ou doublez les guillemets à l’intérieur d’une cellule.',
  'Línea {line}: hay comillas que se abren y no se cierran bien. Ciérrelas, o duplique las comillas dentro de una celda.',
);
const rowTooLong = message(
  'csv-row-too-long',
  'Line {line}: the row has more than {max} MB. Is a quotation mark left open, or is this no table?',
  'Ligne {line} : la ligne dépasse {max} Mo. Un guillemet est-il resté ouvert, ou n’est-ce pas un tableau ?',
  'Línea {line}: la fila tiene más de {max} MB. ¿Quedaron unas comillas abiertas, o esto no es una tabla?',
);

const [lf, cr, space, firstWide] = [10, 13, 32, 0x80] as const;

/**
 * Reads rows from bytes as they come, never holding more than the row that isn't whole yet. Cells come without the
 * apostrophes that keep spreadsheets from computing them; rows of blanks are left out. A cell never holds on to more
 * memory than its row.
 */
export function csvScanner(
  { delimiter, quote, lineEnd }: CsvDialect,
  read: ReadText,
): { push(bytes: Buffer): readonly RawRow[]; end(): readonly RawRow[] } {
  const [delimiterByte, quoteByte] = [delimiter.charCodeAt(0), quote.charCodeAt(0)];
  const isLoneFeedEnd = lineEnd === 'any';
  let rest: Buffer = Buffer.alloc(0);
  let line = 1;
  /** Where the cells of the row begin and end, and whether quotation marks are doubled in them. */
  let bounds: number[] = [];
  let doubled = false;
  let isPlain = true;
  let breaks = 0;

  /** Reads the row at `from`; answers where the next one begins, or -1 when the row isn't whole. */
  const scanRow = (bytes: Buffer, from: number, isLast: boolean): number => {
    const end = bytes.length;
    bounds = [];
    doubled = false;
    isPlain = true;
    breaks = 0;
    let at = from;
    for (;;) {
      if (at < end && bytes[at] === quoteByte) {
        const closed = scanQuoted(bytes, at + 1, isLast);
        if (closed < 0) return -1;
        at = closed;
        while (at < end && bytes[at] === space) at += 1;
        if (at === end && !isLast) return -1;
        const next = bytes[at];
        if (at < end && next !== delimiterByte && next !== lf && next !== cr) throw broken();
      } else {
        const start = at;
        for (; at < end; at += 1) {
          const byte = bytes[at] ?? 0;
          if (byte === delimiterByte) break;
          if (byte === lf) {
            if (isLoneFeedEnd) break;
            breaks += 1;
          } else if (byte === cr) {
            if (isLoneFeedEnd || bytes[at + 1] === lf) break;
            if (at + 1 === end && !isLast) return -1;
          } else if (byte >= firstWide) isPlain = false;
        }
        bounds.push(start, at, 0);
      }
      if (at === end) return isLast ? end : -1;
      if (bytes[at] === delimiterByte) {
        at += 1;
        continue;
      }
      if (bytes[at] === lf) return at + 1;
      if (at + 1 === end && !isLast) return -1;
      return bytes[at + 1] === lf ? at + 2 : at + 1;
    }
  };

  /** Reads a cell behind its opening mark; answers the place behind the closing one, or -1 when that is still to come. */
  const scanQuoted = (bytes: Buffer, from: number, isLast: boolean): number => {
    let marks = 0;
    let closing = bytes.indexOf(quoteByte, from);
    for (; closing >= 0; closing = bytes.indexOf(quoteByte, closing + 2)) {
      if (closing + 1 === bytes.length && !isLast) return -1;
      if (bytes[closing + 1] !== quoteByte) break;
      marks = 1;
    }
    if (closing < 0) {
      if (isLast) throw broken();
      return -1;
    }
    for (let at = from; at < closing; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === lf || (byte === cr && bytes[at + 1] !== lf)) breaks += 1;
      else if (byte >= firstWide) isPlain = false;
    }
    if (marks > 0) doubled = true;
    bounds.push(from, closing, marks);
    return closing + 1;
  };

  const broken = (): Problem => new Problem('invalid', { message: brokenQuote, params: { line } });

  const cellsOf = (bytes: Buffer, from: number, to: number): readonly string[] => {
    const cells: string[] = [];
    // Where all letters are one byte each, the row is copied once and its cells are cut from that.
    const row = isPlain ? bytes.toString('latin1', from, to) : null;
    for (let index = 0; index < bounds.length; index += 3) {
      const [start = 0, end = 0] = [bounds[index], bounds[index + 1]];
      let cell = row === null ? read(bytes, start, end) : row.slice(start - from, end - from);
      if (doubled && bounds[index + 2] === 1) cell = cell.replaceAll(quote + quote, quote);
      cells.push(cell.startsWith("'") ? unguarded(cell) : cell);
    }
    return cells;
  };

  const take = (all: Buffer, isLast: boolean): readonly RawRow[] => {
    const rows: RawRow[] = [];
    let from = 0;
    while (from < all.length) {
      const next = scanRow(all, from, isLast);
      if (next < 0) break;
      const cells = cellsOf(all, from, next);
      if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells });
      line += breaks + (endsLine(all[next - 1]) ? 1 : 0);
      from = next;
    }
    rest = from === all.length ? Buffer.alloc(0) : all.subarray(from);
    if (rest.length > longestRow) {
      if (rest[0] === quoteByte || rest.includes(delimiter + quote)) throw broken();
      throw new Problem('invalid', { message: rowTooLong, params: { line, max: longestRow / 1024 / 1024 } });
    }
    return rows;
  };

  return {
    push: (bytes) => take(rest.length === 0 ? bytes : Buffer.concat([rest, bytes]), false),
    end: () => take(rest, true),
  };
}

const endsLine = (byte: number | undefined): boolean => byte === lf || byte === cr;
