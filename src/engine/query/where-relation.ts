import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { quotientScale } from '../../expression/decimals.ts';
import type { Calculation } from '../../expression/lower.ts';
import type { Relation, ResolvedPath } from '../../expression/tree.ts';
import { fieldType } from '../../fields/index.ts';
import { snakeCase } from '../../lib/names.ts';
import type { Ctx } from '../ctx.ts';
import { openSource, storedTables, type TableOf } from './source.ts';
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
      const conditions = [
        belongsSql(ctx, relation, alias, key, tableOf),
        visibleSql(ctx, relation.to, alias),
        ...(where ? [where] : []),
      ];
      return sql`from ${source.from()} where ${sql.join(conditions, sql` and `)}`;
    },
  };
}

/** That a related record belongs to the one that asks. */
function belongsSql(ctx: Ctx, { via, key: path }: Relation, alias: string, key: Sql, tableOf: TableOf): Sql {
  switch (via.is) {
    case 'ids':
      return sql`${sql.ref(`${alias}.id`)} = any(${key})`;
    case 'reference': {
      const column = fieldType(via.field.type).paths(via.field)['']?.column ?? '';
      const names = sql`${sql.ref(`${alias}.${column}`)} = ${key}`;
      if (via.field.type !== 'any-reference') return names;
      return sql`${sql.ref(`${alias}.${snakeCase(via.field.name)}_entity`)} = ${path.entity.name} and ${names}`;
    }
    case 'link': {
      const link = `${alias}_l`;
      const [from, to] = [via.from, via.to].map((field) => sql.ref(`${link}.${snakeCase(field.name)}_id`));
      return sql`${sql.ref(`${alias}.id`)} in (select ${to} from ${tableOf(via.entity)} ${sql.id(link)}
        where ${from} = ${key} and ${visibleSql(ctx, via.entity, link)})`;
    }
  }
}

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
