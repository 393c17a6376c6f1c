import type { Operation, ValueKind } from './tree.ts';

/** What a parameter of a function takes. */
export type Parameter = 'text' | 'number' | 'numeric' | 'day' | 'any';

/** A function of values as the checker, the completion and the documentation know it. */
export interface ValueFunction {
  readonly usage: string;
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
  /** How many of the parameters may be left out at the end. */
  readonly optional: number;
  /** Whether the last parameter may be repeated. */
  readonly repeats: boolean;
  /** What comes out; null = what goes in. */
  readonly kind: ValueKind | null;
}

const of = (
  usage: string,
  operation: Operation,
  kind: ValueKind | null,
  parameters: readonly Parameter[],
  { optional = 0, repeats = false } = {},
): ValueFunction => ({ usage, operation, parameters, optional, repeats, kind });

/** Functions whose arguments are values, by their names in small letters. */
export const valueFunctions: Readonly<Record<string, ValueFunction>> = {
  abs: of('abs(amount)', 'abs', null, ['numeric']),
  round: of('round(amount, 2)', 'round', null, ['numeric', 'number'], { optional: 1 }),
  floor: of('floor(amount)', 'floor', null, ['numeric']),
  ceil: of('ceil(amount)', 'ceil', null, ['numeric']),
  mod: of('mod(number, 12)', 'modulo', 'number', ['number', 'number']),
  min: of('min(first, second)', 'least', null, ['any', 'any'], { repeats: true }),
  max: of('max(first, second)', 'greatest', null, ['any', 'any'], { repeats: true }),
  coalesce: of('coalesce(first, second)', 'coalesce', null, ['any', 'any'], { repeats: true }),
  date: of('date(createdAt)', 'date', 'date', ['day']),
  year: of('year(closeDate)', 'year', 'number', ['day']),
  month: of('month(closeDate)', 'month', 'number', ['day']),
  day: of('day(closeDate)', 'day', 'number', ['day']),
  weekday: of('weekday(closeDate)', 'weekday', 'number', ['day']),
  week: of('week(closeDate)', 'week', 'number', ['day']),
  length: of('length(name)', 'length', 'number', ['text']),
  lower: of('lower(name)', 'lower', 'text', ['text']),
  upper: of('upper(name)', 'upper', 'text', ['text']),
  trim: of('trim(name)', 'trim', 'text', ['text']),
  left: of('left(name, 3)', 'left', 'text', ['text', 'number']),
  right: of('right(name, 3)', 'right', 'text', ['text', 'number']),
  substring: of('substring(name, 2, 5)', 'substring', 'text', ['text', 'number', 'number'], { optional: 1 }),
  concat: of('concat(first, " ", second)', 'concat', 'text', ['text'], { repeats: true }),
};

/** How the functions with rules of their own are written. */
export const specialFunctions: Readonly<Record<string, string>> = {
  if: 'if(amount > 1000, first, second)',
  exact: 'exact(name) = "Émile"',
  any: 'any(opportunities, amount > 1000)',
  none: 'none(opportunities, amount > 1000)',
  all: 'all(opportunities, amount > 1000)',
  count: 'count(opportunities, amount > 1000)',
  sum: 'sum(opportunities, amount, stage.class = open)',
  avg: 'avg(opportunities, amount)',
  min: 'min(opportunities, amount)',
  max: 'max(opportunities, amount)',
  matches: 'matches(name, "^p.*s$")',
  changed: 'changed(stage)',
  old: 'old(stage)',
};

/** The names of all functions. */
export const functionNames: readonly string[] = [
  ...new Set([...Object.keys(valueFunctions), ...Object.keys(specialFunctions)]),
];
