import type { SyntaxNode } from '@lezer/common';
import { functionName } from './check-calls.ts';
import { ungrouped } from './check-constants.ts';
import { argumentsOf, misused } from './check-relations.ts';
import { isComputed, readValue } from './check-values.ts';
import { type Checking, mistaken, sourceOf } from './checking.ts';
import { specialFunctions } from './functions.ts';
import { isOrdered, valueKindLabels } from './kinds.ts';
import { meaningMessages, syntaxMessages } from './messages.ts';
import { readPattern } from './pattern.ts';
import { unquote } from './quote.ts';
import { childrenOf } from './syntax.ts';
import { foldPiece } from './texts.ts';
import type { CompareOperator, Condition, MatchWay, ResolvedPath, Value } from './tree.ts';
import { commonKind, pathValue, sameDay, typed } from './values.ts';

/** Values a calculated one may be looked for in; each costs the calculation anew. */
const longestList = 50;

/** Reads the comparison of two values of which at least one is calculated. */
export function computedComparison(
  checking: Checking,
  node: SyntaxNode,
  leftNode: SyntaxNode,
  operator: CompareOperator,
  rightNode: SyntaxNode,
): Condition | null {
  const leftFirst = isComputed(checking, leftNode) || ungrouped(leftNode).name === 'Path';
  const first = readValue(checking, leftFirst ? leftNode : rightNode);
  const second = readValue(checking, leftFirst ? rightNode : leftNode, first?.kind ?? null);
  if (!first || !second) return null;
  const [left, right] = leftFirst ? [first, second] : [second, first];
  const exact = isExact(checking, leftNode) || isExact(checking, rightNode);
  return related(checking, node, operator, left, right, exact);
}

/** Two paths that must be calculated: money whose currencies must agree, a date and a moment, attributes of values. */
export function comparedPaths(
  path: ResolvedPath,
  operator: CompareOperator,
  other: ResolvedPath,
): Condition | null {
  const values = [pathValue(path), pathValue(other)];
  if (!values[0] || !values[1]) return null;
  const [left, right] = sameDay(values[0], values[1]);
  const isPlain = left.kind !== 'money' && path.kind === other.kind && !path.attribute && !other.attribute;
  return isPlain || !commonKind([left.kind, right.kind])
    ? null
    : { is: 'relate', operator, left, right, exact: false };
}

/** Reads whether a calculated value is one of several or lies in a range. */
export function computedMembership(
  checking: Checking,
  subjectNode: SyntaxNode,
  target: SyntaxNode,
): Condition | null {
  const items = target.name === 'Parens' ? childrenOf(target) : [target];
  if (items.length > longestList)
    return mistaken(checking, target, syntaxMessages.listTooLong, {
      count: items.length,
      limit: longestList,
    });
  const subject = readValue(checking, subjectNode);
  if (!subject) return null;
  const exact = isExact(checking, subjectNode);
  const against = (item: SyntaxNode, operator: CompareOperator): Condition | null => {
    const value = readValue(checking, item, subject.kind);
    return value && related(checking, item, operator, subject, value, exact || isExact(checking, item));
  };
  const of = items.map((item): Condition | null => {
    if (item.name !== 'Range') return against(item, '=');
    const dots = childrenOf(item).find((child) => child.name === '..');
    const bounds = childrenOf(item).filter((child) => child.name !== '..');
    return all(
      bounds.map((bound) => against(bound, dots && bound.from < dots.from ? '>=' : '<=')),
      'all',
    );
  });
  return all(of, 'any');
}

/** Reads whether a text that may be calculated holds another one. */
export function computedMatch(
  checking: Checking,
  node: SyntaxNode,
  leftNode: SyntaxNode,
  way: MatchWay,
  rightNode: SyntaxNode,
): Condition | null {
  const left = readValue(checking, leftNode);
  const right = readValue(checking, rightNode, 'text');
  if (!left || !right) return null;
  for (const value of [left, right])
    if (value.kind !== 'text' && value.kind !== 'nothing')
      return mistaken(checking, node, meaningMessages.differentKinds, {
        kind: valueKindLabels[value.kind],
        other: valueKindLabels.text,
      });
  const exact = isExact(checking, leftNode) || isExact(checking, rightNode);
  if (hasNoExact(checking, node, [left, right], exact)) return null;
  if (left.kind === 'nothing' || right.kind === 'nothing') return { is: 'constant', value: false };
  return { is: 'find', way, left, right, exact };
}

/** Reads `matches(text, "pattern")`: folded as other comparisons are, unless the text is `exact(…)`. */
export function matching(checking: Checking, node: SyntaxNode): Condition | null {
  const [textNode, patternNode, further] = argumentsOf(node);
  const usage = specialFunctions.matches ?? '';
  if (!textNode || patternNode?.name !== 'String' || further) return misused(checking, node, usage);
  const of = readValue(checking, textNode, 'text');
  if (!of) return null;
  if (of.kind !== 'text') return misused(checking, textNode, usage);
  const exact = isExact(checking, textNode);
  if (hasNoExact(checking, node, [of], exact)) return null;
  const written = unquote(sourceOf(checking, patternNode));
  const pattern = readPattern(exact ? written : foldPiece(written));
  if (!pattern) return mistaken(checking, patternNode, meaningMessages.badPattern);
  return { is: 'fits', of, pattern, exact };
}

/** Reads whether a calculated value is missing. */
export function computedEmpty(checking: Checking, node: SyntaxNode): Condition | null {
  const of = readValue(checking, node);
  if (!of || hasNoExact(checking, node, [of], isExact(checking, node))) return null;
  return of.kind === 'nothing' ? { is: 'constant', value: true } : { is: 'missing', of };
}

/** Reads a calculated checkbox that stands for itself. */
export function computedBare(checking: Checking, node: SyntaxNode): Condition | null {
  const left = readValue(checking, node);
  if (!left) return null;
  if (left.kind !== 'boolean') return mistaken(checking, node, meaningMessages.notCondition);
  const right: Value = { is: 'literal', kind: 'boolean', value: { is: 'boolean', value: true } };
  return { is: 'relate', operator: '=', left, right, exact: false };
}

function related(
  checking: Checking,
  node: SyntaxNode,
  operator: CompareOperator,
  left: Value,
  right: Value,
  exact: boolean,
): Condition | null {
  if (left.kind === 'nothing' || right.kind === 'nothing') {
    const of = left.kind === 'nothing' ? right : left;
    if (operator !== '=') return { is: 'constant', value: false };
    return of.kind === 'nothing' ? { is: 'constant', value: true } : { is: 'missing', of };
  }
  const [one, other] = sameDay(left, right);
  const kind = commonKind([one.kind, other.kind]);
  if (!kind || (operator !== '=' && kind !== 'money' && !isOrdered(kind as 'text')))
    return mistaken(checking, node, meaningMessages.differentKinds, {
      kind: valueKindLabels[one.kind],
      other: valueKindLabels[other.kind],
    });
  if (hasNoExact(checking, node, [one, other], exact)) return null;
  return { is: 'relate', operator, left: typed(one, kind), right: typed(other, kind), exact };
}

/** True where `exact(…)` stands anywhere in a value. */
function isExact(checking: Checking, node: SyntaxNode): boolean {
  const inner = ungrouped(node);
  if (inner.name !== 'Call') return false;
  const name = functionName(checking, inner);
  if (name === 'exact') return true;
  const list = inner.lastChild ? childrenOf(inner.lastChild) : [];
  return (name === 'if' ? list.slice(1) : list).some((argument) => isExact(checking, argument));
}

function hasNoExact(checking: Checking, node: SyntaxNode, values: readonly Value[], exact: boolean): boolean {
  const path = values.map((value) => foldedOnly(value, exact)).find((found) => found !== null);
  if (!path) return false;
  mistaken(checking, node, meaningMessages.noExact, { field: path.text });
  return true;
}

/** A path whose text as typed is asked for but isn't in a column. */
function foldedOnly(value: Value, exact: boolean): ResolvedPath | null {
  switch (value.is) {
    case 'path': {
      const { column, exact: typedColumn } = value.path.comparable;
      return exact && value.kind === 'text' && column !== `${typedColumn}_fold` ? value.path : null;
    }
    case 'call': {
      const asTyped = exact || value.name === 'length';
      return value.of.map((each) => foldedOnly(each, asTyped)).find((found) => found !== null) ?? null;
    }
    case 'if':
      return foldedOnly(value.chosen, exact) ?? foldedOnly(value.otherwise, exact);
    case 'total':
      return value.of && foldedOnly(value.of, exact);
    default:
      return null;
  }
}

function all(parts: readonly (Condition | null)[], is: 'all' | 'any'): Condition | null {
  const of = parts.filter((part) => part !== null);
  return of.length === parts.length ? { is, of } : null;
}
