import type { WantedCheck, WantedColumn, WantedIndex, WantedTable } from './wanted.ts';

/** A name as SQL writes it when it is to be taken literally. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The SQL of a table or index with its schema. */
export const qualified = (schema: string, name: string): string => `${quoted(schema)}.${quoted(name)}`;

const list = (names: readonly string[]): string => names.map(quoted).join(', ');

/** `"amount" numeric(19,4)`: a column as `create table` and `add column` write it. */
export function columnSql(column: WantedColumn): string {
  const collation = column.collation === null ? '' : ` collate ${quoted(column.collation)}`;
  const byDefault = column.default === null ? '' : ` default ${column.default}`;
  return `${quoted(column.name)} ${column.type}${collation}${byDefault}${column.notNull ? ' not null' : ''}`;
}

const checkSql = (check: WantedCheck): string =>
  `constraint ${quoted(check.name)} check (${check.condition})`;

/** The whole table without its indexes. */
export function createTableSql(schema: string, table: WantedTable): string {
  const parts = [
    ...table.columns.map(columnSql),
    ...(table.primaryKey.length > 0 ? [`primary key (${list(table.primaryKey)})`] : []),
    ...table.checks.map(checkSql),
  ];
  const partitions = table.partitionBy === null ? '' : ` partition by range (${quoted(table.partitionBy)})`;
  return `create table ${qualified(schema, table.name)} (${parts.join(', ')})${partitions}`;
}

/** An index; `concurrently` lets writes go on while it is built, outside a transaction. */
export function createIndexSql(
  schema: string,
  table: string,
  index: WantedIndex,
  o: { concurrently?: boolean; name?: string } = {},
): string {
  const unique = index.unique ? ' unique' : '';
  const concurrently = o.concurrently ? ' concurrently' : '';
  const nulls = index.nullsNotDistinct ? ' nulls not distinct' : '';
  const where = index.where === null ? '' : ` where ${index.where}`;
  const what = index.expression === null ? list(index.columns) : `(${index.expression})`;
  const target = `${qualified(schema, table)} using ${index.method} (${what})`;
  return `create${unique} index${concurrently} ${quoted(o.name ?? index.name)} on ${target}${nulls}${where}`;
}

/** A check that new rows are held to at once; those already there are looked at by `validate constraint`. */
export const addCheckSql = (check: WantedCheck): string => `add ${checkSql(check)} not valid`;
