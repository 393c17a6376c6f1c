import type { CatalogTable } from './catalog.ts';
import { createIndexSql, qualified } from './ddl.ts';
import { isManaged, partitionIndexName } from './object-name.ts';
import { type Step, step } from './step.ts';
import type { TableRows } from './table-rows.ts';
import type { WantedIndex, WantedTable } from './wanted.ts';

/** Indexes to build, without locking writers out where there are rows, and those to drop because none is wanted like them. */
export async function planIndexes(
  schema: string,
  table: WantedTable,
  present: CatalogTable,
  rows: TableRows,
): Promise<readonly Step[]> {
  const steps: Step[] = [];
  for (const index of table.indexes) {
    const found = present.indexes.get(index.name);
    if (found?.isValid) continue;
    steps.push(...(await built(schema, table, index, present, rows)));
  }
  const wanted = new Set(table.indexes.map((index) => index.name));
  for (const [name, found] of present.indexes) {
    if (wanted.has(name) || !isManaged(name) || found.isConstraint) continue;
    // An index of a partitioned table can't be dropped concurrently.
    const concurrently = table.partitionBy === null ? 'concurrently ' : '';
    steps.push(
      step(
        'drop-index',
        `drop the index ${name}, which nothing declares any more`,
        `drop index ${concurrently}if exists ${qualified(schema, name)}`,
        {
          table: table.name,
          name,
          transactional: false,
        },
      ),
    );
  }
  return steps;
}

async function built(
  schema: string,
  table: WantedTable,
  index: WantedIndex,
  present: CatalogTable,
  rows: TableRows,
): Promise<readonly Step[]> {
  const build = (
    about: string,
    target: string,
    name: string,
    o: { concurrently: boolean; transactional: boolean },
  ): Step =>
    step(
      'create-index',
      about,
      createIndexSql(schema, target, index, { concurrently: o.concurrently, name }),
      {
        table: table.name,
        name,
        transactional: o.transactional,
        patient: isDeclaredByPeople(table, index),
      },
    );
  const about = `build the index ${index.name}`;
  const isHalfBuilt = present.indexes.has(index.name);
  if (!isHalfBuilt && (await rows.isEmpty())) {
    return [build(about, table.name, index.name, { concurrently: false, transactional: true })];
  }
  if (table.partitionBy === null) {
    return [build(about, table.name, index.name, { concurrently: true, transactional: false })];
  }
  // Partition by partition, so that nobody waits; the index of the whole then takes up what it finds there.
  return [
    ...present.partitions.map((partition) => {
      const name = partitionIndexName(partition, index);
      return build(`build the index ${name}`, partition, name, { concurrently: true, transactional: false });
    }),
    build(about, table.name, index.name, { concurrently: false, transactional: false }),
  ];
}

/** Tables and columns of what people declare, and nothing else, have names that begin so. */
const isDeclaredByPeople = (table: WantedTable, { columns }: WantedIndex): boolean =>
  [table.name, ...columns].some((name) => name.startsWith('x_'));
