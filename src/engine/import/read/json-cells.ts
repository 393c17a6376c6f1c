import { message } from '../../../lib/message.ts';
import { Problem } from '../../../lib/problem.ts';

const tooWide = message(
  'json-list-too-wide',
  'Line {line}: a list of {items} records with {members} different members doesn’t fit in one row. Put each of them in a row of its own.',
  'Ligne {line} : une liste de {items} enregistrements avec {members} membres différents ne tient pas dans une ligne. Mettez chacun d’eux dans sa propre ligne.',
  'Línea {line}: una lista de {items} registros con {members} miembros distintos no cabe en una fila. Ponga cada uno en su propia fila.',
);
/** Members times records of one list: each member becomes a column in which every record has its place. */
const widestList = 100_000;
/** Columns deep that records within records become. */
const deepest = 6;

/**
 * A record of JSON as cells by column: records within it become columns with dots (`address.city`), lists texts with
 * `;` between, lists of records a column for each of their members; what is null is left out.
 */
export function jsonCells(record: Readonly<Record<string, unknown>>, line: number): Map<string, string> {
  const cells = new Map<string, string>();
  put(cells, '', record, 0, line);
  return cells;
}

function put(cells: Map<string, string>, path: string, value: unknown, depth: number, line: number): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) putList(cells, path, value, depth, line);
  else if (typeof value === 'object' && depth < deepest) {
    for (const [name, part] of Object.entries(value))
      put(cells, path === '' ? name : `${path}.${name}`, part, depth + 1, line);
  } else cells.set(path, textOf(value));
}

function putList(
  cells: Map<string, string>,
  path: string,
  items: readonly unknown[],
  depth: number,
  line: number,
): void {
  if (items.length === 0) return;
  if (depth >= deepest || !items.some(isRecord)) {
    cells.set(path, items.map(textOf).join(';'));
    return;
  }
  const rows = items.map((item) => (isRecord(item) ? jsonCells(item, line) : new Map([['', textOf(item)]])));
  const members = new Set(rows.flatMap((row) => [...row.keys()]));
  if (members.size * items.length > widestList) {
    const params = { line, items: items.length, members: members.size };
    throw new Problem('invalid', { message: tooWide, params });
  }
  for (const name of members)
    cells.set(name === '' ? path : `${path}.${name}`, rows.map((row) => row.get(name) ?? '').join(';'));
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
