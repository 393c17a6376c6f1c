import { message } from '../../../lib/message.ts';
import { type Mistake, Problem } from '../../../lib/problem.ts';
import type { RawRow } from './raw-rows.ts';

/** Columns a file may have at most. */
export const maxColumns = 500;
const maxHeader = 200;
/** Lines that may stand above the column names: a title, a date, who made the report. */
const mostAbove = 20;

const noRows = message(
  'table-no-rows',
  'The file has a line of column names and no rows below it.',
  'Le fichier contient une ligne de noms de colonnes et aucune ligne en dessous.',
  'El archivo tiene una línea de nombres de columnas y ninguna fila debajo.',
);
const tooManyColumns = message(
  'table-too-many-columns',
  'The file has {count} columns; at most {max} are taken. Remove those you don’t need.',
  'Le fichier a {count} colonnes ; {max} au plus sont acceptées. Retirez celles dont vous n’avez pas besoin.',
  'El archivo tiene {count} columnas; se aceptan como máximo {max}. Quite las que no necesite.',
);
const emptyHeader = message(
  'table-empty-header',
  'Column {place} has no name in line {line} but has values below. Name it, or remove it.',
  'La colonne {place} n’a pas de nom à la ligne {line} mais contient des valeurs. Nommez-la ou retirez-la.',
  'La columna {place} no tiene nombre en la línea {line} pero contiene valores. Póngale nombre o quítela.',
);
const doubleHeader = message(
  'table-double-header',
  'The columns {first} and {second} are both called “{name}”. Rename one of them.',
  'Les colonnes {first} et {second} s’appellent toutes deux « {name} ». Renommez l’une d’elles.',
  'Las columnas {first} y {second} se llaman las dos «{name}». Cambie el nombre de una de ellas.',
);
const longHeader = message(
  'table-long-header',
  'The name of column {place} has {length} characters; at most {max} are taken. Is line {line} really the column names?',
  'Le nom de la colonne {place} a {length} caractères ; {max} au plus sont acceptés. La ligne {line} contient-elle bien les noms de colonnes ?',
  'El nombre de la columna {place} tiene {length} caracteres; se aceptan como máximo {max}. ¿La línea {line} contiene de verdad los nombres de las columnas?',
);

/** The refusal of a file without a row below its column names. */
export const withoutRows = (): Problem => new Problem('invalid', { message: noRows });

const filled = ({ cells }: RawRow): number => cells.filter((cell) => cell.trim() !== '').length;

/** The commonest number of cells of rows; 0 of none. */
export function usualWidth(rows: readonly RawRow[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [most] = [...counts].sort((first, second) => second[1] - first[1] || second[0] - first[0]);
  return most?.[0] ?? 0;
}

/**
 * How many of the first rows stand above the column names: lines with a single cell above a table that is wider, as
 * reports have them.
 */
export function rowsAbove(rows: readonly RawRow[]): number {
  const said = rows[0]?.cells;
  // Excel may say the delimiter in a line of its own.
  if (said?.length === 2 && /^sep=$/i.test(said[0] ?? '') && said[1] === '')
    return 1 + rowsAbove(rows.slice(1));
  const width = Math.max(...rows.slice(0, mostAbove + 5).map(filled), 0);
  if (width < 3) return 0;
  const isAbove = (row: RawRow | undefined): boolean => row !== undefined && filled(row) === 1;
  let count = 0;
  while (count < mostAbove && isAbove(rows[count])) count += 1;
  const names = rows[count];
  return count > 0 && names && filled(names) >= 3 && rows.length > count + 1 ? count : 0;
}

/**
 * The names of columns from their row, all that is wrong with them refused at once. `sample` is rows below it, which
 * tell whether a last column without a name is only the end of each line.
 */
export function columnNames({ line, cells }: RawRow, sample: readonly RawRow[]): readonly string[] {
  const names = cells.map((cell) => cell.replace(/\s+/g, ' ').trim());
  while (names.at(-1) === '' && sample.every(({ cells: row }) => (row[names.length - 1] ?? '').trim() === ''))
    names.pop();
  if (names.length > maxColumns) throw tooWide(names.length);
  const mistakes: Mistake[] = [];
  const places = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    const place = index + 1;
    const first = places.get(name);
    const field = `columns[${index}]`;
    if (name === '') mistakes.push({ field, message: emptyHeader, params: { place, line } });
    else if (name.length > maxHeader) {
      const params = { place, length: name.length, max: maxHeader, line };
      mistakes.push({ field, message: longHeader, params, value: name });
    } else if (first !== undefined) {
      mistakes.push({ field, message: doubleHeader, params: { first, second: place, name } });
    } else places.set(name, place);
  }
  if (mistakes.length > 0) throw new Problem('invalid', { mistakes });
  return names;
}

/** The refusal of a table with more columns than are taken. */
export const tooWide = (count: number): Problem =>
  new Problem('invalid', { message: tooManyColumns, params: { count, max: maxColumns } });
