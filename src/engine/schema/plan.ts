import type { Db } from '../ctx.ts';
import { type Catalog, type CatalogTable, readCatalog } from './catalog.ts';
import { createIndexSql, createTableSql, qualified, quoted } from './ddl.ts';
import { planChecks } from './plan-checks.ts';
import { planColumns } from './plan-columns.ts';
import { planIndexes } from './plan-indexes.ts';
import { type Step, step } from './step.ts';
import { type TableRows, tableRows } from './table-rows.ts';
import type { WantedTable } from './wanted.ts';

/** The steps that lead from the schema as it is to the schema as it should be, in the order they are done. */
export async function planSchema(
  db: Db,
  schema: string,
  wanted: readonly WantedTable[],
): Promise<readonly Step[]> {
  const catalog = await readCatalog(db, schema);
  const steps: Step[] = [];
  if (!catalog.exists) {
    steps.push(
      step('create-schema', `create the schema ${schema}`, `create schema if not exists ${quoted(schema)}`),
    );
  }
  steps.push(...(await planWanted(db, schema, wanted, catalog)), ...leftOver(schema, wanted, catalog));
  return [...steps.filter((one) => one.transactional), ...steps.filter((one) => !one.transactional)];
}

/** The steps that bring these tables alone to what is wanted of them. */
export async function planTables(
  db: Db,
  schema: string,
  wanted: readonly WantedTable[],
): Promise<readonly Step[]> {
  return wanted.length === 0 ? [] : planWanted(db, schema, wanted, await readCatalog(db, schema));
}

async function planWanted(
  db: Db,
  schema: string,
  wanted: readonly WantedTable[],
  catalog: Catalog,
): Promise<readonly Step[]> {
  const steps: Step[] = [];
  for (const table of wanted) {
    const present = catalog.tables.get(table.name);
    steps.push(
      ...(present
        ? await planTable(schema, table, present, tableRows(db, schema, table.name))
        : created(schema, table)),
    );
  }
  return steps;
}

function created(schema: string, table: WantedTable): readonly Step[] {
  return [
    step('create-table', `create the table ${table.name}`, createTableSql(schema, table), {
      table: table.name,
    }),
    ...table.indexes.map((index) =>
      step('create-index', `create the index ${index.name}`, createIndexSql(schema, table.name, index), {
        table: table.name,
        name: index.name,
      }),
    ),
  ];
}

async function planTable(
  schema: string,
  table: WantedTable,
  present: CatalogTable,
  rows: TableRows,
): Promise<readonly Step[]> {
  return [
    ...(await planColumns(schema, table, present, rows)),
    ...(await planChecks(schema, table, present, rows)),
    ...(await planIndexes(schema, table, present, rows)),
  ];
}

/** Tables that nothing declares any more; they stay until somebody says otherwise. */
function leftOver(schema: string, wanted: readonly WantedTable[], catalog: Catalog): readonly Step[] {
  const names = new Set(wanted.map((table) => table.name));
  return [...catalog.tables.keys()]
    .filter((name) => !names.has(name))
    .map((name) =>
      step(
        'drop-table',
        `drop the table ${name}, which nothing declares any more`,
        `drop table ${qualified(schema, name)}`,
        {
          table: name,
          destructive: true,
        },
      ),
    );
}
