import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { isPlural } from '../../expression/kinds.ts';
import type { Test } from '../../expression/lower.ts';
import type { CompareOperator, ResolvedPath } from '../../expression/tree.ts';
import { fieldType } from '../../fields/index.ts';

/** The signs of comparison. */
export const compareOperators: Readonly<Record<CompareOperator, RawBuilder<unknown>>> = {
  '=': sql`=`,
  '<': sql`<`,
  '<=': sql`<=`,
  '>': sql`>`,
  '>=': sql`>=`,
};

/** A column against one value. */
export function compareSql(
  column: RawBuilder<unknown>,
  test: Extract<Test, { is: 'compare' }>,
): RawBuilder<SqlBool> {
  const cast = castOf(test.path, [test.value]);
  return sql<SqlBool>`${column} ${compareOperators[test.operator]} ${test.value}::${cast}`;
}

/** A column against a list: one of the values, or for columns of several a value in common. */
export function amongSql(
  column: RawBuilder<unknown>,
  test: Extract<Test, { is: 'among' }>,
): RawBuilder<SqlBool> {
  const list = sql`${[...test.values]}::${castOf(test.path, test.values)}[]`;
  return isPlural(test.path.kind)
    ? sql<SqlBool>`${column} && ${list}`
    : sql<SqlBool>`${column} = any(${list})`;
}

/** Two columns of one kind against each other. */
export const pairSql = (
  column: RawBuilder<unknown>,
  operator: CompareOperator,
  other: RawBuilder<unknown>,
): RawBuilder<SqlBool> => sql<SqlBool>`${column} ${compareOperators[operator]} ${other}`;

/** A folded column against a folded text. */
export function matchSql(
  column: RawBuilder<unknown>,
  test: Extract<Test, { is: 'match' }>,
): RawBuilder<SqlBool> {
  const literal = test.text.replace(/[\\%_]/g, '\\$&');
  const before = test.way === 'starts with' ? '' : '%';
  const after = test.way === 'ends with' ? '' : '%';
  return sql<SqlBool>`${column} like ${before + literal + after}`;
}

/** A column that holds nothing. */
export const emptySql = (column: RawBuilder<unknown>, path: ResolvedPath): RawBuilder<SqlBool> =>
  isPlural(path.kind)
    ? sql<SqlBool>`coalesce(cardinality(${column}), 0) = 0`
    : sql<SqlBool>`${column} is null`;

/** A column that holds something. */
export const presentSql = (column: RawBuilder<unknown>, path: ResolvedPath): RawBuilder<SqlBool> =>
  isPlural(path.kind) ? sql<SqlBool>`cardinality(${column}) > 0` : sql<SqlBool>`${column} is not null`;

const casts: Readonly<Record<ResolvedPath['kind'], RawBuilder<unknown>>> = {
  text: sql`text`,
  number: sql`numeric`,
  date: sql`date`,
  dateTime: sql`timestamptz`,
  boolean: sql`boolean`,
  code: sql`text`,
  codes: sql`text`,
  id: sql`uuid`,
  ids: sql`uuid`,
};

/** The type parameters are sent as; whole numbers as bigint where the column is one, so that its index serves. */
function castOf(path: ResolvedPath, values: readonly (string | boolean)[]): RawBuilder<unknown> {
  if (path.kind !== 'number') return casts[path.kind];
  const column = fieldType(path.field.type)
    .columns(path.field)
    .find(({ name }) => name === path.comparable.column);
  const isWhole =
    /^(?:integer|bigint|smallint)\b/.test(column?.sql ?? '') &&
    values.every((value) => /^-?\d{1,18}$/.test(String(value)));
  return isWhole ? sql`bigint` : casts.number;
}
