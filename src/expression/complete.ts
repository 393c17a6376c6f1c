import { fold } from '../lib/fold.ts';
import type { Labels } from '../lib/locale.ts';
import type { Entity } from '../model/entity.ts';
import { functionNames, specialFunctions, valueFunctions } from './functions.ts';
import { isOrdered, kindLabels } from './kinds.ts';
import { quote } from './quote.ts';
import { relationsOf, resolveRelation } from './relations.ts';
import { isUnresolved, knownCodes, namedEntities, nextNames, resolvePath, type Scope } from './scope.ts';
import type { ResolvedPath } from './tree.ts';

/** Something that may be written at a place. */
export interface CompletionOption {
  readonly label: string;
  /** What it is: a field's name for people, a function's usage. */
  readonly detail: Labels | string;
  readonly kind: 'field' | 'relation' | 'function' | 'operator' | 'value' | 'word';
  /** The text to put in place of `from`..`to`. */
  readonly apply: string;
}

/** What may be written at a position, in place of the word begun there. */
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly options: readonly CompletionOption[];
}

const token =
  /\s+|(?<text>"(?:[^"]|"")*"?|'(?:[^']|'')*'?)|(?<name>[\p{L}_][\p{L}\p{N}_]*(?:-[\p{L}_][\p{L}\p{N}_]*)*(?:\.[\p{L}_][\p{L}\p{N}_-]*)*\.?)|(?<sign><>|!=|<=|>=|[=<>≠≤≥])|\d[\d.T:Z-]*|\.\.|./gsu;
const joining: ReadonlySet<string> = new Set(['', '(', ',', 'and', 'or', 'not']);
const comparing: ReadonlySet<string> = new Set([
  'in',
  'contains',
  'with',
  '=',
  '<>',
  '!=',
  '≠',
  '<',
  '<=',
  '≤',
  '>',
  '>=',
  '≥',
]);
const calculating: ReadonlySet<string> = new Set(['+', '-', '*', '/', '..']);
const overRelations: ReadonlySet<string> = new Set([
  'any',
  'none',
  'all',
  'count',
  'sum',
  'avg',
  'min',
  'max',
]);

/** Says what may follow at a position of an expression that is being written; it need not be right so far. */
export function complete(text: string, position: number, scope: Scope): Completion {
  const at = Math.max(0, Math.min(position, text.length));
  const read = tokensOf(text.slice(0, at));
  const last = read.at(-1);
  if (last?.groups?.text !== undefined && !isClosed(last[0])) return { from: at, to: at, options: [] };
  const begun = last?.groups?.name !== undefined && last.index + last[0].length === at ? last[0] : '';
  const dot = begun.lastIndexOf('.');
  const from = at - (begun.length - dot - 1);
  const before = (begun === '' ? read : read.slice(0, -1)).map((match) => match[0]);
  const place = placeIn(before, scope);
  const found = place ? optionsAt(before, dot < 0 ? [] : begun.slice(0, dot).split('.'), place) : [];
  const word = fold(begun.slice(dot + 1));
  const to = at + (/^[\p{L}\p{N}_]*/u.exec(text.slice(at))?.[0].length ?? 0);
  return {
    from,
    to,
    options: [
      ...found.filter(({ label }) => fold(label).startsWith(word)),
      ...found.filter((option) => !fold(option.label).startsWith(word) && isNamedSo(option, word)),
    ].slice(0, 100),
  };
}

/** True when a word of a field's, relation's or value's name for people begins so, in any language. */
const isNamedSo = ({ kind, detail }: CompletionOption, word: string): boolean =>
  typeof detail === 'object' &&
  kind !== 'operator' &&
  Object.values(detail).some((label) =>
    fold(label)
      .split(/[^\p{L}\p{N}]+/u)
      .some((each) => each.startsWith(word)),
  );

const tokensOf = (text: string): readonly RegExpExecArray[] =>
  [...text.matchAll(token)].filter((match) => match[0].trim() !== '');

const isClosed = (literal: string): boolean => literal.length > 1 && literal.at(-1) === literal[0];

/** Where a word stands: what names mean there, and whether a relation is asked for. */
interface Place {
  readonly scope: Scope;
  readonly wantsRelation: 'only' | 'also' | 'no';
}

/** Follows the parentheses that are open into the relations they ask about; null where that can't be told. */
function placeIn(before: readonly string[], scope: Scope): Place | null {
  const open: { name: string; first: string; commas: number }[] = [];
  for (const [at, each] of before.entries()) {
    const top = open.at(-1);
    if (each === '(')
      open.push({ name: before[at - 1]?.toLowerCase() ?? '', first: before[at + 1] ?? '', commas: 0 });
    else if (each === ')') open.pop();
    else if (each === ',' && top) top.commas += 1;
  }
  let within = scope;
  for (const { name, first, commas } of open) {
    if (!overRelations.has(name)) continue;
    const relation = resolveRelation(first.split('.'), within);
    if (commas > 0 && !isUnresolved(relation)) within = { ...within, entity: relation.to, change: false };
    else if (commas > 0 && name !== 'min' && name !== 'max') return null;
  }
  const top = open.at(-1);
  const asked = top !== undefined && overRelations.has(top.name) && top.commas === 0 && before.at(-1) === '(';
  const either = top?.name === 'min' || top?.name === 'max';
  return { scope: within, wantsRelation: asked ? (either ? 'also' : 'only') : 'no' };
}

function optionsAt(
  before: readonly string[],
  through: readonly string[],
  { scope, wantsRelation }: Place,
): readonly CompletionOption[] {
  const previous = before.at(-1)?.toLowerCase() ?? '';
  const relations = wantsRelation === 'no' || through.length > 0 ? [] : relationOptions(scope);
  if (wantsRelation === 'only') return [...relations, ...fieldOptions(scope, through, true)];
  if (through.length > 0) return fieldOptions(scope, through, false);
  if (joining.has(previous) || calculating.has(previous)) {
    const sign = before.findLastIndex((each) => comparing.has(each.toLowerCase()));
    const listed =
      sign >= 0 &&
      previous !== 'and' &&
      previous !== 'or' &&
      before.slice(sign + 1).every((each) => !/^(?:and|or)$/i.test(each));
    const values = listed ? valueOptions(pathBefore(before, sign, scope), scope) : [];
    const negation =
      joining.has(previous) && previous !== 'not' && values.length === 0 ? [wordOption('not')] : [];
    return [
      ...values,
      ...relations,
      ...fieldOptions(scope, [], false),
      ...functionOptions(scope),
      ...negation,
    ];
  }
  if (comparing.has(previous))
    return [
      ...valueOptions(pathBefore(before, before.length - 1, scope), scope),
      ...fieldOptions(scope, [], false),
      ...functionOptions(scope),
    ];
  if (previous === 'is') return [wordOption('empty'), wordOption('not empty')];
  if (previous === 'starts' || previous === 'ends') return [wordOption('with')];
  return operatorOptions(before, scope);
}

/** The field that a sign at some place compares; `not` and the first word of two may stand between. */
function pathBefore(before: readonly string[], sign: number, scope: Scope): ResolvedPath | null {
  let at = sign - 1;
  while (/^(?:not|starts|ends)$/i.test(before[at] ?? '')) at -= 1;
  const found = resolvePath((before[at] ?? '').split('.'), scope);
  return isUnresolved(found) ? null : found;
}

function operatorOptions(before: readonly string[], scope: Scope): readonly CompletionOption[] {
  const compared = comparing.has(before.at(-2)?.toLowerCase() ?? '');
  const path = pathBefore(before, before.length, scope);
  const joins = ['and', 'or'].map(wordOption);
  if (compared || !path) return joins;
  const signs = [
    '=',
    '<>',
    ...(isOrdered(path.kind) ? ['<', '<=', '>', '>='] : []),
    'in',
    ...(path.kind === 'text' ? ['contains', 'starts with', 'ends with'] : []),
    ...(path.kind === 'ids' || path.kind === 'codes' ? ['contains'] : []),
    'is empty',
    'is not empty',
  ];
  const operators = signs.map(
    (sign): CompletionOption => ({
      label: sign,
      detail: kindLabels[path.kind],
      kind: 'operator',
      apply: sign,
    }),
  );
  return path.kind === 'boolean' ? [...joins, ...operators] : operators;
}

function valueOptions(path: ResolvedPath | null, scope: Scope): readonly CompletionOption[] {
  if (!path) return [];
  if (path.kind === 'code' || path.kind === 'codes')
    return (knownCodes(path, scope) ?? []).map(({ code, label }) => ({
      label: code,
      detail: label ?? path.field.label,
      kind: 'value',
      apply: /^[a-z_]\w*(?:-[a-z_]\w*)*$/i.test(code) ? code : quote(code),
    }));
  const named = path.kind === 'id' || path.kind === 'ids' ? namedEntities(path) : [];
  const words = [
    ...(path.kind === 'boolean' ? ['true', 'false'] : []),
    ...(path.kind === 'date' ? ['today'] : []),
    ...(path.kind === 'dateTime' ? ['today', 'now'] : []),
    ...(named.includes('user') ? ['me'] : []),
    ...(named.includes('team') ? ['my teams'] : []),
  ];
  return words.map(wordOption);
}

const wordOption = (word: string): CompletionOption => ({
  label: word,
  detail: '',
  kind: 'word',
  apply: word,
});

const fieldOptions = (
  scope: Scope,
  through: readonly string[],
  referencesOnly: boolean,
): readonly CompletionOption[] =>
  nextNames(through, scope, referencesOnly).map(({ name, label }) => ({
    label: name,
    detail: label,
    kind: 'field',
    apply: name,
  }));

function relationOptions(scope: Scope): readonly CompletionOption[] {
  const detail = (of: Entity): Labels => of.label.many;
  return [...relationsOf(scope.entity, scope)].map(([name, { to }]) => ({
    label: name,
    detail: detail(to),
    kind: 'relation',
    apply: name,
  }));
}

const functionOptions = (scope: Scope): readonly CompletionOption[] =>
  functionNames
    .filter((name) => scope.change || (name !== 'old' && name !== 'changed'))
    .map((name) => ({
      label: name,
      detail: valueFunctions[name]?.usage ?? specialFunctions[name] ?? '',
      kind: 'function',
      apply: `${name}(`,
    }));
