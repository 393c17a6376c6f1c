import { compareDecimals } from '../lib/decimal-text.ts';
import { fold } from '../lib/fold.ts';
import type { BaseValue } from '../model/base-list.ts';
import { compareCodePoints } from './code-points.ts';
import {
  finds,
  fitsPattern,
  isNothing,
  ordered,
  type Reader,
  relates,
  type ValueReader,
} from './evaluate-values.ts';
import { isPlural } from './kinds.ts';
import { type AskEnv, lower, type Test } from './lower.ts';
import type { CompareOperator, Compiled, Relation, ResolvedPath } from './tree.ts';

/** A record as the evaluator reads it. */
export interface RecordValues {
  /** What `path.comparable.pick` answers for the record that `path.steps` lead to; null when there is none. */
  value(path: ResolvedPath): unknown;
  /** A value of a base-value list, for attributes such as `stage.class`. */
  baseValue(list: string, code: string): BaseValue | null;
  /**
   * The records of a relation that are live and that the asker may read; without it an expression that asks about
   * one can't be run. `relation.key.steps` lead to the record they belong to.
   */
  related?(relation: Relation): readonly RecordValues[];
  /** The record before the change at hand; null when it is new. */
  readonly before?: RecordValues | null;
}

/** Whether a record fulfils an expression, exactly as the database would answer. */
export const evaluate = (compiled: Compiled, record: RecordValues, env: AskEnv): boolean =>
  evaluator(compiled, env)(record);

/** `evaluate` for many records, told once who asks and when. */
export function evaluator(compiled: Compiled, env: AskEnv): (record: RecordValues) => boolean {
  const test = lower(compiled.condition, env);
  return (record) => holds(test, readerOf(record));
}

const readerOf = (record: RecordValues): Reader => ({
  read: (path) => {
    if (!path.before) return attributed(path, record);
    if (record.before === undefined) throw new Error('there is no change at hand');
    return record.before && attributed(path, record.before);
  },
  related: (relation) => {
    if (!record.related) throw new Error(`the records of ${relation.text} aren't at hand`);
    return record.related(relation).map(readerOf);
  },
});

/** Runs a test over what a reader answers for each path. */
export function holds(test: Test, reader: Reader): boolean {
  const { read } = reader;
  switch (test.is) {
    case 'all':
      return test.of.every((part) => holds(part, reader));
    case 'any':
      return test.of.some((part) => holds(part, reader));
    case 'not':
      return !holds(test.of, reader);
    case 'constant':
      return test.value;
    case 'compare':
      return related(test.path, test.operator, read(test.path), test.value);
    case 'pair':
      return related(test.path, test.operator, read(test.path), read(test.other));
    case 'among': {
      const held = isPlural(test.path.kind) ? listOf(read(test.path)) : [read(test.path)];
      return held.some((value) => test.values.some((wanted) => related(test.path, '=', value, wanted)));
    }
    case 'match':
      return matches(test, read(test.path));
    case 'empty':
      return isMissing(read(test.path));
    case 'relate':
      return relates(test, valueReader(reader));
    case 'find':
      return finds(test, valueReader(reader));
    case 'some':
      return relatedTo(reader, test.over).some((each) => test.where === null || holds(test.where, each));
    case 'changed':
      return test.paths.some((path) => written(read(path)) !== written(read({ ...path, before: true })));
    case 'fits':
      return fitsPattern(test, valueReader(reader));
    case 'missing':
      return isNothing(test.of, valueReader(reader));
  }
}

const valueReader = (reader: Reader): ValueReader => ({
  read: reader.read,
  holds: (test) => holds(test, reader),
  each: (relation) => relatedTo(reader, relation).map(valueReader),
});

function relatedTo(reader: Reader, relation: Relation): readonly Reader[] {
  if (!reader.related) throw new Error(`${relation.text} can't be asked about here`);
  return reader.related(relation);
}

/** A value as a text, so that equal ones are equal texts; the order of several doesn't matter, and none is nothing. */
const written = (value: unknown): string =>
  JSON.stringify(isMissing(value) ? null : Array.isArray(value) ? listOf(value).map(String).sort() : value);

/** An attribute of a base value, as the evaluator reads it. */
export function attributeOf(value: BaseValue | null, path: ResolvedPath): unknown {
  return value && path.attribute ? value[path.attribute.name] : null;
}

function attributed(path: ResolvedPath, record: RecordValues): unknown {
  const value = record.value(path);
  if (!path.attribute) return value;
  return typeof value === 'string' ? attributeOf(record.baseValue(path.attribute.list, value), path) : null;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const isMissing = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);

function related(path: ResolvedPath, operator: CompareOperator, left: unknown, right: unknown): boolean {
  if (isMissing(left) || isMissing(right)) return false;
  if (path.kind === 'boolean') return left === right;
  return ordered(operator, ordering(path, String(left), String(right)));
}

function ordering(path: ResolvedPath, left: string, right: string): number {
  if (path.kind === 'text') return compareCodePoints(fold(left), fold(right));
  if (path.kind === 'number') return compareDecimals(left, right);
  if (path.kind === 'dateTime') return Date.parse(left) - Date.parse(right);
  return compareCodePoints(left, right);
}

function matches(test: Extract<Test, { is: 'match' }>, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const text = fold(value);
  if (test.way === 'starts with') return text.startsWith(test.text);
  return test.way === 'ends with' ? text.endsWith(test.text) : text.includes(test.text);
}
