import Papa from 'papaparse';
import { unguarded } from '../../lib/cell-guard.ts';
import { message } from '../../lib/message.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';

/** Columns a file may have at most. */
const maxColumns = 500;
const maxHeader = 200;
const delimiters = [',', ';', '\t', '|'];

const brokenQuote = message(
  'csv-broken-quote',
  'Line {line}: a quotation mark is opened and never properly closed. Close it, or double quotation marks inside a cell.',
  'Ligne {line} : un guillemet ouvert n’est jamais correctement fermé. Fermez-le, ou doublez les guillemets à l’intérieur d’une cellule.',
  'Línea {line}: hay comillas que se abren y no se cierran bien. Ciérrelas, o duplique las comillas dentro de una celda.',
);
const noRows = message(
  'csv-no-rows',
  'The file has a line of column names and no rows below it.',
  'Le fichier contient une ligne de noms de colonnes et aucune ligne en dessous.',
  'El archivo tiene una línea de nombres de columnas y ninguna fila debajo.',
);
const tooManyColumns = message(
  'csv-too-many-columns',
  'The file has {count} columns; at most {max} are taken. Remove those you don’t need.',
  'Le fichier a {count} colonnes ; {max} au plus sont acceptées. Retirez celles dont vous n’avez pas besoin.',
  'El archivo tiene {count} columnas; se aceptan como máximo {max}. Quite las que no necesite.',
);
const emptyHeader = message(
  'csv-empty-header',
  'Column {place} has no name in the first line but has values below. Name it, or remove it.',
  'La colonne {place} n’a pas de nom en première ligne mais contient des valeurs. Nommez-la ou retirez-la.',
  'La columna {place} no tiene nombre en la primera línea pero contiene valores. Póngale nombre o quítela.',
);
const doubleHeader = message(
  'csv-double-header',
  'The columns {first} and {second} are both called “{name}”. Rename one of them.',
  'Les colonnes {first} et {second} s’appellent toutes deux « {name} ». Renommez l’une d’elles.',
  'Las columnas {first} y {second} se llaman las dos «{name}». Cambie el nombre de una de ellas.',
);
const longHeader = message(
  'csv-long-header',
  'The name of column {place} has {length} characters; at most {max} are taken. Is the first line really the column names?',
  'Le nom de la colonne {place} a {length} caractères ; {max} au plus sont acceptés. La première ligne contient-elle bien les noms de colonnes ?',
  'El nombre de la columna {place} tiene {length} caracteres; se aceptan como máximo {max}. ¿La primera línea contiene de verdad los nombres de las columnas?',
);

/** A row of a file, with the line it begins on; a cell may hold line breaks. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A file as columns and rows. */
export interface CsvTable {
  readonly delimiter: string;
  readonly headers: readonly string[];
  /** Rows with something in them. */
  readonly rows: readonly CsvRow[];
}

/**
 * Reads the text of a CSV file, its cells without the apostrophes that keep spreadsheets from computing them; its delimiter is found out, whatever can't be read as a table is refused
 * with the place.
 */
export function parseCsv(text: string): CsvTable {
  // Excel may say the delimiter in a line of its own.
  const said = /^sep=([,;\t|])\r?\n/i.exec(text);
  const body = said ? text.slice(said[0].length) : text;
  const rows: CsvRow[] = [];
  const delimiter = said?.[1] ?? delimiterOf(body);
  let line = said ? 2 : 1;
  let from = 0;
  Papa.parse<string[]>(body, {
    delimiter,
    step: ({ data, errors, meta }) => {
      if (errors.some((error) => error.type === 'Quotes')) {
        throw new Problem('invalid', { message: brokenQuote, params: { line } });
      }
      if (data.some((cell) => cell.trim() !== '')) rows.push({ line, cells: data.map(unguarded) });
      line += lineBreaks(body, from, meta.cursor);
      from = meta.cursor;
    },
  });
  const [head, ...below] = rows;
  if (!head || below.length === 0) throw new Problem('invalid', { message: noRows });
  return { delimiter, headers: headersOf(head.cells, below), rows: below };
}

/** The delimiter that the line of column names has most of, outside quotation marks. */
function delimiterOf(text: string): string {
  const counts = new Map(delimiters.map((delimiter) => [delimiter, 0]));
  let isQuoted = false;
  for (const letter of text) {
    if (letter === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (letter === '\n' || letter === '\r') break;
    const count = counts.get(letter);
    if (count !== undefined) counts.set(letter, count + 1);
  }
  const [best] = [...counts].sort((first, second) => second[1] - first[1]);
  return best?.[0] ?? ',';
}

/** Line breaks between two places of a text: LF, CR LF or CR. */
function lineBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let place = from; place < to; place += 1) {
    const code = text.charCodeAt(place);
    if (code === 10 || (code === 13 && text.charCodeAt(place + 1) !== 10)) count += 1;
  }
  return count;
}

function headersOf(cells: readonly string[], rows: readonly CsvRow[]): readonly string[] {
  const names = cells.map((cell) => cell.replace(/\s+/g, ' ').trim());
  // A delimiter at the end of each line makes columns that are nobody's.
  while (names.at(-1) === '' && rows.every(({ cells: row }) => (row[names.length - 1] ?? '').trim() === ''))
    names.pop();
  if (names.length > maxColumns) {
    throw new Problem('invalid', {
      message: tooManyColumns,
      params: { count: names.length, max: maxColumns },
    });
  }
  const mistakes: Mistake[] = [];
  const places = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    const place = index + 1;
    const first = places.get(name);
    const field = `columns[${index}]`;
    if (name === '') mistakes.push({ field, message: emptyHeader, params: { place } });
    else if (name.length > maxHeader) {
      mistakes.push({
        field,
        message: longHeader,
        params: { place, length: name.length, max: maxHeader },
        value: name,
      });
    } else if (first !== undefined) {
      mistakes.push({ field, message: doubleHeader, params: { first, second: place, name } });
    } else places.set(name, place);
  }
  if (mistakes.length > 0) throw new Problem('invalid', { mistakes });
  return names;
}
