import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type AskEnv, lower, type PathTest, type Test } from '../../expression/lower.ts';
import { clockAt } from '../../expression/moments.ts';
import type { Compiled, Relation, ResolvedPath } from '../../expression/tree.ts';
import type { Ctx } from '../ctx.ts';
import { standing } from '../workspace/merged-ids.ts';
import type { TableOf } from './source.ts';
import { attributeSql } from './where-attribute.ts';
import { type CalculationEnv, findSql, fitsSql, missingSql, relateSql } from './where-calculated.ts';
import { changedSql } from './where-changed.ts';
import { amongSql, compareSql, emptySql, matchSql, pairSql, presentSql } from './where-compare.ts';
import { openRelation } from './where-relation.ts';

/** What the caller of `whereSql` provides. */
export interface WhereEnv {
  readonly ctx: Ctx;
  /**
   * The qualified column that holds `path.comparable.column`, the path's references joined by left joins; of
   * an attribute path, the column of the base value's code. Of a path `before` the change at hand, where there
   * is one, the column of the record as it was.
   */
  column(path: ResolvedPath): RawBuilder<unknown>;
  /** How many relations surround the query; left out = none. */
  readonly depth?: number;
  /** What stands for the tables of related records; left out = they are seen as they are stored. */
  readonly tableOf?: TableOf;
  /** Who `me` is and what day it is, where that isn't the one whose sight `ctx` has. */
  readonly ask?: AskEnv;
  /** Of what lies in the bin: ids mean those records themselves, for nothing there follows a merge. */
  readonly isBin?: boolean;
}

/** Who asks and when, as an expression's words `me`, `my teams`, `today` and `now` mean it in a request. */
export const askEnv = (ctx: Ctx): AskEnv => ({
  ...clockAt(ctx.now, ctx.timeZone),
  me: ctx.who.userId,
  myTeams: ctx.who.teams,
});

/**
 * An expression as a filter for `where`, `on` or `filter (where …)`: parameters only, and plain comparisons
 * that indexes serve. Rows it is not true of are left out; what it is negated in must say `is not true`.
 */
export function whereSql(compiled: Compiled, env: WhereEnv): RawBuilder<SqlBool> {
  return testSql(lower(compiled.condition, env.ask ?? askEnv(env.ctx)), env, false);
}

/**
 * Negation is carried down to the single tests, where `is not true` also answers for missing values; above
 * them only `and` and `or` remain, which never turn a null into true.
 */
function testSql(test: Test, env: WhereEnv, negated: boolean): RawBuilder<SqlBool> {
  switch (test.is) {
    case 'not':
      return testSql(test.of, env, !negated);
    case 'constant':
      return test.value !== negated ? sql<SqlBool>`true` : sql<SqlBool>`false`;
    case 'all':
    case 'any': {
      const parts = test.of.map((part) => testSql(part, env, negated));
      const conjunctive = (test.is === 'all') !== negated;
      if (parts.length === 0) return conjunctive ? sql<SqlBool>`true` : sql<SqlBool>`false`;
      return sql<SqlBool>`(${sql.join(parts, conjunctive ? sql` and ` : sql` or `)})`;
    }
    case 'relate':
      return told(relateSql(test, calculationEnv(env)), negated);
    case 'some': {
      const { env: within, rows } = inside(env, test.over);
      const where = test.where && testSql(test.where, within, false);
      const found = sql<SqlBool>`exists (select 1 ${rows(where)})`;
      return negated ? sql<SqlBool>`not ${found}` : found;
    }
    case 'changed': {
      const changed = sql<SqlBool>`(${sql.join(
        test.paths.map((path) => changedSql(path, calculationEnv(env))),
        sql` or `,
      )})`;
      return negated ? sql<SqlBool>`not ${changed}` : changed;
    }
    case 'find':
      return told(findSql(test, calculationEnv(env)), negated);
    case 'fits':
      return told(fitsSql(test, calculationEnv(env)), negated);
    case 'missing':
      return told(missingSql(test.of, calculationEnv(env)), negated);
    default: {
      const column = env.column(test.path);
      // Plain, so that an index finds the few that hold something.
      if (negated && test.is === 'empty' && !test.path.attribute) return presentSql(column, test.path);
      const plain = test.path.attribute
        ? attributeSql(column, test, env.ctx.workspace.baseValues)
        : leadingSql(plainSql(column, test, env), test, env);
      return told(plain, negated);
    }
  }
}

/** A single test, or that it isn't true; `is not true` also answers for missing values. */
const told = (test: RawBuilder<SqlBool>, negated: boolean): RawBuilder<SqlBool> =>
  negated ? sql<SqlBool>`(${test}) is not true` : test;

const calculationEnv = (env: WhereEnv): CalculationEnv => ({
  baseValues: env.ctx.workspace.baseValues,
  column: env.column,
  holds: (test) => testSql(test, env, false),
  inside: (relation) => {
    const { env: within, rows } = inside(env, relation);
    return { env: calculationEnv(within), rows: (where) => rows(where && testSql(where, within, false)) };
  },
});

function inside(env: WhereEnv, relation: Relation) {
  const depth = (env.depth ?? 0) + 1;
  const { column, rows } = openRelation(env.ctx, relation, env.column(relation.key), depth, env.tableOf);
  return { env: { ...env, column, depth }, rows };
}

/** The same, with what it means for the sorted column that such texts lead, so that an order by that needn't search on. */
function leadingSql(plain: RawBuilder<SqlBool>, test: PathTest, env: WhereEnv): RawBuilder<SqlBool> {
  const { path } = test;
  const { leads, ...comparable } = path.comparable;
  const start =
    test.is === 'compare' && test.operator === '='
      ? String(test.value)
      : test.is === 'match' && test.way === 'starts with'
        ? test.text
        : '';
  if (leads === undefined || start === '') return plain;
  const column = env.column({ ...path, comparable: { ...comparable, column: leads } });
  return sql<SqlBool>`(${plain} and ${matchSql(column, { is: 'match', path, way: 'starts with', text: start })})`;
}

/** A value to compare with: for the id of a record that was merged that of the one it went into. */
const meant = <V extends string | boolean>(
  { path }: PathTest,
  { ctx, isBin }: WhereEnv,
  value: V,
): V | string =>
  isBin !== true && typeof value === 'string' && (path.kind === 'id' || path.kind === 'ids')
    ? standing(ctx.workspace.mergedIds, value)
    : value;

function plainSql(column: RawBuilder<unknown>, test: PathTest, env: WhereEnv): RawBuilder<SqlBool> {
  switch (test.is) {
    case 'compare':
      return compareSql(column, { ...test, value: meant(test, env, test.value) });
    case 'among':
      return amongSql(column, {
        ...test,
        values: [...new Set(test.values.map((value) => meant(test, env, value)))],
      });
    case 'match':
      return matchSql(column, test);
    case 'pair':
      return pairSql(column, test.operator, env.column(test.other));
    case 'empty':
      return emptySql(column, test.path);
  }
}
