import { createIndexSql, createTableSql, qualified, quoted } from '../schema/ddl.ts';
import type { WantedTable } from '../schema/wanted.ts';
import type { BackupTable } from './header.ts';

/** The statements that make a table as it was, without what is quicker made once its rows are there. */
export function makeTableSql(
  schema: string,
  table: BackupTable,
  wanted: WantedTable | null,
): readonly string[] {
  const defaults = new Map(wanted?.columns.map((column) => [column.name, column.default]));
  const whole = createTableSql(schema, {
    name: table.name,
    columns: table.columns.map((column) => ({ ...column, default: defaults.get(column.name) ?? null })),
    primaryKey: [],
    checks: [],
    indexes: [],
    partitionBy: wanted?.partitionBy ?? null,
  });
  if (!wanted?.partitionBy) return [whole];
  return [whole, ...table.partitions.map((name) => partitionSql(schema, table.name, name))];
}

/** `event_2026_11` takes that month; any other partition what no month takes. */
function partitionSql(schema: string, table: string, name: string): string {
  const [, year, month] = /_(\d{4})_(\d\d)$/.exec(name) ?? [];
  const partition = `create table ${qualified(schema, name)} partition of ${qualified(schema, table)}`;
  if (year === undefined || month === undefined) return `${partition} default`;
  const first = (ahead: number): string =>
    new Date(Date.UTC(Number(year), Number(month) - 1 + ahead, 1)).toISOString();
  return `${partition} for values from ('${first(0)}') to ('${first(1)}')`;
}

/** The statements that make the primary key and the declared indexes whose columns the table has as declared. */
export function finishTableSql(
  schema: string,
  table: BackupTable,
  wanted: WantedTable | null,
): readonly string[] {
  const had = new Map(table.columns.map(({ name, type }) => [name, type]));
  const isAsDeclared = (column: string): boolean =>
    had.get(column) === wanted?.columns.find(({ name }) => name === column)?.type;
  const key =
    table.primaryKey.length > 0
      ? [
          `alter table ${qualified(schema, table.name)} add primary key (${table.primaryKey.map(quoted).join(', ')})`,
        ]
      : [];
  const indexes = (wanted?.indexes ?? [])
    .filter((index) => index.columns.every(isAsDeclared))
    .map((index) => createIndexSql(schema, table.name, index));
  return [...key, ...indexes];
}
