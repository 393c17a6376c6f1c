import type { Comparable, ComparableKind } from '../fields/field-type.ts';
import { fieldType } from '../fields/index.ts';
import type { Labels } from '../lib/locale.ts';
import type { Message, MessageParams } from '../lib/message.ts';
import type { Model } from '../model/declarations.ts';
import type { Entity } from '../model/entity.ts';
import type { Field } from '../model/field.ts';
import { meaningMessages } from './messages.ts';
import { nearest } from './nearest.ts';
import { limits } from './syntax.ts';
import type { BaseAttribute, ResolvedPath, Step } from './tree.ts';

/** A code of a closed list or of a base-value list, with its name for people where known. */
export interface KnownCode {
  readonly code: string;
  readonly label?: Labels;
}

/** What the names of an expression may mean. */
export interface Scope {
  readonly entity: Entity;
  readonly model: Model;
  /** Fields the asker may not see; they resolve exactly as unknown ones. */
  readonly hidden?: (entity: Entity, field: Field) => boolean;
  /** Whether a change is at hand, so that `changed(field)` and `old(field)` mean something. */
  readonly change?: boolean;
  /** The values of a base-value list; left out or null = its codes aren't checked. */
  readonly codes?: (list: string) => readonly KnownCode[] | null;
}

/** Why a name means nothing: what to say about which of its segments, and what may have been meant. */
export interface Unresolved {
  readonly message: Message;
  readonly params: MessageParams;
  /** Index of the first segment that failed. */
  readonly segment: number;
  /** Names that may stand in that segment's place. */
  readonly suggestions: readonly string[];
}

const attributes: Readonly<Record<BaseAttribute, ComparableKind>> = {
  class: 'code',
  probability: 'number',
  active: 'boolean',
  position: 'number',
};

/** Finds what a dotted name means: fields, fields through references, parts of fields, attributes of base values. */
export function resolvePath(segments: readonly string[], scope: Scope): ResolvedPath | Unresolved {
  const steps: Step[] = [];
  let entity = scope.entity;
  for (let at = 0; at < segments.length; at += 1) {
    const name = segments[at] ?? '';
    const field = visibleField(entity, name, scope);
    if (!field) return unknownField(entity, name, at, scope);
    const rest = segments.slice(at + 1);
    const paths = fieldType(field.type).paths(field);
    const own = paths[rest.join('.')];
    const found = { text: segments.join('.'), steps, entity, field };
    if (own) return { ...found, part: rest.join('.'), comparable: own, attribute: null, kind: own.kind };

    const target = fieldType(field.type).target?.(field);
    if (target?.to === 'list' && rest.length === 1 && paths[''])
      return attributePath(found, paths[''], target.list, rest[0] ?? '', at + 1);
    if (rest.length === 0) return onlyParts(field, paths, at);
    const to =
      target?.to === 'records' && target.entities.length === 1
        ? scope.model.entities.get(target.entities[0] ?? '')
        : undefined;
    if (!to) return unknownPart(field, rest[0] ?? '', at + 1, Object.keys(paths));
    if (paths['']?.kind === 'ids')
      return {
        message: meaningMessages.several,
        params: { field: field.name },
        segment: at + 1,
        suggestions: [],
      };
    if (steps.length === limits.steps)
      return {
        message: meaningMessages.tooFar,
        params: { limit: limits.steps },
        segment: at + 1,
        suggestions: [],
      };
    steps.push({ from: entity, field, to });
    entity = to;
  }
  return unknownField(entity, '', segments.length, scope);
}

/** True of what `resolvePath` answers for a name that means nothing. */
export const isUnresolved = <T extends object>(found: T | Unresolved): found is Unresolved =>
  'segment' in found;

/** Another part of a path's field: the currency of an amount; null when there is none. */
export function partOf(path: ResolvedPath, part: string): ResolvedPath | null {
  const comparable = fieldType(path.field.type).paths(path.field)[part];
  return comparable
    ? { ...path, text: `${path.text}.${part}`, part, comparable, kind: comparable.kind, attribute: null }
    : null;
}

/** A path's field and all its parts. */
export const partsOf = (path: ResolvedPath): readonly ResolvedPath[] =>
  Object.keys(fieldType(path.field.type).paths(path.field)).flatMap((part) =>
    part === path.part ? [path] : (partOf(path, part) ?? []),
  );

/** The entities whose records a path of kind `id` or `ids` names. */
export function namedEntities(path: ResolvedPath): readonly string[] {
  const target = fieldType(path.field.type).target?.(path.field);
  if (target?.to === 'records') return target.entities;
  return path.kind === 'id' ? [path.entity.name] : [];
}

/** The names that may follow some others and a dot: fields, parts of a field, attributes of a base value. */
export function nextNames(
  through: readonly string[],
  scope: Scope,
  referencesOnly: boolean,
): readonly { readonly name: string; readonly label: Labels }[] {
  let entity = scope.entity;
  for (const [at, name] of through.entries()) {
    const field = visibleField(entity, name, scope);
    if (!field) return [];
    const target = fieldType(field.type).target?.(field);
    const paths = fieldType(field.type).paths(field);
    const to = target?.to === 'records' && target.entities.length === 1 ? target.entities[0] : undefined;
    const next = paths['']?.kind === 'id' && to !== undefined ? scope.model.entities.get(to) : undefined;
    if (next) {
      entity = next;
      continue;
    }
    if (at < through.length - 1 || referencesOnly) return [];
    const parts = Object.entries(paths).filter(([part]) => part !== '');
    const told = target?.to === 'list' ? Object.keys(attributes) : [];
    return [
      ...parts.map(([part, { label }]) => ({ name: part, label: label ?? field.label })),
      ...told.map((attribute) => ({ name: attribute, label: field.label })),
    ];
  }
  const isOne = (field: Field): boolean =>
    fieldType(field.type).paths(field)['']?.kind === 'id' && field.type !== 'id';
  return Object.values(entity.fields)
    .filter((field) => !scope.hidden?.(entity, field) && (!referencesOnly || isOne(field)))
    .map(({ name, label }) => ({ name, label }));
}

/** The codes a path of kind `code` or `codes` may hold; null when they aren't known here. */
export function knownCodes(path: ResolvedPath, scope: Scope): readonly KnownCode[] | null {
  const target = fieldType(path.field.type).target?.(path.field);
  if (path.attribute) {
    const classes = scope.model.lists.get(path.attribute.list)?.classes;
    return classes ?? null;
  }
  if (target?.to === 'list') return scope.codes?.(target.list) ?? null;
  if (target?.to === 'records' && path.kind === 'code') return target.entities.map((code) => ({ code }));
  const { values } = path.field.options;
  if (target || path.part !== '' || !Array.isArray(values)) return null;
  return values.filter(
    (value: unknown): value is KnownCode => typeof value === 'object' && value !== null && 'code' in value,
  );
}

function visibleField(entity: Entity, name: string, scope: Scope): Field | null {
  const field = Object.hasOwn(entity.fields, name) ? entity.fields[name] : undefined;
  return field && !scope.hidden?.(entity, field) ? field : null;
}

function unknownField(entity: Entity, name: string, segment: number, scope: Scope): Unresolved {
  const visible = Object.values(entity.fields).filter((field) => !scope.hidden?.(entity, field));
  const labelled = visible.filter((field) =>
    Object.values(field.label).some((label) => label.toLowerCase() === name.toLowerCase()),
  );
  const suggestions =
    labelled.length > 0
      ? labelled.map((field) => field.name)
      : nearest(
          name,
          visible.map((field) => field.name),
        );
  return {
    message: meaningMessages.unknownField,
    params: { entity: entity.label.one, name },
    segment,
    suggestions,
  };
}

function unknownPart(field: Field, name: string, segment: number, parts: readonly string[]): Unresolved {
  const named = parts.filter((part) => part !== '');
  const close = nearest(name, named);
  const suggestions = close.length > 0 ? close : named.slice(0, 6);
  return { message: meaningMessages.unknownPart, params: { field: field.name, name }, segment, suggestions };
}

function onlyParts(field: Field, paths: Readonly<Record<string, Comparable>>, segment: number): Unresolved {
  const suggestions = Object.keys(paths)
    .map((part) => `${field.name}.${part}`)
    .slice(0, 6);
  return { message: meaningMessages.onlyParts, params: { field: field.name }, segment, suggestions };
}

function attributePath(
  found: Pick<ResolvedPath, 'text' | 'steps' | 'entity' | 'field'>,
  comparable: Comparable,
  list: string,
  name: string,
  segment: number,
): ResolvedPath | Unresolved {
  if (!isAttribute(name)) return unknownPart(found.field, name, segment, Object.keys(attributes));
  return { ...found, part: '', comparable, attribute: { list, name }, kind: attributes[name] };
}

const isAttribute = (name: string): name is BaseAttribute => Object.hasOwn(attributes, name);
