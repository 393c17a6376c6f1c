import type { SyntaxNode } from '@lezer/common';
import { type FilterRow, rowOf, unwrapped, writtenRow } from './rows.ts';
import { childrenOf, parseSyntax } from './syntax.ts';

/** Conditions of which all or any must hold, or with `not` don't; groups may stand in groups. */
export interface FilterGroup {
  readonly join: 'all' | 'any';
  readonly not: boolean;
  readonly of: readonly FilterPart[];
}

/** How many related records are asked for by a number of them. */
export const countOperators = ['>=', '<=', '=', '>', '<', '<>'] as const;

/** A condition about related records: some, none, all or a number of them meet the conditions. */
export interface FilterRelation {
  /** As expressions name it: `opportunities`, `account.contacts`. */
  readonly relation: string;
  readonly how:
    | { readonly is: 'any' | 'none' | 'all' }
    | { readonly is: 'count'; readonly op: (typeof countOperators)[number]; readonly number: string };
  readonly of: FilterGroup;
}

/** A part of a group: a row, a group, related records, or a condition that none of them can show, kept as its text. */
export type FilterPart = FilterRow | FilterGroup | FilterRelation | { readonly text: string };

/** Writes groups as an expression; '' when there is nothing in them. */
export function groupText(group: FilterGroup): string {
  const parts = group.of.map(partText).filter((part) => part !== '');
  const text = parts.join(group.join === 'all' ? ' and ' : ' or ');
  return group.not && text !== '' ? `not (${text})` : text;
}

/** Reads an expression into groups that mean the same; null when it can't be read. */
export function groupOf(text: string): FilterGroup | null {
  if (text.trim() === '') return nothing;
  const syntax = parseSyntax(text);
  const top = 'tree' in syntax ? syntax.tree.topNode.firstChild : null;
  return top && groupOfNode(top, text);
}

const nothing: FilterGroup = { join: 'all', not: false, of: [] };

function groupOfNode(node: SyntaxNode, text: string): FilterGroup {
  const part = partOf(node, text);
  return 'join' in part ? part : { join: 'all', not: false, of: [part] };
}

function partText(part: FilterPart): string {
  if ('path' in part) return writtenRow(part);
  if ('text' in part) return part.text.trim() === '' ? '' : `(${part.text})`;
  if ('relation' in part) return relationText(part);
  const text = groupText(part);
  return text === '' || part.not ? text : `(${text})`;
}

function relationText({ relation, how, of }: FilterRelation): string {
  const condition = groupText(of);
  const call = `${how.is}(${relation}${condition === '' ? '' : `, ${condition}`})`;
  return how.is === 'count' ? `${call} ${how.op} ${how.number}` : call;
}

function partOf(node: SyntaxNode, text: string): FilterPart {
  const inner = unwrapped(node);
  if (!inner) return { text: text.slice(node.from, node.to) };
  if (inner.name === 'And' || inner.name === 'Or') {
    const of = childrenOf(inner).map((child) => partOf(child, text));
    return { join: inner.name === 'And' ? 'all' : 'any', not: false, of };
  }
  const part = rowOf(inner, text) ?? relationOf(inner, text);
  if (part) return part;
  const negated = inner.name === 'Not' ? inner.lastChild : null;
  if (!negated) return { text: text.slice(inner.from, inner.to) };
  const held = partOf(negated, text);
  return 'join' in held && !held.not ? { ...held, not: true } : { join: 'all', not: true, of: [held] };
}

/** `any(opportunities, amount > 5)`, `count(contacts) >= 2`. */
function relationOf(node: SyntaxNode, text: string): FilterRelation | null {
  if (node.name === 'Call') {
    const asked = askedOf(node, text);
    return asked && asked.name !== 'count' ? { ...asked.about, how: { is: asked.name } } : null;
  }
  if (node.name !== 'Compare') return null;
  const [call, sign, number] = childrenOf(node);
  const asked = call?.name === 'Call' ? askedOf(call, text) : null;
  if (!asked || asked.name !== 'count' || !sign || number?.name !== 'Number') return null;
  const written = text.slice(sign.from, sign.to);
  const op = countOperators.find((known) => known === (spellings[written] ?? written));
  const how = op && { is: 'count' as const, op, number: text.slice(number.from, number.to) };
  return how ? { ...asked.about, how } : null;
}

const spellings: Readonly<Record<string, string>> = { '!=': '<>', '≠': '<>', '≤': '<=', '≥': '>=' };

const asking = ['any', 'none', 'all', 'count'] as const;

function askedOf(call: SyntaxNode, text: string) {
  const written = text.slice(call.from, call.firstChild?.to).toLowerCase();
  const name = asking.find((known) => known === written);
  const [relation, condition, more] = childrenOf(call.lastChild ?? call);
  if (!name || relation?.name !== 'Path' || more) return null;
  const path = childrenOf(relation)
    .map((each) => text.slice(each.from, each.to))
    .join('.');
  const of = condition ? groupOfNode(condition, text) : nothing;
  return { name, about: { relation: path, of } };
}
