import { fold } from '../lib/fold.ts';
import { isPlural } from './kinds.ts';
import { boundsOf, type Clock, dayOf, momentOf } from './moments.ts';
import type { Pattern } from './pattern.ts';
import type {
  CompareOperator,
  Condition,
  Constant,
  Item,
  MatchWay,
  Operand,
  Relation,
  ResolvedPath,
  Term,
  Value,
} from './tree.ts';

/** Who asks and when: what `me`, `my teams`, `today` and `now` stand for. */
export interface AskEnv extends Clock {
  /** Id of the user; null = the system, of whom nothing is. */
  readonly me: string | null;
  /** Ids of the user's teams. */
  readonly myTeams: readonly string[];
}

/**
 * What both back ends run: every word replaced by its value. Each test that isn't a composite is true or, also
 * for missing values, false. Values: text folded, numbers as decimal text, dates YYYY-MM-DD, moments as ISO
 * text in UTC, codes and ids as they are.
 */
export type Test =
  | { readonly is: 'all' | 'any'; readonly of: readonly Test[] }
  | { readonly is: 'not'; readonly of: Test }
  | { readonly is: 'constant'; readonly value: boolean }
  | {
      readonly is: 'compare';
      readonly path: ResolvedPath;
      readonly operator: CompareOperator;
      readonly value: string | boolean;
    }
  /** One of the values, or for paths that hold several: any of them. Never without values. */
  | { readonly is: 'among'; readonly path: ResolvedPath; readonly values: readonly string[] }
  | { readonly is: 'match'; readonly path: ResolvedPath; readonly way: MatchWay; readonly text: string }
  | {
      readonly is: 'pair';
      readonly path: ResolvedPath;
      readonly operator: CompareOperator;
      readonly other: ResolvedPath;
    }
  | { readonly is: 'empty'; readonly path: ResolvedPath }
  | {
      readonly is: 'relate';
      readonly operator: CompareOperator;
      readonly left: Calculation;
      readonly right: Calculation;
      readonly exact: boolean;
    }
  | {
      readonly is: 'find';
      readonly way: MatchWay;
      readonly left: Calculation;
      readonly right: Calculation;
      readonly exact: boolean;
    }
  | { readonly is: 'missing'; readonly of: Calculation }
  | { readonly is: 'fits'; readonly of: Calculation; readonly pattern: Pattern; readonly exact: boolean }
  | { readonly is: 'some'; readonly over: Relation; readonly where: Test | null }
  | { readonly is: 'changed'; readonly paths: readonly ResolvedPath[] };

/** A calculation as both back ends run it: texts as typed, the rest as in tests; null is missing. */
export type Calculation = Term<Test, string | boolean | null>;

/** A test of a path, or of a path with another one. */
export type PathTest = Extract<Test, { readonly path: unknown }>;

const never: Test = { is: 'constant', value: false };

/** Puts the asker's values in place of words; what is compared with a missing value becomes false. */
export function lower(condition: Condition, env: AskEnv): Test {
  switch (condition.is) {
    case 'all':
    case 'any':
      return { is: condition.is, of: condition.of.map((part) => lower(part, env)) };
    case 'not':
      return { is: 'not', of: lower(condition.of, env) };
    case 'compare':
      return compared(condition.path, condition.operator, condition.right, env);
    case 'in':
      return within(condition.path, condition.items, env);
    case 'match':
      return { ...condition, text: fold(condition.text) };
    case 'relate':
    case 'find':
      return {
        ...condition,
        left: calculation(condition.left, env),
        right: calculation(condition.right, env),
      };
    case 'some':
      return { ...condition, where: condition.where && lower(condition.where, env) };
    case 'missing':
    case 'fits':
      return { ...condition, of: calculation(condition.of, env) };
    default:
      return condition;
  }
}

function calculation(value: Value, env: AskEnv): Calculation {
  switch (value.is) {
    case 'literal':
      return { ...value, value: writtenValue(value.value, env) };
    case 'path':
      return value;
    case 'call':
      return { ...value, of: value.of.map((each) => calculation(each, env)), zone: env.timeZone };
    case 'total':
      return {
        ...value,
        of: value.of && calculation(value.of, env),
        where: value.where && lower(value.where, env),
      };
    case 'if':
      return {
        ...value,
        when: lower(value.when, env),
        chosen: calculation(value.chosen, env),
        otherwise: calculation(value.otherwise, env),
      };
  }
}

function writtenValue(constant: Constant, env: AskEnv): string | boolean | null {
  if (constant.is === 'nothing' || constant.is === 'my-teams') return null;
  return constant.is === 'text' ? constant.value : constantValue(constant, env);
}

function compared(path: ResolvedPath, operator: CompareOperator, right: Operand, env: AskEnv): Test {
  if (right.is === 'nothing') return never;
  if (right.is === 'path') return { is: 'pair', path, operator, other: right.path };
  if (right.is === 'my-teams') return among(path, env.myTeams);
  if (path.kind === 'dateTime' && right.is === 'date')
    return comparedDay(path, operator, dayOf(right, env), env);
  const value = constantValue(right, env);
  if (value === null) return never;
  if (isPlural(path.kind)) return among(path, [String(value)]);
  return { is: 'compare', path, operator, value };
}

/** A moment against a whole day of the asker's zone: equal within it, less before it, greater after it. */
function comparedDay(path: ResolvedPath, operator: CompareOperator, day: string, env: AskEnv): Test {
  const { start, end } = boundsOf(day, env);
  const compare = (sign: CompareOperator, value: string): Test => ({
    is: 'compare',
    path,
    operator: sign,
    value,
  });
  if (operator === '=') return { is: 'all', of: [compare('>=', start), compare('<', end)] };
  if (operator === '<' || operator === '>=') return compare(operator, start);
  return operator === '<=' ? compare('<', end) : compare('>=', end);
}

function within(path: ResolvedPath, items: readonly Item[], env: AskEnv): Test {
  const values = new Set<string>();
  const tests: Test[] = [];
  for (const item of items) {
    if (item.is === 'range') tests.push(between(path, item, env));
    else if (item.is === 'nothing') tests.push({ is: 'empty', path });
    else if (item.is === 'my-teams') for (const team of env.myTeams) values.add(team);
    else if (item.is === 'path' || (path.kind === 'dateTime' && item.is === 'date'))
      tests.push(compared(path, '=', item, env));
    else if (item.is === 'boolean') tests.push(compared(path, '=', item, env));
    else {
      const value = constantValue(item, env);
      if (value !== null) values.add(String(value));
    }
  }
  if (values.size > 0) tests.unshift(among(path, [...values]));
  const [only] = tests;
  return tests.length === 1 && only ? only : { is: 'any', of: tests };
}

function between(path: ResolvedPath, range: Extract<Item, { is: 'range' }>, env: AskEnv): Test {
  const of = [
    ...(range.from ? [compared(path, '>=', range.from, env)] : []),
    ...(range.to ? [compared(path, '<=', range.to, env)] : []),
  ];
  return { is: 'all', of };
}

function among(path: ResolvedPath, values: readonly string[]): Test {
  const [only] = values;
  if (only === undefined) return never;
  if (values.length === 1 && !isPlural(path.kind)) return { is: 'compare', path, operator: '=', value: only };
  return { is: 'among', path, values };
}

function constantValue(
  constant: Exclude<Constant, { is: 'nothing' | 'my-teams' }>,
  env: AskEnv,
): string | boolean | null {
  switch (constant.is) {
    case 'text':
      return fold(constant.value);
    case 'date':
      return dayOf(constant, env);
    case 'dateTime':
      return momentOf(constant, env);
    case 'me':
      return env.me;
    default:
      return constant.value;
  }
}
