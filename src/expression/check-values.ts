import type { SyntaxNode } from '@lezer/common';
import { arithmeticOf } from './check-arithmetic.ts';
import { callOf } from './check-calls.ts';
import { calculate, clockWord, ungrouped } from './check-constants.ts';
import { type Checking, fieldOf, isField, mistaken, segmentsOf, sourceOf } from './checking.ts';
import { meaningMessages } from './messages.ts';
import { isMoment } from './moments.ts';
import { quote, unquote } from './quote.ts';
import { isUnresolved, resolvePath } from './scope.ts';
import { childrenOf } from './syntax.ts';
import type { Value, ValueKind } from './tree.ts';
import { literal, pathValue } from './values.ts';

/** Reads a node as a value to calculate with; null with its mistakes noted. `wanted` helps to read texts. */
export function readValue(
  checking: Checking,
  node: SyntaxNode,
  wanted: ValueKind | null = null,
): Value | null {
  const inner = ungrouped(node);
  const source = sourceOf(checking, inner);
  switch (inner.name) {
    case 'String':
      return quoted(unquote(source), wanted);
    case 'Boolean':
      return literal('boolean', { is: 'boolean', value: source.toLowerCase() === 'true' });
    case 'Number':
    case 'Date':
    case 'DateTime':
      return calculatedLiteral(checking, inner);
    case 'Path': {
      if (/^(?:empty|null)$/i.test(source)) return literal('nothing', { is: 'nothing' });
      return clockWord(source) ? calculatedLiteral(checking, inner) : fieldValue(checking, inner, wanted);
    }
    case 'Negative':
    case 'Arithmetic':
      return isComputed(checking, inner) ? arithmeticOf(checking, inner) : calculatedLiteral(checking, inner);
    case 'Call':
      if (isField(checking, inner)) return fieldValue(checking, inner, null);
      return callOf(checking, inner, wanted);
    default:
      return mistaken(checking, inner, meaningMessages.notValue);
  }
}

/** True of what must be worked out for each record: a function, or a calculation that names a field. */
export function isComputed(checking: Checking, node: SyntaxNode): boolean {
  const inner = ungrouped(node);
  if (inner.name === 'Call') return !isField(checking, inner);
  if (inner.name !== 'Negative' && inner.name !== 'Arithmetic') return false;
  return childrenOf(inner).some((child) => {
    const part = ungrouped(child);
    return (isField(checking, part) && !clockWord(sourceOf(checking, part))) || isComputed(checking, part);
  });
}

function calculatedLiteral(checking: Checking, node: SyntaxNode): Value | null {
  const value = calculate(checking, node);
  return value && literal(value.is, value);
}

function quoted(text: string, wanted: ValueKind | null): Value {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && isMoment(text);
  if (isDay && (wanted === 'date' || wanted === 'dateTime'))
    return literal('date', { is: 'date', from: text, shifts: [] });
  return literal('text', { is: 'text', value: text });
}

function fieldValue(checking: Checking, node: SyntaxNode, wanted: ValueKind | null): Value | null {
  if (wanted === 'text' && isUnresolved(resolvePath(segmentsOf(checking, node), checking.scope)))
    return mistaken(checking, node, meaningMessages.notValue, {}, [quote(sourceOf(checking, node))]);
  const path = fieldOf(checking, node);
  if (!path) return null;
  return pathValue(path) ?? mistaken(checking, node, meaningMessages.notCalculable, { field: path.text });
}
