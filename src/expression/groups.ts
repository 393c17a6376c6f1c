import type { SyntaxNode } from '@lezer/common';
import { type FilterRow, rowOf, unwrapped, writtenRow } from './rows.ts';
import { childrenOf, parseSyntax } from './syntax.ts';

/** Conditions of which all or any must hold, or with `not` don't; groups may stand in groups. */
export interface FilterGroup {
  readonly join: 'all' | 'any';
  readonly not: boolean;
  readonly of: readonly FilterPart[];
}

/** A part of a group: a row, a group, or a condition that no row can show, kept as its text. */
export type FilterPart = FilterRow | FilterGroup | { readonly text: string };

/** Writes groups as an expression; '' when there is nothing in them. */
export function groupText(group: FilterGroup): string {
  const parts = group.of.map(partText).filter((part) => part !== '');
  const text = parts.join(group.join === 'all' ? ' and ' : ' or ');
  return group.not && text !== '' ? `not (${text})` : text;
}

/** Reads an expression into groups that mean the same; null when it can't be read. */
export function groupOf(text: string): FilterGroup | null {
  if (text.trim() === '') return { join: 'all', not: false, of: [] };
  const syntax = parseSyntax(text);
  const top = 'tree' in syntax ? syntax.tree.topNode.firstChild : null;
  if (!top) return null;
  const part = partOf(top, text);
  return 'join' in part ? part : { join: 'all', not: false, of: [part] };
}

function partText(part: FilterPart): string {
  if ('path' in part) return writtenRow(part);
  if ('text' in part) return `(${part.text})`;
  const text = groupText(part);
  return text === '' || part.not ? text : `(${text})`;
}

function partOf(node: SyntaxNode, text: string): FilterPart {
  const inner = unwrapped(node);
  if (!inner) return { text: text.slice(node.from, node.to) };
  if (inner.name === 'And' || inner.name === 'Or') {
    const of = childrenOf(inner).map((child) => partOf(child, text));
    return { join: inner.name === 'And' ? 'all' : 'any', not: false, of };
  }
  const row = rowOf(inner, text);
  if (row) return row;
  const negated = inner.name === 'Not' ? inner.lastChild : null;
  if (!negated) return { text: text.slice(inner.from, inner.to) };
  const part = partOf(negated, text);
  return 'join' in part && !part.not ? { ...part, not: true } : { join: 'all', not: true, of: [part] };
}
