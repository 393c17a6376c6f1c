import type { SyntaxNode, Tree } from '@lezer/common';
import { quote, unquote } from './quote.ts';
import { childrenOf, parseSyntax } from './syntax.ts';

/** What a row of a filter bar may say between a field and a value. */
export const rowOperators = [
  '=',
  '<>',
  '<',
  '<=',
  '>',
  '>=',
  'contains',
  'not contains',
  'starts with',
  'not starts with',
  'ends with',
  'not ends with',
  'in',
  'not in',
  'is empty',
  'is not empty',
] as const;

/** One of `rowOperators`. */
export type RowOperator = (typeof rowOperators)[number];

/** A value of a row: a text, or what stands without quotation marks: `{ bare: 'today - 7' }`, a number, a code, `me`. */
export type RowValue = string | { readonly bare: string };

/** An item of a row's list: a value, or an inclusive range whose bounds may be open. */
export type RowItem = RowValue | { readonly from: RowValue | null; readonly to: RowValue | null };

/** One simple condition, as a filter bar shows it. */
export interface FilterRow {
  /** As expressions name it: `account.name`, `amount.currency`. */
  readonly path: string;
  readonly op: RowOperator;
  /** A list for `in` and `not in`, null for `is empty` and `is not empty`, else one value. */
  readonly value: RowValue | readonly RowItem[] | null;
}

/** Writes rows that must all hold as one expression; '' when there are none. */
export const conjunction = (rows: readonly FilterRow[]): string => rows.map(writtenRow).join(' and ');

/**
 * Reads an expression back into rows; null when it isn't a plain *all of these* of simple conditions, so that
 * it can only be shown as text. What the names mean isn't looked at.
 */
export function rowsOf(text: string): readonly FilterRow[] | null {
  if (text.trim() === '') return [];
  const syntax = parseSyntax(text);
  if ('mistakes' in syntax) return null;
  const top = unwrapped(syntax.tree.topNode.firstChild);
  if (!top) return null;
  const rows = (top.name === 'And' ? childrenOf(top) : [top]).map((node) =>
    rowOf(unwrapped(node) ?? node, text),
  );
  return rows.every((row) => row !== null) ? rows : null;
}

/** Writes a row as an expression. */
export function writtenRow({ path, op, value }: FilterRow): string {
  if (!stands(path, 'Path')) throw new Error(`${path} isn’t a name`);
  if (op === 'is empty' || op === 'is not empty') return `${path} ${op}`;
  if (isList(value)) {
    if (value.length === 0) throw new Error(`${path} ${op} needs a value`);
    return `${path} ${op} (${value.map(writtenItem).join(', ')})`;
  }
  if (value === null) throw new Error(`${path} ${op} needs a value`);
  return `${path} ${op} ${writtenValue(value)}`;
}

const isList = (value: FilterRow['value']): value is readonly RowItem[] => Array.isArray(value);

function writtenItem(item: RowItem): string {
  if (typeof item === 'string' || 'bare' in item) return writtenValue(item);
  const [from, to] = [item.from, item.to].map((bound) => (bound === null ? '' : writtenValue(bound)));
  if (from === '' && to === '') throw new Error('a range needs a bound');
  return `${from}..${to}`;
}

function writtenValue(value: RowValue): string {
  if (typeof value === 'string') return quote(value);
  // Whatever isn't exactly one value could change what the rest of the expression means.
  if (!operands.some((kind) => stands(value.bare, kind))) throw new Error(`${value.bare} isn’t a value`);
  return value.bare;
}

const operands = [
  'Path',
  'Number',
  'Negative',
  'Date',
  'DateTime',
  'Boolean',
  'MyTeams',
  'Arithmetic',
] as const;

/** True when the text is one node of that kind and nothing else. */
function stands(text: string, kind: string): boolean {
  const syntax = parseSyntax(text);
  return 'tree' in syntax && isOnly(syntax.tree, kind);
}

const isOnly = (tree: Tree, kind: string): boolean => tree.topNode.firstChild?.name === kind;

/** A single condition in parentheses is that condition. */
export function unwrapped(node: SyntaxNode | null): SyntaxNode | null {
  let inner = node;
  while (inner?.name === 'Parens') {
    const [only, further] = childrenOf(inner);
    if (!only || further) return null;
    inner = only;
  }
  return inner;
}

/** Reads a condition as a row; null when no row can show it. */
export function rowOf(node: SyntaxNode, text: string): FilterRow | null {
  const children = childrenOf(node);
  const [subject] = children;
  const target = children.at(-1);
  const source = (of: SyntaxNode): string => text.slice(of.from, of.to);
  if (node.name === 'Path') return { path: dotted(node, text), op: '=', value: { bare: 'true' } };
  if (node.name === 'Not') return negatedName(unwrapped(target ?? null), text);
  if (subject?.name !== 'Path' || !target) return null;
  const path = dotted(subject, text);
  const negated = node.getChild('Negated') !== null;
  switch (node.name) {
    case 'Empty':
      return { path, op: negated ? 'is not empty' : 'is empty', value: null };
    case 'Compare': {
      const value = valueOfNode(target, text);
      const sign = children[1] ? source(children[1]) : '';
      return value === null ? null : { path, op: signs[sign] ?? (sign as RowOperator), value };
    }
    case 'Match': {
      const value = valueOfNode(target, text);
      const way = source(node.getChild('MatchOp') ?? node)
        .toLowerCase()
        .replace(/\s+/g, ' ');
      return value === null ? null : { path, op: `${negated ? 'not ' : ''}${way}` as RowOperator, value };
    }
    case 'In': {
      const items = (target.name === 'Parens' ? childrenOf(target) : [target]).map((item) =>
        itemOf(item, text),
      );
      const value = items.filter((item) => item !== null);
      return value.length === items.length ? { path, op: negated ? 'not in' : 'in', value } : null;
    }
    default:
      return null;
  }
}

const signs: Readonly<Record<string, RowOperator>> = { '!=': '<>', '≠': '<>', '≤': '<=', '≥': '>=' };

/** `not urgent` is `urgent <> true`, which holds of missing values as well. */
const negatedName = (node: SyntaxNode | null, text: string): FilterRow | null =>
  node?.name === 'Path' ? { path: dotted(node, text), op: '<>', value: { bare: 'true' } } : null;

const dotted = (node: SyntaxNode, text: string): string =>
  childrenOf(node)
    .map((name) => text.slice(name.from, name.to))
    .join('.');

function itemOf(node: SyntaxNode, text: string): RowItem | null {
  if (node.name !== 'Range') return valueOfNode(node, text);
  const dots = childrenOf(node).find((child) => child.name === '..');
  const bounds = childrenOf(node).filter((child) => child.name !== '..');
  const read = bounds.map((bound) => ({
    isFrom: dots !== undefined && bound.from < dots.from,
    value: valueOfNode(bound, text),
  }));
  if (read.some(({ value }) => value === null)) return null;
  return {
    from: read.find(({ isFrom }) => isFrom)?.value ?? null,
    to: read.find(({ isFrom }) => !isFrom)?.value ?? null,
  };
}

function valueOfNode(node: SyntaxNode, text: string): RowValue | null {
  const source = text.slice(node.from, node.to);
  if (node.name === 'String') return unquote(source);
  return operands.some((kind) => kind === node.name) ? { bare: source } : null;
}
