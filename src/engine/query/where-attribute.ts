import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { attributeOf, holds } from '../../expression/evaluate.ts';
import type { PathTest } from '../../expression/lower.ts';
import type { BaseValues } from '../ctx.ts';

/**
 * A test of a base value's attribute as a test of its code: the lists are small and in memory, so the test is
 * run over their values and only the codes reach the database.
 */
export function attributeSql(
  column: RawBuilder<unknown>,
  test: PathTest,
  baseValues: BaseValues,
): RawBuilder<SqlBool> {
  const { path } = test;
  const values = baseValues.all(path.attribute?.list ?? '');
  const codesWhere = (wanted: boolean): string[] =>
    values
      .filter((value) => holds(test, { read: () => attributeOf(value, path) }) === wanted)
      .map((value) => value.code);
  const trueWhenMissing = holds(test, { read: () => null });
  return trueWhenMissing
    ? sql<SqlBool>`(${column} = any(${codesWhere(false)}::text[])) is not true`
    : sql<SqlBool>`${column} = any(${codesWhere(true)}::text[])`;
}
