import type { SyntaxNode } from '@lezer/common';
import { Decimal } from 'decimal.js';
import { type Checking, mistaken, sourceOf } from './checking.ts';
import { quotientScale } from './decimals.ts';
import { meaningMessages } from './messages.ts';
import { furthestShift, isMoment, isNear } from './moments.ts';
import { childrenOf, limits } from './syntax.ts';
import type { Constant, Shift, Unit } from './tree.ts';

/** A number or moment, calculated as far as that is possible before the clock is known. */
export type Calculated = Extract<Constant, { is: 'number' | 'date' | 'dateTime' | 'nothing' }>;

const units: Readonly<Record<string, Unit>> = {
  minute: 'minutes',
  minutes: 'minutes',
  hour: 'hours',
  hours: 'hours',
  day: 'days',
  days: 'days',
  week: 'weeks',
  weeks: 'weeks',
  month: 'months',
  months: 'months',
  year: 'years',
  years: 'years',
};

/** Wide enough that sums and products of permitted numbers are exact. */
const Exact = Decimal.clone({
  precision: 4 * limits.digits,
  toExpNeg: -1000,
  toExpPos: 1000,
  rounding: Decimal.ROUND_HALF_UP,
});

/** The value of a number, date, moment or a calculation with them; null with a mistake otherwise. */
export function calculate(checking: Checking, node: SyntaxNode): Calculated | null {
  const inner = ungrouped(node);
  const source = sourceOf(checking, inner);
  switch (inner.name) {
    case 'Number':
      return numberOf(checking, inner, source);
    case 'Negative': {
      const operand = inner.lastChild ? calculate(checking, inner.lastChild) : null;
      if (!operand || operand.is === 'nothing') return operand;
      if (operand.is !== 'number') return mistaken(checking, inner, meaningMessages.badCalculation);
      return { is: 'number', value: new Exact(operand.value).negated().toString() };
    }
    case 'Date':
      return isMoment(source)
        ? { is: 'date', from: source, shifts: [] }
        : mistaken(checking, inner, meaningMessages.badDate);
    case 'DateTime':
      return isMoment(source)
        ? { is: 'dateTime', from: source, shifts: [] }
        : mistaken(checking, inner, meaningMessages.badDate);
    case 'Path':
      return clockWord(source) ?? mistaken(checking, inner, meaningMessages.badCalculation);
    case 'Arithmetic':
      return arithmetic(checking, inner);
    default:
      return mistaken(checking, inner, meaningMessages.badCalculation);
  }
}

/** `today`, `now`, in any case of letters. */
export function clockWord(source: string): Extract<Constant, { is: 'date' | 'dateTime' }> | null {
  const word = source.toLowerCase();
  if (word === 'today') return { is: 'date', from: 'today', shifts: [] };
  return word === 'now' ? { is: 'dateTime', from: 'now', shifts: [] } : null;
}

/** What stands in parentheses alone stands for itself. */
export function ungrouped(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (inner.name === 'Parens') {
    const items = childrenOf(inner);
    const only = items[0];
    if (items.length !== 1 || !only || only.name === 'Range') break;
    inner = only;
  }
  return inner;
}

function numberOf(checking: Checking, node: SyntaxNode, source: string): Calculated | null {
  const [whole = '', decimals = ''] = source.split('.');
  const tooLarge = whole.length > limits.digits || decimals.length > limits.digits;
  if (tooLarge) return mistaken(checking, node, meaningMessages.numberTooLarge, { limit: limits.digits });
  return { is: 'number', value: new Exact(source).toString() };
}

function arithmetic(checking: Checking, node: SyntaxNode): Calculated | null {
  const [leftNode, signNode, rightNode] = childrenOf(node);
  if (!leftNode || !signNode || !rightNode) return null;
  const left = calculate(checking, leftNode);
  if (!left) return null;
  const sign = signNode.name;
  if (left.is === 'date' || left.is === 'dateTime') {
    if (sign !== 'Plus' && sign !== 'Minus') return mistaken(checking, node, meaningMessages.badCalculation);
    return moved(checking, node, left, rightNode, sign === 'Plus' ? 1 : -1);
  }
  const right = calculate(checking, rightNode);
  if (!right) return null;
  if (left.is === 'nothing' || right.is === 'nothing') return { is: 'nothing' };
  if (right.is !== 'number') return mistaken(checking, node, meaningMessages.badCalculation);
  const value = operate(sign, new Exact(left.value), new Exact(right.value));
  if (!value) return { is: 'nothing' };
  const fits =
    value.abs().lessThan(new Exact(10).pow(limits.digits)) && value.decimalPlaces() <= limits.digits;
  return fits
    ? { is: 'number', value: value.toString() }
    : mistaken(checking, node, meaningMessages.numberTooLarge, { limit: limits.digits });
}

function operate(sign: string, left: Decimal, right: Decimal): Decimal | null {
  if (sign === 'Plus') return left.plus(right);
  if (sign === 'Minus') return left.minus(right);
  if (sign === 'Times') return left.times(right);
  return right.isZero() ? null : left.dividedBy(right).toDecimalPlaces(quotientScale);
}

function moved(
  checking: Checking,
  node: SyntaxNode,
  moment: Extract<Constant, { is: 'date' | 'dateTime' }>,
  by: SyntaxNode,
  direction: 1 | -1,
): Calculated | null {
  const shift = shiftOf(checking, ungrouped(by), direction);
  const shifts = shift ? [...moment.shifts, shift] : [];
  const tooFine = moment.is === 'date' && (shift?.unit === 'hours' || shift?.unit === 'minutes');
  if (!shift || tooFine || !isNear(shifts)) {
    return mistaken(checking, shift && !tooFine ? node : by, meaningMessages.badDuration, {
      limit: furthestShift,
    });
  }
  return { ...moment, shifts };
}

/** The move a duration or a number of days is; null when it's neither. */
export function shiftOf(checking: Checking, node: SyntaxNode, direction: 1 | -1): Shift | null {
  const number = node.name === 'Quantity' ? node.firstChild : node;
  if (number?.name !== 'Number') return null;
  const source = sourceOf(checking, number);
  const unit =
    node.name === 'Quantity' && node.lastChild
      ? units[sourceOf(checking, node.lastChild).toLowerCase()]
      : 'days';
  if (!unit || !/^\d{1,9}$/.test(source)) return null;
  return { amount: direction * Number(source), unit };
}
