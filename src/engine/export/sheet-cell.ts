import type { ExportColumn } from './columns.ts';

/** Characters that a cell of a workbook holds at most. */
const mostLetters = 32_767;

/** Digits that a spreadsheet keeps of a number; with more it would change it. */
const mostDigits = 15;

/** Styles declared in `xl/styles.xml`. */
const styles = { head: 1, date: 2, dateTime: 3 } as const;

const day = 86_400_000;
/** Day 0 of spreadsheets, right from March 1900 on. */
const dayZero = Date.UTC(1899, 11, 30);
const firstRight = '1900-03-01';

/** One cell as XML, of the kind its column says; text is never computed. '' where there is nothing. */
export function sheetCell(
  place: string,
  kind: ExportColumn['kind'],
  text: string | null,
  timeZone: string,
): string {
  if (text === null || text === '') return '';
  if (kind === 'number' && text.replace(/\D/g, '').length <= mostDigits)
    return `<c r="${place}"><v>${text}</v></c>`;
  if (kind === 'boolean') return `<c r="${place}" t="b"><v>${text === 'true' ? 1 : 0}</v></c>`;
  if (kind === 'date' && text >= firstRight)
    return numbered(place, styles.date, serialOf(`${text}T00:00:00Z`));
  if (kind === 'dateTime' && text >= firstRight)
    return numbered(place, styles.dateTime, serialOf(`${wallClock(text, timeZone)}Z`));
  return textCell(place, text);
}

/** A cell of the first row. */
export const headCell = (place: string, text: string): string => textCell(place, text, styles.head);

const numbered = (place: string, style: number, value: number): string =>
  `<c r="${place}" s="${style}"><v>${value}</v></c>`;

const textCell = (place: string, text: string, style = 0): string =>
  `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(shortened(text))}</t></is></c>`;

const serialOf = (moment: string): number => (Date.parse(moment) - dayZero) / day;

/** A text that no cell can hold is cut, and says so. */
function shortened(text: string): string {
  if (text.length <= mostLetters) return text;
  const note = ` … [${text.length}]`;
  return `${text.slice(0, mostLetters - note.length).toWellFormed()}${note}`;
}

/** What XML can't hold is written as `_x000B_`, which spreadsheets read; text that looks so is told apart. */
export const xmlText = (text: string): string =>
  text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/(?![\n\t])[\p{Cc}\uFFFE\uFFFF]/gu, (character) => {
      const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
      return `_x${code}_`;
    })
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of a zone at a moment: `2026-11-22T10:00:00`. */
function wallClock(moment: string, timeZone: string): string {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    clocks.set(timeZone, clock);
  }
  return clock.format(new Date(moment)).replace(' ', 'T');
}
