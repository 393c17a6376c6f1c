import type { SyntaxNode } from '@lezer/common';
import { argumentsOf, isTotal, misused, namesRelation, totalOf } from './check-relations.ts';
import { type Checking, mistaken, sourceOf } from './checking.ts';
import {
  functionNames,
  type Parameter,
  specialFunctions,
  type ValueFunction,
  valueFunctions,
} from './functions.ts';
import { meaningMessages } from './messages.ts';
import { nearest } from './nearest.ts';
import type { Operation, Value, ValueKind } from './tree.ts';
import { call, commonKind, isDay, isNumeric, literal, typed } from './values.ts';

/** Reads the call of a function as a value. */
export function callOf(checking: Checking, node: SyntaxNode, wanted: ValueKind | null): Value | null {
  const name = functionName(checking, node);
  if (name === 'if') return choice(checking, node, wanted);
  if (name === 'exact') {
    const [only, further] = argumentsOf(node);
    if (!only || further) return misused(checking, node, specialFunctions.exact ?? '');
    const value = checking.readers.value(checking, only, 'text');
    if (!value || value.kind === 'text' || value.kind === 'nothing') return value;
    return misused(checking, only, specialFunctions.exact ?? '');
  }
  if (
    isTotal(name) &&
    (!Object.hasOwn(valueFunctions, name) || namesRelation(checking, argumentsOf(node)[0]))
  )
    return totalOf(checking, node, name);
  if (conditionFunctions.has(name)) {
    const when = checking.readers.condition(checking, node);
    const told = (value: boolean): Value => literal('boolean', { is: 'boolean', value });
    return when && { is: 'if', kind: 'boolean', when, chosen: told(true), otherwise: told(false) };
  }
  const known = Object.hasOwn(valueFunctions, name) ? valueFunctions[name] : undefined;
  if (known) return applied(checking, node, known, wanted);
  const nameNode = node.firstChild ?? node;
  return mistaken(
    checking,
    nameNode,
    meaningMessages.unknownFunction,
    { name: sourceOf(checking, nameNode) },
    nearest(name, functionNames),
  );
}

/** The name of the function a node calls, in small letters. */
export const functionName = (checking: Checking, node: SyntaxNode): string =>
  node.firstChild ? sourceOf(checking, node.firstChild).toLowerCase() : '';

function choice(checking: Checking, node: SyntaxNode, wanted: ValueKind | null): Value | null {
  const [condition, one, other, further] = argumentsOf(node);
  const usage = specialFunctions.if ?? '';
  if (!condition || !one || !other || further) return misused(checking, node, usage);
  const when = checking.readers.condition(checking, condition);
  const chosen = checking.readers.value(checking, one, wanted);
  const otherwise = checking.readers.value(checking, other, chosen?.kind ?? wanted);
  if (!when || !chosen || !otherwise) return null;
  const kind = commonKind([chosen.kind, otherwise.kind]);
  return kind
    ? { is: 'if', kind, when, chosen: typed(chosen, kind), otherwise: typed(otherwise, kind) }
    : mistaken(checking, node, meaningMessages.oneKind);
}

const conditionFunctions: ReadonlySet<string> = new Set(['any', 'none', 'all', 'changed', 'matches']);

const alike: ReadonlySet<Operation> = new Set(['least', 'greatest', 'coalesce']);

function applied(
  checking: Checking,
  node: SyntaxNode,
  known: ValueFunction,
  wanted: ValueKind | null,
): Value | null {
  const given = argumentsOf(node);
  const { parameters, optional, repeats, usage, operation } = known;
  const tooMany = !repeats && given.length > parameters.length;
  if (tooMany || given.length < parameters.length - optional) return misused(checking, node, usage);
  const values: Value[] = [];
  for (const [at, argument] of given.entries()) {
    const parameter = parameters[Math.min(at, parameters.length - 1)] ?? 'any';
    const value = checking.readers.value(
      checking,
      argument,
      parameter === 'any' ? (values[0]?.kind ?? wanted) : helped(parameter),
    );
    if (!value) return null;
    if (!fits(parameter, value)) return misused(checking, argument, usage);
    values.push(value);
  }
  if (operation === 'round' && values[1] && !isPlaces(values[1]))
    return misused(checking, given[1] ?? node, usage);
  const [first] = values;
  if (!first) return null;
  if (alike.has(operation)) {
    const kind = commonKind(values.map((value) => value.kind));
    if (!kind) return mistaken(checking, node, meaningMessages.oneKind);
    if (kind === 'boolean' && operation !== 'coalesce') return misused(checking, node, usage);
    return kind === 'nothing' ? first : call(kind, operation, ...values.map((value) => typed(value, kind)));
  }
  if (operation === 'concat') return call('text', operation, ...values.map((value) => typed(value, 'text')));
  const missing = values.find((value) => value.kind === 'nothing');
  if (missing) return missing;
  if (parameters[0] === 'day') {
    const day = first.kind === 'dateTime' ? call('date', 'date', first) : first;
    return operation === 'date' ? day : call('number', operation, day);
  }
  return call(known.kind ?? first.kind, operation, ...values);
}

const helped = (parameter: Parameter): ValueKind | null =>
  parameter === 'text' ? 'text' : parameter === 'day' ? 'date' : null;

function fits(parameter: Parameter, { kind }: Value): boolean {
  if (parameter === 'any' || kind === 'nothing') return true;
  if (parameter === 'numeric') return isNumeric(kind);
  return parameter === 'day' ? isDay(kind) : kind === parameter;
}

const isPlaces = (value: Value): boolean =>
  value.is === 'literal' && value.value.is === 'number' && /^(?:\d|1[0-2])$/.test(value.value.value);
