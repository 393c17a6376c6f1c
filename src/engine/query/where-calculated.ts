import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { quotientScale, workingScale } from '../../expression/decimals.ts';
import { longestText } from '../../expression/evaluate-texts.ts';
import type { Calculation, Test } from '../../expression/lower.ts';
import { patternSql } from '../../expression/pattern.ts';
import { foldPiece, letterCases, settled, whiteSpace } from '../../expression/texts.ts';
import type { Relation, ResolvedPath, ValueKind } from '../../expression/tree.ts';
import type { BaseValues } from '../ctx.ts';
import { compareOperators } from './where-compare.ts';
import { calculatedDaySql, once } from './where-days.ts';
import { totalSql } from './where-relation.ts';

/** What the SQL of calculations is built from. */
export interface CalculationEnv {
  readonly baseValues: BaseValues;
  /** The column that holds a path's value; of an attribute path, the base value's code. */
  column(path: ResolvedPath): RawBuilder<unknown>;
  /** A test as a condition that is true or isn't. */
  holds(test: Test): RawBuilder<SqlBool>;
  /** The records of a relation: what calculations with them are built from, and which of them count. */
  inside(relation: Relation): { readonly env: CalculationEnv; rows(where: Test | null): Sql };
}

type Sql = RawBuilder<unknown>;

/** Two calculated values compared; with something missing, or money of two currencies, it isn't true. */
export function relateSql(test: Extract<Test, { is: 'relate' }>, env: CalculationEnv): RawBuilder<SqlBool> {
  const comparison = (left: Sql, right: Sql) =>
    sql<SqlBool>`${left} ${compareOperators[test.operator]} ${right}`;
  if (test.left.kind !== 'money' && test.right.kind !== 'money')
    return comparison(comparedSql(test.left, env, test.exact), comparedSql(test.right, env, test.exact));
  return opened([test.left, test.right], env, ([left, right], agreed) => {
    const compared = comparison(left?.amount ?? missing, right?.amount ?? missing);
    return agreed ? sql<SqlBool>`(${compared} and ${agreed})` : compared;
  });
}

/** A calculated text looked for in another one. */
export function findSql(test: Extract<Test, { is: 'find' }>, env: CalculationEnv): RawBuilder<SqlBool> {
  const text = comparedSql(test.left, env, test.exact);
  const part = comparedSql(test.right, env, test.exact);
  if (test.way === 'contains') return sql<SqlBool>`strpos(${text}, ${part}) > 0`;
  if (test.way === 'starts with') return sql<SqlBool>`starts_with(${text}, ${part})`;
  return sql<SqlBool>`starts_with(reverse(${text}), reverse(${part}))`;
}

/** A calculated text against a pattern. */
export const fitsSql = (test: Extract<Test, { is: 'fits' }>, env: CalculationEnv): RawBuilder<SqlBool> =>
  sql<SqlBool>`${comparedSql(test.of, env, test.exact)} ~ ${patternSql(test.pattern)}`;

/** A calculation without a result. */
export const missingSql = (of: Calculation, env: CalculationEnv): RawBuilder<SqlBool> =>
  of.kind === 'money'
    ? opened([of], env, ([only]) => sql<SqlBool>`${only?.amount ?? missing} is null`)
    : sql<SqlBool>`${calculationSql(of, env, false)} is null`;

function comparedSql(of: Calculation, env: CalculationEnv, exact: boolean): Sql {
  const value = calculationSql(of, env, exact);
  if (of.kind !== 'text') return value;
  if (of.is === 'literal' && typeof of.value === 'string' && !exact)
    return sql`${settled(foldPiece(of.value))}::text collate "C"`;
  const plain = exact || of.is === 'path';
  // A folded text holds no white space but single spaces; only calculating brings them side by side or to an end.
  const text = plain ? value : sql`btrim(regexp_replace(${value}, ' +', ' ', 'g'), ' ')`;
  return sql`(${text}) collate "C"`;
}

/** The result of a calculation, money as a list of amount and currency; texts folded unless `exact`. */
function calculationSql(of: Calculation, env: CalculationEnv, exact: boolean): Sql {
  if (of.kind === 'money') return moneySql(of, env);
  switch (of.is) {
    case 'literal': {
      const value =
        typeof of.value === 'string' && of.kind === 'text' && !exact ? foldPiece(of.value) : of.value;
      return sql`${value}::${types[of.kind]}`;
    }
    case 'path':
      return pathSql(of.path, of.kind, env, exact);
    case 'if':
      return sql`case when ${env.holds(of.when)} then ${calculationSql(of.chosen, env, exact)} else ${calculationSql(of.otherwise, env, exact)} end`;
    case 'total': {
      const { env: within, rows } = env.inside(of.over);
      const value = of.of === null ? sql`*` : comparedSql(of.of, within, exact);
      return sql`(select ${totalSql(of.name, value)} ${rows(of.where)})`;
    }
    case 'call':
      return callSql(of, env, exact);
  }
}

const types: Readonly<Record<ValueKind, Sql>> = {
  text: sql`text`,
  number: sql`numeric`,
  money: sql`numeric`,
  date: sql`date`,
  dateTime: sql`timestamptz`,
  boolean: sql`boolean`,
  nothing: sql`text`,
};

function pathSql(path: ResolvedPath, kind: ValueKind, env: CalculationEnv, exact: boolean): Sql {
  if (path.attribute) return attributeValueSql(path, kind, env);
  const asTyped = exact && path.comparable.exact !== undefined;
  const column = asTyped
    ? env.column({ ...path, comparable: { ...path.comparable, column: path.comparable.exact ?? '' } })
    : env.column(path);
  return kind === 'number' || kind === 'money' ? sql`${column}::numeric` : column;
}

/** What a base value tells, looked up by its code among the values that are in memory. */
export function attributeValueSql(
  path: ResolvedPath,
  kind: ValueKind,
  env: Pick<CalculationEnv, 'baseValues' | 'column'>,
): Sql {
  const { list, name } = path.attribute ?? { list: '', name: 'position' };
  const values = env.baseValues.all(list);
  const told = values.map((value) => (value[name] === null ? null : String(value[name])));
  return sql`(select v.told::${types[kind]} from unnest(${values.map(({ code }) => code)}::text[], ${told}::text[]) as v (code, told) where v.code = ${env.column(path)})`;
}

function callSql(of: Extract<Calculation, { is: 'call' }>, env: CalculationEnv, exact: boolean): Sql {
  if (of.of.some(({ kind }) => kind === 'money'))
    return opened(of.of, env, (given, agreed) =>
      guarded(
        operationSql(
          of,
          given.map(({ amount }) => amount),
          exact,
        ),
        agreed,
      ),
    );
  const given = of.of.map((each) => calculationSql(each, env, exact || of.name === 'length'));
  return operationSql(of, given, exact);
}

/** Money as a list of two texts, so that a calculation is written once though amount and currency are read. */
function moneySql(of: Calculation, env: CalculationEnv): Sql {
  const pair = ({ amount, currency }: Parts): Sql =>
    sql`array[(${amount})::text, ${currency ?? missing}::text]`;
  if (of.is === 'if') {
    const branch = (each: Calculation): Sql =>
      each.kind === 'money'
        ? moneySql(each, env)
        : pair({ amount: calculationSql(each, env, false), currency: null });
    return sql`case when ${env.holds(of.when)} then ${branch(of.chosen)} else ${branch(of.otherwise)} end`;
  }
  if (of.is === 'total') return moneyTotalSql(of, env);
  if (of.is !== 'call') return opened([of], env, ([only]) => (only ? pair(only) : missing));
  return opened(of.of, env, (given, agreed) => {
    if (of.name === 'coalesce') {
      const cases = given.map((each) => sql`when ${each.amount} is not null then ${pair(each)}`);
      return sql`case ${sql.join(cases, sql` `)} end`;
    }
    const currencies = given.map(({ currency }) => currency).filter((currency) => currency !== null);
    const currency = currencies.length === 0 ? null : sql`coalesce(${sql.join(currencies)})`;
    const amount = operationSql(
      of,
      given.map((each) => each.amount),
      false,
    );
    return guarded(pair({ amount, currency }), agreed);
  });
}

/** The total of amounts; of several currencies there is none. */
function moneyTotalSql(of: Extract<Calculation, { is: 'total' }>, env: CalculationEnv): Sql {
  const { env: within, rows } = env.inside(of.over);
  const [amount, currency] = [sql`t.amount`, sql`t.currency`];
  const each =
    of.of === null
      ? missing
      : opened(
          [of.of],
          within,
          ([only]) => sql`array[(${only?.amount ?? missing})::text, ${only?.currency ?? missing}::text]`,
        );
  const total = sql`array[(${totalSql(of.name, amount)})::text, min(${currency})]`;
  return sql`(select case when count(distinct ${currency}) < 2 then ${total} end
    from (select (p.v)[1]::numeric as amount, (p.v)[2] as currency from (select ${each} as v ${rows(of.where)}) as p) as t
    where ${amount} is not null)`;
}

/** An amount and its currency, null of what is a plain number. */
interface Parts {
  readonly amount: Sql;
  readonly currency: Sql | null;
}

/** Takes values apart into amounts and currencies, each calculated once, and tells whether the currencies agree. */
function opened<T>(
  values: readonly Calculation[],
  env: CalculationEnv,
  body: (parts: readonly Parts[], agreed: RawBuilder<SqlBool> | null) => RawBuilder<T>,
): RawBuilder<T> {
  const sources: Sql[] = [];
  const parts = values.map((of): Parts => {
    const plain = of.is === 'path' && of.kind === 'money';
    if (plain)
      return {
        amount: sql`${env.column(of.path)}::numeric`,
        currency: of.currency && env.column(of.currency),
      };
    if (of.kind !== 'money') return aside(calculationSql(of, env, false), sources);
    if (of.is === 'literal') return { amount: sql`${of.value}::numeric`, currency: null };
    const { amount } = aside(moneySql(of, env), sources);
    return { amount: sql`(${amount})[1]::numeric`, currency: sql`(${amount})[2]` };
  });
  const written = body(parts, agreeSql(parts));
  return sources.length === 0 ? written : sql<T>`(select ${written} from ${sql.join(sources)})`;
}

/** Puts a calculation where it is done once, however often it is named. */
function aside(value: Sql, sources: Sql[]): Parts {
  const alias = `m${sources.length}`;
  sources.push(sql`(select ${value} as v offset 0) as ${sql.id(alias)}`);
  return { amount: sql.ref(`${alias}.v`), currency: null };
}

const missing = sql`null`;

const guarded = (result: Sql, agreed: RawBuilder<SqlBool> | null): Sql =>
  agreed ? sql`case when ${agreed} then ${result} end` : result;

function operationSql(of: Extract<Calculation, { is: 'call' }>, given: readonly Sql[], exact: boolean): Sql {
  const [a = sql`null`, b = sql`null`, c] = given;
  switch (of.name) {
    case 'plus':
      return sql`(${a} + ${b})`;
    case 'minus':
      return sql`(${a} - ${b})`;
    case 'times':
      return sql`(${a} * ${b})`;
    case 'over':
      return sql`round((${a} + ${zero}::numeric) / nullif(${b}, 0), ${quotientScale})`;
    case 'modulo':
      return sql`mod(${a}, nullif(${b}, 0))`;
    case 'negate':
      return sql`(- ${a})`;
    case 'abs':
      return sql`abs(${a})`;
    case 'round':
      return given.length > 1 ? sql`round(${a}, ${b}::int)` : sql`round(${a})`;
    case 'floor':
      return sql`floor(${a})`;
    case 'ceil':
      return sql`ceil(${a})`;
    case 'least':
      return sql`least(${sql.join(given.map((each) => ordered(each, of.kind)))})`;
    case 'greatest':
      return sql`greatest(${sql.join(given.map((each) => ordered(each, of.kind)))})`;
    case 'coalesce':
      return sql`coalesce(${sql.join(given)})`;
    case 'length':
      return sql`length(${a})::numeric`;
    case 'lower':
      return exact ? sql`translate(${a}, ${letterCases.upper}, ${letterCases.lower})` : a;
    case 'upper':
      return exact ? sql`translate(${a}, ${letterCases.lower}, ${letterCases.upper})` : a;
    case 'trim':
      return sql`btrim(${a}, ${whiteSpace})`;
    case 'left':
      return sql`left(${a}, ${countSql(b, 0)})`;
    case 'right':
      return sql`right(${a}, ${countSql(b, 0)})`;
    case 'substring':
      return c === undefined
        ? sql`substr(${a}, ${countSql(b, 1)})`
        : sql`substr(${a}, ${countSql(b, 1)}, ${countSql(c, 0)})`;
    case 'concat':
      return sql`left(concat(${sql.join(given)}), ${longestText})`;
    default:
      return calculatedDaySql(of, a, b);
  }
}

/** Makes the division work out enough decimals before they are rounded. */
const zero = `0.${'0'.repeat(workingScale)}`;

/** Texts are ordered by code point. */
const ordered = (value: Sql, kind: ValueKind): Sql => (kind === 'text' ? sql`(${value}) collate "C"` : value);

/** A number of characters, whatever the number is; missing stays missing. */
const countSql = (number: Sql, least: number): Sql =>
  once(number, (n) => sql`least(greatest(trunc(${n}), ${least}), ${longestText})::int`);

/** True unless two of the values are money of different currencies; null where they can't be. */
function agreeSql(parts: readonly Parts[]): RawBuilder<SqlBool> | null {
  const currencies = parts.map(({ currency }) => currency).filter((currency) => currency !== null);
  if (currencies.length < 2) return null;
  if (currencies.length === 2) return sql<SqlBool>`(${currencies[0]} <> ${currencies[1]}) is not true`;
  return sql<SqlBool>`(select count(distinct u.c) < 2 from unnest(array[${sql.join(currencies)}]) as u (c))`;
}
