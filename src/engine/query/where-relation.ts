import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { quotientScale } from '../../expression/decimals.ts';
import type { Calculation } from '../../expression/lower.ts';
import type { Relation, ResolvedPath } from '../../expression/tree.ts';
import { fieldType } from '../../fields/index.ts';
import { snakeCase } from '../../lib/names.ts';
import type { Ctx } from '../ctx.ts';
import { openSource, type Source, storedTables, type TableOf } from './source.ts';
import { visibleSql } from './title.ts';

type Sql = RawBuilder<unknown>;

/** The related records as a query inside the one that asks. */
export interface Inside {
  /** The column of a path that starts at a related record. */
  column(path: ResolvedPath): Sql;
  /** `from … where …`: those that are live, that the asker may read and that a condition holds of. */
  rows(where: RawBuilder<SqlBool> | null): Sql;
}

/** Opens the records of a relation; `key` is the column they are found by, `depth` how many relations surround it. */
export function openRelation(
  ctx: Ctx,
  relation: Relation,
  key: Sql,
  depth: number,
  tableOf: TableOf = storedTables(ctx),
): Inside {
  const alias = `x${depth}`;
  const source = openSource(ctx, relation.to, alias, tableOf);
  return {
    column: ({ steps, comparable }) =>
      sql.ref(`${source.join(steps.map(({ field }) => field))}.${comparable.column}`),
    rows: (where) => {
      const { from, belongs } = relatedSql(ctx, relation, source, key, tableOf);
      const conditions = [belongs, visibleSql(ctx, relation.to, alias), ...(where ? [where] : [])];
      return sql`from ${from}${source.joins()} where ${sql.join(conditions, sql` and `)}`;
    },
  };
}

/** Where related records are found, and that one belongs to the record that asks. */
function relatedSql(
  ctx: Ctx,
  { via, key: path }: Relation,
  source: Source,
  key: Sql,
  tableOf: TableOf,
): { readonly from: Sql; readonly belongs: Sql } {
  const { alias } = source;
  const from = source.table();
  switch (via.is) {
    case 'ids':
      return { from, belongs: sql`${sql.ref(`${alias}.id`)} = any(${key})` };
    case 'reference': {
      const column = fieldType(via.field.type).paths(via.field)['']?.column ?? '';
      const names = sql`${sql.ref(`${alias}.${column}`)} = ${key}`;
      if (via.field.type !== 'any-reference') return { from, belongs: names };
      const kind = sql.ref(`${alias}.${snakeCase(via.field.name)}_entity`);
      return { from, belongs: sql`${kind} = ${path.entity.name} and ${names}` };
    }
    case 'link': {
      // By the links first: those of one record are few, while those who may read much would wait for all of it.
      const link = `${alias}_l`;
      const [start, end] = [via.from, via.to].map((field) => `${snakeCase(field.name)}_id`) as [
        string,
        string,
      ];
      const belongs = sql`${sql.ref(`${link}.${start}`)} = ${key} and ${visibleSql(ctx, via.entity, link)}`;
      const table = sql`${tableOf(via.entity)} ${sql.id(link)}`;
      const joined = (links: Sql): Sql =>
        sql`${links} join ${from} on ${sql.ref(`${alias}.id`)} = ${sql.ref(`${link}.${end}`)}`;
      if (isPairUnique(via)) return { from: joined(table), belongs };
      const once = sql`(select distinct ${sql.ref(`${link}.${end}`)} from ${table} where ${belongs}) ${sql.id(link)}`;
      return { from: joined(once), belongs: sql`true` };
    }
  }
}

/** Whether two records are linked once at most, so that none is met twice on the way over the links. */
const isPairUnique = ({ entity, from, to }: Extract<Relation['via'], { is: 'link' }>): boolean =>
  entity.uniques.some(
    ({ fields }) => fields.length === 2 && fields.includes(from.name) && fields.includes(to.name),
  );

/** The total of a value over related records; null where there is none. */
export function totalSql(name: Extract<Calculation, { is: 'total' }>['name'], value: Sql): Sql {
  switch (name) {
    case 'count':
      return sql`count(${value})::numeric`;
    case 'sum':
      return sql`coalesce(sum(${value}), 0)`;
    case 'avg':
      return sql`round((sum(${value}) + ${'0.'.padEnd(32, '0')}::numeric) / nullif(count(${value}), 0), ${quotientScale})`;
    case 'min':
      return sql`min(${value})`;
    case 'max':
      return sql`max(${value})`;
  }
}
