import { Problem } from '../../../lib/problem.ts';
import { type CsvDialect, csvScanner } from './csv-scanner.ts';
import type { ReadText } from './encoding.ts';
import { usualWidth } from './header-row.ts';
import type { RawRow } from './raw-rows.ts';

const delimiters = [',', ';', '\t', '|'] as const;
/** Rows looked at. */
const looked = 200;

/** Excel may say the delimiter in a line of its own. */
const saying = /^sep=([,;\t|])\r?\n/i;

/** How a file is written, by its first bytes; `isAll` when these are the whole file. */
export function sniffDialect(head: Buffer, read: ReadText, isAll: boolean): CsvDialect {
  const text = head.toString('latin1');
  const said = saying.exec(text)?.[1];
  const quote = quoteOf(text);
  const ends: readonly CsvDialect['lineEnd'][] =
    text.includes('\r\n') && /[^\r]\n/.test(text) ? ['any', 'crlf'] : ['any'];
  const tried = (said === undefined ? delimiters : [said]).flatMap((delimiter) =>
    ends.map((lineEnd): CsvDialect => ({ delimiter, quote, lineEnd })),
  );
  const scored = tried.map((dialect) => ({ dialect, score: scoreOf(dialect, head, read, isAll) }));
  const [best] = scored.sort((first, second) => second.score - first.score);
  return best && best.score > 0
    ? best.dialect
    : { delimiter: said ?? commonest(text, quote), quote, lineEnd: 'any' };
}

/** Single quotation marks where the first line has all its cells in them and there are no double ones. */
function quoteOf(text: string): '"' | "'" {
  const [first = ''] = text.split(/\r|\n/, 1);
  return !text.includes('"') && /^'[^']*'([,;\t|]'[^']*')+$/.test(first) ? "'" : '"';
}

/** How much a file looks like a table when it is read so: the share of rows as wide as most, wider tables before narrower ones. */
function scoreOf(dialect: CsvDialect, head: Buffer, read: ReadText, isAll: boolean): number {
  const scanner = csvScanner(dialect, read);
  let rows: readonly RawRow[] = [];
  try {
    rows = scanner.push(head);
    // What the head cuts off is no whole row.
    if (isAll || rows.length === 0) rows = [...rows, ...scanner.end()];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (rows.length < 2) return 0;
  }
  const seen = rows.slice(0, looked);
  const width = usualWidth(seen);
  if (width < 2) return 0;
  const alike = seen.filter(({ cells }) => cells.length === width).length / seen.length;
  return alike + Math.min(width, 50) / 1000;
}

/** The delimiter that the line of column names has most of, outside quotation marks. */
function commonest(text: string, quote: string): string {
  const counts = new Map<string, number>(delimiters.map((delimiter) => [delimiter, 0]));
  let isQuoted = false;
  for (const letter of text) {
    if (letter === quote) isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (letter === '\n' || letter === '\r') break;
    const count = counts.get(letter);
    if (count !== undefined) counts.set(letter, count + 1);
  }
  const [best] = [...counts].sort((first, second) => second[1] - first[1]);
  return best?.[0] ?? ',';
}
