import type { SyntaxNode } from '@lezer/common';
import { shiftOf, ungrouped } from './check-constants.ts';
import { type Checking, mistaken } from './checking.ts';
import { meaningMessages } from './messages.ts';
import { furthestShift, isNear } from './moments.ts';
import { childrenOf } from './syntax.ts';
import type { Value, ValueKind } from './tree.ts';
import { call, isDay, isNumeric } from './values.ts';

/** Reads a calculation that names fields: numbers, money whose units fit, dates and durations. */
export function arithmeticOf(checking: Checking, node: SyntaxNode): Value | null {
  if (node.name === 'Negative') {
    const of = node.lastChild && checking.readers.value(checking, node.lastChild);
    if (!of) return null;
    if (of.kind === 'nothing') return of;
    return isNumeric(of.kind) ? call(of.kind, 'negate', of) : unfit(checking, node);
  }
  const [leftNode, signNode, rightNode] = childrenOf(node);
  if (!leftNode || !signNode || !rightNode) return null;
  const operation = signs[signNode.name];
  const left = checking.readers.value(checking, leftNode);
  if (!left || !operation) return null;
  if (isDay(left.kind)) return moved(checking, node, left, operation, rightNode);
  const right = checking.readers.value(checking, rightNode);
  if (!right) return null;
  if (left.kind === 'nothing') return left;
  if (right.kind === 'nothing') return right;
  if (!isNumeric(left.kind) || !isNumeric(right.kind)) return unfit(checking, node);
  const kind = resultKind(operation, left.kind, right.kind);
  return kind ? call(kind, operation, left, right) : mistaken(checking, node, meaningMessages.badUnits);
}

const signs: Readonly<Record<string, 'plus' | 'minus' | 'times' | 'over'>> = {
  Plus: 'plus',
  Minus: 'minus',
  Times: 'times',
  Slash: 'over',
};

/** A plain number beside money counts in its currency; money by money is nothing, through money a number. */
function resultKind(
  operation: 'plus' | 'minus' | 'times' | 'over',
  left: ValueKind,
  right: ValueKind,
): ValueKind | null {
  if (left === 'number' && right === 'number') return 'number';
  if (operation === 'plus' || operation === 'minus') return 'money';
  if (operation === 'times') return left === 'money' && right === 'money' ? null : 'money';
  if (left === 'number') return null;
  return right === 'money' ? 'number' : 'money';
}

function moved(
  checking: Checking,
  node: SyntaxNode,
  left: Value,
  operation: 'plus' | 'minus' | 'times' | 'over',
  rightNode: SyntaxNode,
): Value | null {
  if (operation !== 'plus' && operation !== 'minus') return unfit(checking, node);
  const by = ungrouped(rightNode);
  const shift = shiftOf(checking, by, operation === 'plus' ? 1 : -1);
  if (by.name === 'Quantity' || by.name === 'Number') {
    const tooFine = left.kind === 'date' && (shift?.unit === 'hours' || shift?.unit === 'minutes');
    if (!shift || tooFine || !isNear([shift]))
      return mistaken(checking, by, meaningMessages.badDuration, { limit: furthestShift });
    return { is: 'call', kind: left.kind, name: 'shift', of: [left], shift };
  }
  const right = checking.readers.value(checking, by);
  if (!right || right.kind === 'nothing') return right;
  if (right.kind === 'number' && left.kind === 'date')
    return call('date', 'later', left, operation === 'plus' ? right : call('number', 'negate', right));
  if (operation === 'minus' && right.kind === left.kind) return call('number', 'days', left, right);
  if (operation === 'minus' && isDay(right.kind)) return mistaken(checking, node, meaningMessages.mixedDays);
  return unfit(checking, node);
}

const unfit = (checking: Checking, node: SyntaxNode): null =>
  mistaken(checking, node, meaningMessages.badCalculation);
