import type { CatalogColumn, CatalogTable } from './catalog.ts';
import { isWidening } from './column-type.ts';
import { columnSql, qualified, quoted } from './ddl.ts';
import { type Step, step } from './step.ts';
import type { TableRows } from './table-rows.ts';
import type { WantedColumn, WantedTable } from './wanted.ts';

/** Columns to add, to widen, to loosen; those that nothing declares any more are listed and stay. */
export async function planColumns(
  schema: string,
  table: WantedTable,
  present: CatalogTable,
  rows: TableRows,
): Promise<readonly Step[]> {
  const steps: Step[] = [];
  const alter = `alter table ${qualified(schema, table.name)}`;
  for (const column of table.columns) {
    const found = present.columns.get(column.name);
    steps.push(
      ...(found ? await changed(alter, table, column, found, rows) : await added(alter, table, column, rows)),
    );
  }
  const names = new Set(table.columns.map((column) => column.name));
  for (const [name, column] of present.columns) {
    if (!names.has(name)) steps.push(...leftOver(alter, table.name, name, column));
  }
  return steps;
}

async function added(
  alter: string,
  table: WantedTable,
  column: WantedColumn,
  rows: TableRows,
): Promise<readonly Step[]> {
  const where = `${table.name}.${column.name}`;
  const lacksValue = column.notNull && column.default === null && !(await rows.isEmpty());
  return [
    step(
      'add-column',
      `add the column ${where} (${column.type})`,
      `${alter} add column ${columnSql(column)}`,
      {
        table: table.name,
        refusal: lacksValue
          ? `The new column ${where} must hold a value, and the table has rows already: declare a default for it.`
          : null,
      },
    ),
  ];
}

async function changed(
  alter: string,
  table: WantedTable,
  column: WantedColumn,
  found: CatalogColumn,
  rows: TableRows,
): Promise<readonly Step[]> {
  const where = `${table.name}.${column.name}`;
  const o = { table: table.name };
  const name = quoted(column.name);
  const isSameType = found.type === column.type && found.collation === column.collation;
  if (!isSameType) {
    const from = typeText(found);
    const to = typeText(column);
    if (found.collation === column.collation && isWidening(found.type, column.type)) {
      return [
        step(
          'widen-column',
          `widen ${where} from ${from} to ${to}`,
          `${alter} alter column ${name} type ${column.type}`,
          o,
        ),
      ];
    }
    return [
      step(
        'replace-column',
        `replace ${where}, ${from}, by an empty ${to}`,
        `${alter} drop column ${name}, add column ${columnSql(column)}`,
        {
          ...o,
          destructive: true,
          refusal:
            `${where} holds ${from}, and the declaration now says ${to}, which its values can’t become by themselves. ` +
            'Put the former type back, declare a new field under another name and copy the values into it, ' +
            'or allow destructive changes, which empties the column.',
        },
      ),
    ];
  }
  if (found.notNull && !column.notNull && !table.primaryKey.includes(column.name)) {
    return [step('loosen-column', `let ${where} be empty`, `${alter} alter column ${name} drop not null`, o)];
  }
  if (!found.notNull && column.notNull) {
    const empty = await rows.countFailing(`${name} is not null`);
    const refusal =
      empty > 0
        ? `${where} must hold a value now, and ${atMost(empty)} rows have none: fill them first.`
        : null;
    return [
      step('tighten-column', `require a value in ${where}`, `${alter} alter column ${name} set not null`, {
        ...o,
        refusal,
      }),
    ];
  }
  return [];
}

function leftOver(alter: string, table: string, name: string, column: CatalogColumn): readonly Step[] {
  const loosened =
    column.notNull && !column.hasDefault
      ? [
          step(
            'loosen-column',
            `let ${table}.${name} be empty`,
            `${alter} alter column ${quoted(name)} drop not null`,
            { table },
          ),
        ]
      : [];
  return [
    ...loosened,
    step(
      'drop-column',
      `drop the column ${table}.${name}, which nothing declares any more`,
      `${alter} drop column ${quoted(name)}`,
      {
        table,
        destructive: true,
      },
    ),
  ];
}

const typeText = (column: { type: string; collation: string | null }): string =>
  column.collation === null ? column.type : `${column.type} collate "${column.collation}"`;

const atMost = (count: number): string => (count < 1000 ? String(count) : 'at least 1,000');
