import type { SyntaxNode } from '@lezer/common';
import { functionName } from './check-calls.ts';
import {
  comparedPaths,
  computedBare,
  computedComparison,
  computedEmpty,
  computedMatch,
  computedMembership,
  matching,
} from './check-computed.ts';
import { clockWord, ungrouped } from './check-constants.ts';
import { operandOf } from './check-operands.ts';
import { relatedCondition } from './check-relations.ts';
import { isComputed } from './check-values.ts';
import { type Checking, changedPath, fieldOf, isField, mistaken, sourceOf } from './checking.ts';
import { isOrdered, isPlural, kindLabels } from './kinds.ts';
import { meaningMessages, syntaxMessages } from './messages.ts';
import { partsOf } from './scope.ts';
import { childrenOf, limits } from './syntax.ts';
import type { CompareOperator, Condition, Item, MatchWay, Operand, ResolvedPath } from './tree.ts';

/** Reads a node as a condition; null with its mistakes noted when it isn't a right one. */
export function conditionOf(checking: Checking, node: SyntaxNode): Condition | null {
  const inner = ungrouped(node);
  switch (inner.name) {
    case 'And':
    case 'Or': {
      const parts = childrenOf(inner).map((child) => conditionOf(checking, child));
      const of = parts.filter((part) => part !== null);
      return of.length === parts.length ? { is: inner.name === 'And' ? 'all' : 'any', of } : null;
    }
    case 'Not':
      return inverted(inner.lastChild ? conditionOf(checking, inner.lastChild) : null);
    case 'Compare':
      return compare(checking, inner);
    case 'In':
      return membership(checking, inner);
    case 'Match':
      return match(checking, inner);
    case 'Empty':
      return empty(checking, inner);
    case 'Boolean':
      return { is: 'constant', value: sourceOf(checking, inner).toLowerCase() === 'true' };
    case 'Path':
      return bare(checking, inner);
    case 'Call':
      return called(checking, inner);
    case 'Range':
      return mistaken(checking, inner, meaningMessages.notRange);
    case 'Parens':
      return mistaken(checking, inner, meaningMessages.notList);
    default:
      return mistaken(checking, inner, meaningMessages.notCondition);
  }
}

function called(checking: Checking, node: SyntaxNode): Condition | null {
  const name = functionName(checking, node);
  if (name === 'matches') return matching(checking, node);
  if (name === 'changed') return changed(checking, node);
  if (name === 'any' || name === 'none' || name === 'all') return relatedCondition(checking, node, name);
  return isField(checking, node) ? bare(checking, node) : computedBare(checking, node);
}

function changed(checking: Checking, node: SyntaxNode): Condition | null {
  const path = changedPath(checking, node);
  if (!path) return null;
  const parts = path.part === '' && !path.attribute ? partsOf(path) : [path];
  return { is: 'changed', paths: parts };
}

const inverted = (condition: Condition | null, invert = true): Condition | null =>
  condition && invert ? { is: 'not', of: condition } : condition;

function bare(checking: Checking, node: SyntaxNode): Condition | null {
  if (isConstantWord(sourceOf(checking, node))) return mistaken(checking, node, meaningMessages.notCondition);
  const path = fieldOf(checking, node);
  if (!path) return null;
  if (path.kind === 'boolean')
    return { is: 'compare', path, operator: '=', right: { is: 'boolean', value: true } };
  return mistaken(checking, node, meaningMessages.notCondition, {}, [`${path.text} is not empty`]);
}

const signs: Readonly<Record<string, CompareOperator | '<>'>> = {
  '!=': '<>',
  '≠': '<>',
  '≤': '<=',
  '≥': '>=',
};
const flipped: Readonly<Record<CompareOperator, CompareOperator>> = {
  '=': '=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

function compare(checking: Checking, node: SyntaxNode): Condition | null {
  const [left, signNode, right] = childrenOf(node);
  if (!left || !signNode || !right) return null;
  const written = sourceOf(checking, signNode);
  const sign = signs[written] ?? (written as CompareOperator | '<>');
  const base = sign === '<>' ? '=' : sign;
  if (isComputed(checking, left) || isComputed(checking, right))
    return inverted(computedComparison(checking, node, left, base, right), sign === '<>');
  const turned = !namesField(checking, left) && namesField(checking, right);
  const path = subjectOf(checking, turned ? right : left);
  if (!path) return null;
  const operator = sign === '<>' ? '=' : turned ? flipped[sign] : sign;
  if (operator !== '=' && !isOrdered(path.kind)) return wrongOperator(checking, signNode, written, path);
  const operand = operandOf(checking, turned ? left : right, path);
  return operand && inverted(comparison(path, operator, operand), sign === '<>');
}

function comparison(path: ResolvedPath, operator: CompareOperator, right: Operand): Condition {
  if (right.is === 'nothing' && operator === '=') return { is: 'empty', path };
  const calculated = right.is === 'path' ? comparedPaths(path, operator, right.path) : null;
  if (calculated) return calculated;
  return { is: 'compare', path, operator, right };
}

function membership(checking: Checking, node: SyntaxNode): Condition | null {
  const parts = childrenOf(node);
  const [subject] = parts;
  const target = parts.at(-1);
  if (!subject || !target) return null;
  const nodes = target.name === 'Parens' ? childrenOf(target) : [target];
  const computed = () => inverted(computedMembership(checking, subject, target), isNegated(node));
  const bounds = nodes.flatMap((item) => (item.name === 'Range' ? childrenOf(item) : [item]));
  if (isComputed(checking, subject) || bounds.some((item) => isComputed(checking, item))) return computed();
  const path = subjectOf(checking, subject);
  if (!path) return null;
  if (nodes.length > limits.items)
    return mistaken(checking, target, syntaxMessages.listTooLong, {
      count: nodes.length,
      limit: limits.items,
    });
  const items = nodes.map((item) =>
    item.name === 'Range' ? rangeOf(checking, item, path) : operandOf(checking, item, path),
  );
  const of = items.filter((item) => item !== null);
  const operands = of.flatMap((item) => (item.is === 'range' ? [item.from, item.to] : [item]));
  const calculated = operands.some((each) => each?.is === 'path' && comparedPaths(path, '=', each.path));
  if (calculated) return computed();
  return of.length === items.length ? inverted({ is: 'in', path, items: of }, isNegated(node)) : null;
}

function rangeOf(checking: Checking, node: SyntaxNode, path: ResolvedPath): Item | null {
  if (!isOrdered(path.kind)) return wrongOperator(checking, node, '..', path);
  const dots = childrenOf(node).find((child) => child.name === '..');
  const bounds = childrenOf(node).filter((child) => child.name !== '..');
  const read = bounds.map((bound) => operandOf(checking, bound, path));
  if (read.includes(null)) return null;
  const at = (isBefore: boolean): Operand | null => {
    const index = bounds.findIndex((bound) => (dots ? bound.from < dots.from : true) === isBefore);
    return read[index] ?? null;
  };
  return { is: 'range', from: at(true), to: at(false) };
}

function match(checking: Checking, node: SyntaxNode): Condition | null {
  const parts = childrenOf(node);
  const [subject] = parts;
  const target = parts.at(-1);
  const wayNode = parts.find((part) => part.name === 'MatchOp');
  if (!subject || !target || !wayNode) return null;
  const way = sourceOf(checking, wayNode).toLowerCase().replace(/\s+/g, ' ') as MatchWay;
  if (isComputed(checking, subject) || isComputed(checking, target))
    return inverted(computedMatch(checking, node, subject, way, target), isNegated(node));
  const path = subjectOf(checking, subject);
  if (!path) return null;
  if (path.kind === 'text' && namesField(checking, target))
    return inverted(computedMatch(checking, node, subject, way, target), isNegated(node));
  const operand =
    path.kind === 'text' || (way === 'contains' && isPlural(path.kind))
      ? operandOf(checking, target, path)
      : undefined;
  if (operand === undefined) return wrongOperator(checking, wayNode, way, path);
  if (!operand) return null;
  if (path.kind !== 'text') return inverted(comparison(path, '=', operand), isNegated(node));
  if (operand.is !== 'text')
    return mistaken(checking, target, meaningMessages.wrongType, { field: path.text, kind: kindLabels.text });
  return inverted({ is: 'match', path, way, text: operand.value }, isNegated(node));
}

function empty(checking: Checking, node: SyntaxNode): Condition | null {
  if (node.firstChild && isComputed(checking, node.firstChild))
    return inverted(computedEmpty(checking, node.firstChild), isNegated(node));
  const path = node.firstChild && subjectOf(checking, node.firstChild);
  return path && inverted({ is: 'empty', path }, isNegated(node));
}

const isNegated = (node: SyntaxNode): boolean => node.getChild('Negated') !== null;

function subjectOf(checking: Checking, node: SyntaxNode): ResolvedPath | null {
  const inner = ungrouped(node);
  return namesField(checking, inner)
    ? fieldOf(checking, inner)
    : mistaken(checking, inner, meaningMessages.noField);
}

function namesField(checking: Checking, node: SyntaxNode): boolean {
  const inner = ungrouped(node);
  return isField(checking, inner) && !isConstantWord(sourceOf(checking, inner));
}

const isConstantWord = (source: string): boolean =>
  clockWord(source) !== null || /^(?:me|null)$/i.test(source);

function wrongOperator(checking: Checking, node: SyntaxNode, operator: string, path: ResolvedPath): null {
  return mistaken(checking, node, meaningMessages.wrongOperator, {
    operator,
    field: path.text,
    kind: kindLabels[path.kind],
  });
}
