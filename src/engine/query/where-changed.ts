import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { isPlural } from '../../expression/kinds.ts';
import type { ResolvedPath } from '../../expression/tree.ts';
import { attributeValueSql, type CalculationEnv } from './where-calculated.ts';

type Env = Pick<CalculationEnv, 'baseValues' | 'column'>;

/** That a path holds something else than before the change at hand; texts as typed, several in any order. */
export function changedSql(path: ResolvedPath, env: Env): RawBuilder<SqlBool> {
  const [now, before] = [path, { ...path, before: true } as const].map((each) => valueSql(each, env));
  if (!isPlural(path.kind)) return sql<SqlBool>`${now} is distinct from ${before}`;
  const [all, former] = [now, before].map((each) => sql`coalesce(${each}, '{}')`);
  return sql<SqlBool>`not (${all} @> ${former} and ${all} <@ ${former})`;
}

function valueSql(path: ResolvedPath, env: Env): RawBuilder<unknown> {
  if (path.attribute) return attributeValueSql(path, 'text', env);
  const { exact, column } = path.comparable;
  return env.column({ ...path, comparable: { ...path.comparable, column: exact ?? column } });
}
