import { compileExpression } from '../../expression/compile.ts';
import type { Compiled } from '../../expression/tree.ts';
import { fieldType } from '../../fields/index.ts';
import type { DuplicateAcross, DuplicateMatching } from '../../model/duplicate.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { Values } from '../../model/record.ts';
import { mayEver } from '../access/access.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { holdsFor } from '../verbs/availability.ts';
import {
  type Comparing,
  comparedFields,
  comparingAcross,
  comparingBy,
  type Score,
  scoreOf,
} from './score.ts';

/** The fields of an entity by which its records may be compared. */
type FieldsOf = (entity: Entity) => Readonly<Record<string, Field>>;

/** A record as it is compared: not written yet without an id. */
export interface Faced {
  readonly id: string | null;
  readonly values: Values;
}

/** Records of one entity compared with those of the same or of another one. */
export interface Facing {
  /** Names its pairs, whichever of the two is looked at: `contact`, `lead contact`. */
  readonly pairs: string;
  /** Whose records are looked at. */
  readonly own: Entity;
  /** Whose records are looked through; its fields are the `others` of `comparing`. */
  readonly other: Entity;
  /** Whether `own` is the one that declares it; of an entity with itself true. */
  readonly declares: boolean;
  readonly comparing: Comparing;
  /** Beside what is compared, what must be read of the records to judge them. */
  readonly further: { readonly own: readonly Field[]; readonly other: readonly Field[] };
  /** How alike two records are; null when they aren't to be told: one names the other already, or no longer counts. */
  judge(one: Faced, other: Faced): Score | null;
}

/** What must be read of the records that are looked at, or looked through. */
export const fieldsRead = ({ comparing, further }: Facing, side: 'own' | 'other'): readonly Field[] => [
  ...new Set([...comparedFields(comparing, side === 'own' ? 'fields' : 'others'), ...further[side]]),
];

/** How records of an entity are compared with one another; null where nothing tells two of them to be the same. */
export function facingItself(ctx: Ctx, entity: Entity, fieldsOf: FieldsOf): Facing | null {
  const matching = ctx.workspace.matchingOf(entity);
  if (!matching) return null;
  const comparing = comparingBy(matching, fieldsOf(entity));
  return {
    pairs: entity.name,
    own: entity,
    other: entity,
    declares: true,
    comparing,
    further: { own: [], other: [] },
    judge: (one, other) => scoreOf(comparing, one.values, other.values),
  };
}

/** How records of an entity are compared with those of others, as it declares. */
export function facingOthers(ctx: Ctx, entity: Entity, fieldsOf: FieldsOf): readonly Facing[] {
  const matching = ctx.workspace.matchingOf(entity);
  if (!matching) return [];
  return matching.across.flatMap((across) => {
    const other = ctx.workspace.model.entities.get(across.entity);
    return other ? [facingAcross(ctx, [entity, other], matching, across, fieldsOf)] : [];
  });
}

/** The same, seen from the other entity. */
export function turned({ pairs, own, other, declares, comparing, further, judge }: Facing): Facing {
  return {
    pairs,
    own: other,
    other: own,
    declares: !declares,
    comparing: {
      ...comparing,
      comparisons: comparing.comparisons.map(({ criterion, fields, others }) => ({
        criterion,
        fields: others,
        others: fields,
      })),
    },
    further: { own: further.other, other: further.own },
    judge: (one, another) => judge(another, one),
  };
}

/**
 * Everything that records of an entity are compared with: one another, and those of others that it, or they, declare. By
 * what the asker sees, and only what he may read.
 */
export function facingsFor(ctx: Ctx, entity: Entity): readonly Facing[] {
  const fieldsOf: FieldsOf = (each) => readableFields(ctx, each);
  const itself = facingItself(ctx, entity, fieldsOf);
  if (!itself) return [];
  const others = [...ctx.workspace.model.entities.values()].flatMap((each) => {
    if (each === entity) return facingOthers(ctx, entity, fieldsOf);
    if (!ctx.workspace.matchingOf(each)?.across.some((across) => across.entity === entity.name)) return [];
    return facingOthers(ctx, each, fieldsOf)
      .filter(({ other }) => other === entity)
      .map(turned);
  });
  return [itself, ...others.filter(({ other }) => mayEver(ctx, other, 'read'))];
}

/** Names the pairs that records of an entity may be in. */
export function pairNamesOf(ctx: Ctx, entity: Entity): readonly string[] {
  const entities = [...ctx.workspace.model.entities.values()];
  const across = entities.flatMap(({ name, duplicates }) =>
    (duplicates?.across ?? []).map((each) => [name, each.entity] as const),
  );
  const mine = across.filter((names) => names.includes(entity.name));
  return [entity.name, ...mine.map((names) => pairsName(...names))];
}

const pairsName = (own: string, other: string): string => `${own} ${other}`;

function facingAcross(
  ctx: Ctx,
  [own, other]: readonly [Entity, Entity],
  matching: DuplicateMatching,
  across: DuplicateAcross,
  fieldsOf: FieldsOf,
): Facing {
  const fields = { own: fieldsOf(own), other: fieldsOf(other) };
  const comparing = comparingAcross(matching, across, fields.own, fields.other);
  // By what may not be seen nothing is left out either: it would be told by that.
  const names = {
    own: fieldsNaming(own, other).filter(({ name }) => Object.hasOwn(fields.own, name)),
    other: fieldsNaming(other, own).filter(({ name }) => Object.hasOwn(fields.other, name)),
  };
  const condition = across.where === null ? null : conditionOf(ctx, own, across.where);
  const counts = condition?.paths.every(({ field }) => Object.hasOwn(fields.own, field.name))
    ? condition
    : null;
  return {
    pairs: pairsName(own.name, other.name),
    own,
    other,
    declares: true,
    comparing,
    further: {
      own: [...names.own, ...(counts?.paths.map(({ field }) => field) ?? [])],
      other: names.other,
    },
    judge(one, another) {
      if (counts && !holdsFor(ctx, counts, one.values)) return null;
      const isNamed =
        pointTo(names.own, one.values, another.id) || pointTo(names.other, another.values, one.id);
      return isNamed ? null : scoreOf(comparing, one.values, another.values);
    },
  };
}

/** Reference fields by which a record of an entity says which one of the other it is, or what became of it. */
export const fieldsNaming = (entity: Entity, other: Entity): readonly Field[] =>
  Object.values(entity.fields).filter((field) => {
    const target = field.system ? undefined : fieldType(field.type).target?.(field);
    return target?.to === 'records' && target.entities.includes(other.name);
  });

const pointTo = (fields: readonly Field[], values: Values, id: string | null): boolean =>
  id !== null &&
  fields.some((field) => {
    const value = values[field.name] ?? null;
    const named = value === null ? [] : (fieldType(field.type).pointsAt?.(value, field) ?? []);
    return named.some((each) => each.id === id);
  });

const known = new WeakMap<Entity, Map<string, Compiled>>();

/** The condition of what is compared, compiled once per entity as it is declared now. */
function conditionOf(ctx: Ctx, entity: Entity, where: string): Compiled {
  const compiled = known.get(entity) ?? new Map<string, Compiled>();
  known.set(entity, compiled);
  const condition =
    compiled.get(where) ?? compileExpression(where, { entity, model: ctx.workspace.model }, 'where');
  compiled.set(where, condition);
  return condition;
}
