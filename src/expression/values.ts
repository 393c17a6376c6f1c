import { partOf } from './scope.ts';
import type { Constant, Operation, ResolvedPath, Value, ValueKind } from './tree.ts';

/** True of kinds that are calculated with. */
export const isNumeric = (kind: ValueKind): boolean => kind === 'number' || kind === 'money';

/** True of kinds that are or lie on a day. */
export const isDay = (kind: string): boolean => kind === 'date' || kind === 'dateTime';

/** An operation on values. */
export const call = (kind: ValueKind, name: Operation, ...of: readonly Value[]): Value => ({
  is: 'call',
  kind,
  name,
  of,
});

/** A value that is written out. */
export const literal = (kind: ValueKind, value: Constant): Value => ({ is: 'literal', kind, value });

/** A path as a value, money with its currency where the field has one; null when it can't be calculated with. */
export function pathValue(path: ResolvedPath): Value | null {
  const kind = plainKinds.find((each) => each === path.kind);
  if (!kind) return null;
  const whole = kind === 'number' && path.part === '' && !path.attribute;
  const currency = whole ? partOf(path, 'currency') : null;
  return { is: 'path', kind: currency ? 'money' : kind, path, currency };
}

const plainKinds: readonly ValueKind[] = ['text', 'number', 'date', 'dateTime', 'boolean'];

/** The kind that values of several kinds have in common; null when they have none. */
export function commonKind(kinds: readonly ValueKind[]): ValueKind | null {
  const [first, ...others] = new Set(kinds.filter((kind) => kind !== 'nothing'));
  if (first === undefined) return 'nothing';
  if (others.length === 0) return first;
  return [first, ...others].every(isNumeric) ? 'money' : null;
}

/** What is missing, missing as a value of some kind. */
export const typed = (value: Value, kind: ValueKind): Value =>
  value.kind === 'nothing' ? literal(kind, { is: 'nothing' }) : value;

/** A moment beside a date is the day it lies on. */
export function sameDay(left: Value, right: Value): readonly [Value, Value] {
  if (left.kind === right.kind || !isDay(left.kind) || !isDay(right.kind)) return [left, right];
  const day = (value: Value): Value => (value.kind === 'dateTime' ? call('date', 'date', value) : value);
  return [day(left), day(right)];
}
