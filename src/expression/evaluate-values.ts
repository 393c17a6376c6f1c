import { compareDecimals, type DecimalText } from '../lib/decimal-text.ts';
import { fold } from '../lib/fold.ts';
import { compareCodePoints } from './code-points.ts';
import { absolute, binary, ceil, floor, negated, rounded, wholeWithin } from './decimals.ts';
import { calculatedDay } from './evaluate-days.ts';
import { longestText, textOf } from './evaluate-texts.ts';
import type { Calculation, Test } from './lower.ts';
import { fits } from './pattern.ts';
import { foldPiece, settled } from './texts.ts';
import type { CompareOperator, Relation, ResolvedPath, Total, ValueKind } from './tree.ts';

/** What the evaluator reads of a record: the value a path names, null when missing. */
export interface Reader {
  read(path: ResolvedPath): unknown;
  /** The records of a relation; left out where none are at hand. */
  related?(relation: Relation): readonly Reader[];
}

/** A reader that also runs the tests inside calculations. */
export interface ValueReader {
  read(path: ResolvedPath): unknown;
  holds(test: Test): boolean;
  each(relation: Relation): readonly ValueReader[];
}

/** An amount with its currency; null where it is a plain number, which goes with any. */
interface Money {
  readonly amount: DecimalText | null;
  readonly currency: string | null;
}

type Plain = string | boolean | null;
type Held = Plain | Money;
type Call = Extract<Calculation, { readonly is: 'call' }>;

/** Compares two calculated values; with something missing, or money of two currencies, it is false. */
export function relates(test: Extract<Test, { is: 'relate' }>, reader: ValueReader): boolean {
  const values = [test.left, test.right].map((of) => compared(of, reader, test.exact));
  const [left = null, right = null] = values.map(amountOf);
  if (left === null || right === null || !agree(values)) return false;
  return typeof left === 'boolean' || typeof right === 'boolean'
    ? left === right
    : ordered(test.operator, ordering(test.left.kind, left, right));
}

/** Looks for a calculated text in another one. */
export function finds(test: Extract<Test, { is: 'find' }>, reader: ValueReader): boolean {
  const [text, part] = [compared(test.left, reader, test.exact), compared(test.right, reader, test.exact)];
  if (typeof text !== 'string' || typeof part !== 'string') return false;
  if (test.way === 'starts with') return text.startsWith(part);
  return test.way === 'ends with' ? text.endsWith(part) : text.includes(part);
}

/** Holds a calculated text against a pattern. */
export function fitsPattern(test: Extract<Test, { is: 'fits' }>, reader: ValueReader): boolean {
  const text = compared(test.of, reader, test.exact);
  return typeof text === 'string' && fits(test.pattern, text);
}

/** True when a calculation has no result. */
export const isNothing = (of: Calculation, reader: ValueReader): boolean =>
  amountOf(resultOfTerm(of, reader, false)) === null;

/** What an order of two values, negative, zero or positive, says to a comparison. */
export function ordered(operator: CompareOperator, order: number): boolean {
  switch (operator) {
    case '=':
      return order === 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function ordering(kind: ValueKind, left: string, right: string): number {
  if (kind === 'number' || kind === 'money') return compareDecimals(left, right);
  return kind === 'dateTime' ? Date.parse(left) - Date.parse(right) : compareCodePoints(left, right);
}

function compared(of: Calculation, reader: ValueReader, exact: boolean): Held {
  const value = resultOfTerm(of, reader, exact);
  return typeof value === 'string' && of.kind === 'text' && !exact ? settled(value) : value;
}

/** The result of a calculation; texts folded unless `exact`. */
function resultOfTerm(of: Calculation, reader: ValueReader, exact: boolean): Held {
  switch (of.is) {
    case 'literal':
      return typeof of.value === 'string' && of.kind === 'text' && !exact ? foldPiece(of.value) : of.value;
    case 'path': {
      const value = reader.read(of.path) ?? null;
      if (of.currency) return { amount: textual(value), currency: textual(reader.read(of.currency) ?? null) };
      if (value === null) return null;
      if (of.kind === 'boolean') return value === true;
      return of.kind === 'text' && !exact ? fold(String(value)) : String(value);
    }
    case 'if':
      return resultOfTerm(reader.holds(of.when) ? of.chosen : of.otherwise, reader, exact);
    case 'total':
      return totalOf(of, reader, exact);
    case 'call':
      return calledOf(of, reader, exact);
  }
}

function totalOf(of: Extract<Calculation, { is: 'total' }>, reader: ValueReader, exact: boolean): Held {
  const { where, of: value, name } = of;
  const records = reader.each(of.over).filter((each) => where === null || each.holds(where));
  if (value === null) return String(records.length);
  const all = records.map((each) => compared(value, each, exact));
  const given = all.filter((each) => amountOf(each) !== null);
  if (!agree(given)) return null;
  const texts = given.map(amountOf).map(String);
  const total = totals[name](texts, of.kind);
  return of.kind === 'money' ? { amount: total, currency: currenciesOf(given)[0] ?? null } : total;
}

const totals: Readonly<Record<Total, (values: string[], kind: ValueKind) => string | null>> = {
  count: (values) => String(values.length),
  sum: (values) => sum(values),
  avg: (values) => (values.length === 0 ? null : binary.over(sum(values), String(values.length))),
  min: (values, kind) => values.sort((a, b) => ordering(kind, a, b))[0] ?? null,
  max: (values, kind) => values.sort((a, b) => ordering(kind, b, a))[0] ?? null,
};

const sum = (values: readonly DecimalText[]): DecimalText =>
  values.reduce((whole, each) => binary.plus(whole, each) ?? whole, '0');

function calledOf(of: Call, reader: ValueReader, exact: boolean): Held {
  const given = of.of.map((each) => resultOfTerm(each, reader, exact || of.name === 'length'));
  if (of.name === 'coalesce') return given.find((value) => amountOf(value) !== null) ?? null;
  if (!agree(given)) return null;
  const amounts = given.map(amountOf);
  const result = resultOf(of, amounts, exact);
  return of.kind === 'money' ? { amount: result, currency: currenciesOf(given)[0] ?? null } : result;
}

function resultOf(of: Call, given: readonly Plain[], exact: boolean): string | null {
  const texts = given.filter((value) => value !== null).map(String);
  if (of.name === 'concat') return [...texts.join('')].slice(0, longestText).join('');
  if (of.name === 'least' || of.name === 'greatest') {
    const sign = of.name === 'least' ? 1 : -1;
    return texts.sort((a, b) => sign * ordering(of.kind, a, b))[0] ?? null;
  }
  const [first, second] = texts;
  if (texts.length < given.length || first === undefined) return null;
  return numberOf(of, first, second) ?? calculatedDay(of, first, second) ?? textOf(of, texts, exact);
}

function numberOf({ name }: Call, first: DecimalText, second = '0'): DecimalText | null {
  switch (name) {
    case 'plus':
    case 'minus':
    case 'times':
    case 'over':
    case 'modulo':
      return binary[name](first, second);
    case 'negate':
      return negated(first);
    case 'abs':
      return absolute(first);
    case 'round':
      return rounded(first, wholeWithin(second, 0, 12));
    case 'floor':
      return floor(first);
    case 'ceil':
      return ceil(first);
    default:
      return null;
  }
}

const textual = (value: unknown): string | null => (value === null ? null : String(value));

const isMoney = (value: Held): value is Money => typeof value === 'object' && value !== null;

const amountOf = (value: Held): Plain => (isMoney(value) ? value.amount : value);

const currenciesOf = (values: readonly Held[]): readonly string[] =>
  values.map((value) => (isMoney(value) ? value.currency : null)).filter((currency) => currency !== null);

/** True unless two of the values are money of different currencies. */
const agree = (values: readonly Held[]): boolean => new Set(currenciesOf(values)).size < 2;
