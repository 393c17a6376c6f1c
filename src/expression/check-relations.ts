import type { SyntaxNode } from '@lezer/common';
import { type Checking, checkReferences, mistaken, segmentsOf } from './checking.ts';
import { specialFunctions } from './functions.ts';
import { meaningMessages } from './messages.ts';
import { resolveRelation } from './relations.ts';
import { isUnresolved, resolvePath } from './scope.ts';
import { childrenOf, limits } from './syntax.ts';
import type { Condition, Relation, Total, Value } from './tree.ts';
import { isNumeric } from './values.ts';

/** The arguments of a call. */
export const argumentsOf = (node: SyntaxNode): readonly SyntaxNode[] =>
  node.lastChild ? childrenOf(node.lastChild) : [];

/** Notes that a function is called otherwise than it can be. */
export const misused = (checking: Checking, node: SyntaxNode, usage: string): null =>
  mistaken(checking, node, meaningMessages.badArguments, { usage });

/** True of the functions that work something out over related records. */
export const isTotal = (name: string): name is Total => Object.hasOwn(totals, name);
const totals: Readonly<Record<Total, true>> = { count: true, sum: true, avg: true, min: true, max: true };

/** True of a name that means related records and no field. */
export function namesRelation(checking: Checking, node: SyntaxNode | undefined): boolean {
  if (node?.name !== 'Path') return false;
  const segments = segmentsOf(checking, node);
  if (!isUnresolved(resolvePath(segments, checking.scope))) return false;
  return !isUnresolved(resolveRelation(segments, checking.scope));
}

/** Reads `any`, `none` and `all`: whether some, none or all of the related records fulfil a condition. */
export function relatedCondition(
  checking: Checking,
  node: SyntaxNode,
  name: 'any' | 'none' | 'all',
): Condition | null {
  const [relationNode, conditionNode, further] = argumentsOf(node);
  const usage = specialFunctions[name] ?? '';
  if (!relationNode || further || (name === 'all' && !conditionNode)) return misused(checking, node, usage);
  const inner = entered(checking, relationNode, usage);
  if (!inner) return null;
  const where = conditionNode ? inner.checking.readers.condition(inner.checking, conditionNode) : null;
  checkReferences(inner.checking);
  if (conditionNode && !where) return null;
  const some = (of: Condition | null): Condition => ({ is: 'some', over: inner.over, where: of });
  if (name === 'any') return some(where);
  return { is: 'not', of: some(name === 'all' && where ? { is: 'not', of: where } : where) };
}

/** Reads what is worked out over related records. */
export function totalOf(checking: Checking, node: SyntaxNode, name: Total): Value | null {
  const [relationNode, ...others] = argumentsOf(node);
  const usage = specialFunctions[name] ?? '';
  const [valueNode, conditionNode] = name === 'count' ? [null, others[0]] : others;
  const most = name === 'count' ? 1 : 2;
  if (!relationNode || others.length > most || (name !== 'count' && !valueNode))
    return misused(checking, node, usage);
  const inner = entered(checking, relationNode, usage);
  if (!inner) return null;
  const { readers } = inner.checking;
  const of = valueNode ? readers.value(inner.checking, valueNode) : null;
  const where = conditionNode ? readers.condition(inner.checking, conditionNode) : null;
  checkReferences(inner.checking);
  if ((valueNode && !of) || (conditionNode && !where)) return null;
  const added = name === 'sum' || name === 'avg';
  if (valueNode && of && (added ? !isNumeric(of.kind) : of.kind === 'boolean' || of.kind === 'nothing'))
    return misused(checking, valueNode, usage);
  return { is: 'total', kind: of?.kind ?? 'number', name, over: inner.over, of, where };
}

/** The check inside a relation, whose names mean the related record. */
function entered(
  checking: Checking,
  node: SyntaxNode,
  usage: string,
): { readonly over: Relation; readonly checking: Checking } | null {
  if (node.name !== 'Path') return misused(checking, node, usage);
  const over = resolveRelation(segmentsOf(checking, node), checking.scope);
  if (isUnresolved(over)) {
    const from = childrenOf(node)[over.segment] ?? node;
    checking.mistakes.push({ ...over, from: from.from, to: node.to });
    return null;
  }
  if (checking.relations.length >= limits.relations || checking.depth >= limits.nested)
    return mistaken(checking, node, meaningMessages.tooManyRelations, {
      limit: limits.relations,
      nested: limits.nested,
    });
  checking.relations.push(over);
  checking.paths.set(over.key.text, over.key);
  const scope = { ...checking.scope, entity: over.to, change: false };
  return { over, checking: { ...checking, scope, paths: new Map(), depth: checking.depth + 1 } };
}
