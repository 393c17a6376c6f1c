import type { Comparable } from '../../fields/field-type.ts';
import { fieldType } from '../../fields/index.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { refuseUnknown } from './mistakes.ts';

/** What a dotted path of an entity names: `amount.currency`, `account.owner.name`. */
export interface Place {
  /** The reference fields followed to reach it, from the root on. */
  readonly through: readonly Field[];
  /** The entity that holds the field. */
  readonly entity: Entity;
  readonly field: Field;
  /** The part of the field's value, '' for all of it. */
  readonly part: string;
}

/** Why a path names nothing: the name that is unknown, and which are known there. */
export interface Nowhere {
  readonly unknown: string;
  readonly entity: Entity;
  readonly known: readonly string[];
}

/** How many references a path may follow. */
const deepest = 4;

/** Finds what `path` names among the fields that the reader may see; hidden ones are unknown. */
export function findPlace(ctx: Ctx, entity: Entity, path: string): Place | Nowhere {
  const names = path.split('.');
  const through: Field[] = [];
  let at = entity;
  for (let step = 0; ; step++) {
    const fields = readableFields(ctx, at);
    const name = names[step] ?? '';
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) return { unknown: name, entity: at, known: Object.keys(fields) };
    const rest = names.slice(step + 1);
    if (rest.length === 0) return { through, entity: at, field, part: '' };
    const target = referenceTarget(field);
    if (target === null || through.length === deepest) {
      const parts = partsOf(field);
      const part = rest.join('.');
      if (Object.hasOwn(parts, part)) return { through, entity: at, field, part };
      return { unknown: part, entity: at, known: Object.keys(parts).filter((known) => known !== '') };
    }
    through.push(field);
    at = entityOf(ctx.workspace.model, target);
  }
}

/** `findPlace` for a path that a person sent as `parameter`; refuses what names nothing. */
export function placeOf(ctx: Ctx, entity: Entity, path: string, parameter: string): Place {
  const place = findPlace(ctx, entity, path);
  if (!('unknown' in place)) return place;
  throw refuseUnknown({ parameter, path, name: place.unknown, entity: place.entity, known: place.known });
}

/** The comparable paths of a field: '' for itself, others for its parts. */
export const partsOf = (field: Field): Readonly<Record<string, Comparable>> =>
  fieldType(field.type).paths(field);

/** The entity that a reference to one entity names; null for any other field. */
export function referenceTarget(field: Field): string | null {
  return field.type === 'reference' ? (targetsOf(field)[0] ?? null) : null;
}

/** The entities that a field's ids name records of; none when it's no reference. */
export function targetsOf(field: Field): readonly string[] {
  const target = fieldType(field.type).target?.(field);
  return target?.to === 'records' ? target.entities : [];
}
