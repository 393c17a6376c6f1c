/** Columns deep that records within records become. */
const deepest = 6;

/**
 * A record of JSON as cells by column: records within it become columns with dots (`address.city`), lists texts with
 * `;` between, lists of records a column for each of their members; what is null is left out.
 */
export function jsonCells(record: Readonly<Record<string, unknown>>): Map<string, string> {
  const cells = new Map<string, string>();
  put(cells, '', record, 0);
  return cells;
}

function put(cells: Map<string, string>, path: string, value: unknown, depth: number): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) putList(cells, path, value, depth);
  else if (typeof value === 'object' && depth < deepest) {
    for (const [name, part] of Object.entries(value))
      put(cells, path === '' ? name : `${path}.${name}`, part, depth + 1);
  } else cells.set(path, textOf(value));
}

function putList(cells: Map<string, string>, path: string, items: readonly unknown[], depth: number): void {
  if (items.length === 0) return;
  if (depth >= deepest || !items.some(isRecord)) {
    cells.set(path, items.map(textOf).join(';'));
    return;
  }
  const rows = items.map((item) => (isRecord(item) ? jsonCells(item) : new Map([['', textOf(item)]])));
  for (const name of new Set(rows.flatMap((row) => [...row.keys()])))
    cells.set(name === '' ? path : `${path}.${name}`, rows.map((row) => row.get(name) ?? '').join(';'));
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
