import type { CatalogTable } from './catalog.ts';
import { addCheckSql, qualified, quoted } from './ddl.ts';
import { isManaged } from './object-name.ts';
import { type Step, step } from './step.ts';
import type { TableRows } from './table-rows.ts';
import type { WantedCheck, WantedTable } from './wanted.ts';

/** Checks to add and to drop. New rows are held to a check at once; rows already there are looked at without locking writers out. */
export async function planChecks(
  schema: string,
  table: WantedTable,
  present: CatalogTable,
  rows: TableRows,
): Promise<readonly Step[]> {
  const alter = `alter table ${qualified(schema, table.name)}`;
  const wanted = new Set(table.checks.map((check) => check.name));
  const steps = [...present.checks.keys()]
    .filter((name) => isManaged(name) && !wanted.has(name))
    .map((name) =>
      step('drop-check', `drop the check ${name}`, `${alter} drop constraint ${quoted(name)}`, {
        table: table.name,
      }),
    );
  for (const check of table.checks) {
    const found = present.checks.get(check.name);
    if (found?.isValidated) continue;
    if (!found) steps.push(await added(alter, table, check, present, rows));
    steps.push(
      step(
        'validate-check',
        `hold the rows of ${table.name} to ${check.name}`,
        `${alter} validate constraint ${quoted(check.name)}`,
        {
          table: table.name,
          transactional: false,
        },
      ),
    );
  }
  return steps;
}

async function added(
  alter: string,
  table: WantedTable,
  check: WantedCheck,
  present: CatalogTable,
  rows: TableRows,
): Promise<Step> {
  const type = table.columns.find((column) => column.name === check.column)?.type;
  const hasValues = present.columns.get(check.column)?.type === type;
  const failing = hasValues ? await rows.countFailing(check.condition) : 0;
  return step(
    'add-check',
    `hold ${table.name}.${check.column} to its declared values`,
    `${alter} ${addCheckSql(check)}`,
    {
      table: table.name,
      refusal:
        failing > 0
          ? `${failing < 1000 ? failing : 'At least 1,000'} rows of ${table.name} hold a value of ${check.column} that is no longer declared ` +
            `(${check.condition}): declare the value again, or change those rows first.`
          : null,
    },
  );
}
