import type { SyntaxNode } from '@lezer/common';
import type { Message, MessageParams } from '../lib/message.ts';
import { meaningMessages } from './messages.ts';
import type { ExpressionMistake } from './mistakes.ts';
import { isUnresolved, resolvePath, type Scope } from './scope.ts';
import { childrenOf, limits } from './syntax.ts';
import type { Condition, Relation, ResolvedPath, Value, ValueKind } from './tree.ts';

/** The state of one check: the text, what its names may mean, and what was found so far. */
export interface Checking {
  readonly text: string;
  readonly scope: Scope;
  readonly mistakes: ExpressionMistake[];
  readonly paths: Map<string, ResolvedPath>;
  readonly readers: Readers;
  /** Those asked about so far, shared with the checks inside relations. */
  readonly relations: Relation[];
  /** How many relations this check is inside of. */
  readonly depth: number;
}

/** How nodes inside nodes are read; handed on, since conditions hold values and values hold conditions. */
export interface Readers {
  condition(checking: Checking, node: SyntaxNode): Condition | null;
  /** `wanted` helps to read a text that may be a date. */
  value(checking: Checking, node: SyntaxNode, wanted?: ValueKind | null): Value | null;
}

/** The text a node stands for. */
export const sourceOf = (checking: Checking, node: SyntaxNode): string =>
  checking.text.slice(node.from, node.to);

/** Notes a mistake at a node and answers null, so that the caller can stop there. */
export function mistaken(
  checking: Checking,
  node: SyntaxNode,
  message: Message,
  params: MessageParams = {},
  suggestions: readonly string[] = [],
): null {
  checking.mistakes.push({
    from: node.from,
    to: node.to,
    message,
    params: { found: sourceOf(checking, node).slice(0, 80), ...params },
    suggestions,
  });
  return null;
}

/** The names a path node joins by dots. */
export const segmentsOf = (checking: Checking, node: SyntaxNode): readonly string[] =>
  childrenOf(node).map((name) => sourceOf(checking, name));

/** What a path node names, noted among the expression's paths; null with a mistake when it names nothing. */
export function pathOf(checking: Checking, node: SyntaxNode): ResolvedPath | null {
  const segments = segmentsOf(checking, node);
  const known = checking.paths.get(segments.join('.'));
  if (known) return known;
  const found = resolvePath(segments, checking.scope);
  if (isUnresolved(found)) {
    const at = childrenOf(node)[found.segment] ?? node;
    return mistaken(checking, at, found.message, found.params, found.suggestions);
  }
  checking.paths.set(found.text, found);
  return found;
}

/** What a field's name, or its name in `old(…)`, stands for; null with a mistake when it stands for nothing. */
export function fieldOf(checking: Checking, node: SyntaxNode): ResolvedPath | null {
  if (node.name !== 'Call') return pathOf(checking, node);
  const path = changedPath(checking, node);
  return path && { ...path, text: `old(${path.text})`, before: true };
}

/** True of a name, `old(…)` included, as far as writing tells. */
export const isField = (checking: Checking, node: SyntaxNode): boolean =>
  node.name === 'Path' ||
  (node.name === 'Call' && /^old$/i.test(node.firstChild ? sourceOf(checking, node.firstChild) : ''));

/** The field that `old(…)` or `changed(…)` names: one of the record's own, where a change is at hand. */
export function changedPath(checking: Checking, node: SyntaxNode): ResolvedPath | null {
  const [only, further] = node.lastChild ? childrenOf(node.lastChild) : [];
  if (!checking.scope.change) return mistaken(checking, node, meaningMessages.noChange);
  if (!only || further || only.name !== 'Path')
    return mistaken(checking, node, meaningMessages.badArguments, { usage: 'changed(stage), old(stage)' });
  const path = pathOf(checking, only);
  if (path && path.steps.length > 0)
    return mistaken(checking, only, meaningMessages.notOwn, { field: path.text });
  return path;
}

/** Notes a mistake when the paths follow more references than one statement should join. */
export function checkReferences(checking: Checking): void {
  const followed = new Set<string>();
  for (const { steps } of checking.paths.values())
    for (let length = 1; length <= steps.length; length += 1)
      followed.add(
        steps
          .slice(0, length)
          .map(({ field }) => field.name)
          .join('.'),
      );
  if (followed.size <= limits.references) return;
  checking.mistakes.push({
    from: 0,
    to: checking.text.length,
    message: meaningMessages.tooManyReferences,
    params: { count: followed.size, limit: limits.references },
    suggestions: [],
  });
}
