import {
  type DuplicateAcross,
  type DuplicateCriterion,
  type DuplicateMatching,
  surely,
} from '../../model/duplicate.ts';
import type { Field } from '../../model/field.ts';
import type { Values } from '../../model/record.ts';
import { type FieldLikeness, likenessOf } from './likeness.ts';

/** A field of a criterion, with how its values are compared. */
export interface ComparedField {
  readonly field: Field;
  readonly likeness: FieldLikeness;
}

/** A criterion with those of its fields that may be compared. */
export interface Comparison {
  readonly criterion: DuplicateCriterion;
  readonly fields: readonly ComparedField[];
  /** Those of the other record, which may be of another entity. */
  readonly others: readonly ComparedField[];
}

/** How records are compared, as far as somebody may see their fields. */
export interface Comparing {
  readonly threshold: number;
  readonly comparisons: readonly Comparison[];
}

/** What a criterion counts of two records. */
export interface Point {
  readonly criterion: string;
  /** Fields that are alike; of records that differ in it, those compared. */
  readonly fields: readonly Field[];
  /** 1 the same, −1 others. */
  readonly likeness: number;
  readonly points: number;
}

/** How alike two records are: points from 0 to 100, and what they are made of. */
export interface Score {
  readonly score: number;
  readonly points: readonly Point[];
}

/** How records are compared by what may be seen of `fields`; criteria of which nothing may be seen don't count. */
export const comparingBy = (
  matching: DuplicateMatching,
  fields: Readonly<Record<string, Field>>,
): Comparing => ({
  threshold: matching.threshold,
  comparisons: matching.criteria.flatMap((criterion) => {
    const compared = comparedOf(criterion.anyOf, fields);
    return compared.length > 0 ? [{ criterion, fields: compared, others: compared }] : [];
  }),
});

/** How records are compared with those of another entity, by what may be seen of the fields of both. */
export const comparingAcross = (
  matching: DuplicateMatching,
  across: DuplicateAcross,
  fields: Readonly<Record<string, Field>>,
  otherFields: Readonly<Record<string, Field>>,
): Comparing => ({
  threshold: matching.threshold,
  comparisons: matching.criteria.flatMap((criterion) => {
    const names = criterion.anyOf.filter((name) => across.fields[name] !== undefined);
    const own = comparedOf(names, fields);
    const others = comparedOf(
      names.map((name) => across.fields[name] ?? ''),
      otherFields,
    );
    return own.length > 0 && others.length > 0 ? [{ criterion, fields: own, others }] : [];
  }),
});

const comparedOf = (
  names: readonly string[],
  fields: Readonly<Record<string, Field>>,
): readonly ComparedField[] =>
  names.flatMap((name) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const likeness = field ? likenessOf(field) : null;
    return field && likeness ? [{ field, likeness }] : [];
  });

/** The fields that are compared, each once, of what is looked at or of what is looked through. */
export const comparedFields = (
  { comparisons }: Comparing,
  side: 'fields' | 'others' = 'fields',
): readonly Field[] => [...new Set(comparisons.flatMap((each) => each[side].map(({ field }) => field)))];

/** Compares two records by everything both say something of. */
export function scoreOf({ comparisons }: Comparing, one: Values, other: Values): Score {
  const points = comparisons.flatMap((comparison) => pointOf(comparison, one, other) ?? []);
  const sum = points.reduce((all, point) => all + point.points, 0);
  return { score: Math.max(0, Math.min(surely, sum)), points };
}

function pointOf({ criterion, fields, others }: Comparison, one: Values, other: Values): Point | null {
  let best: { readonly likeness: number; readonly fields: readonly Field[] } | null = null;
  for (const a of fields) {
    const value = one[a.field.name] ?? null;
    if (value === null) continue;
    for (const b of others) {
      const otherValue = other[b.field.name] ?? null;
      if (otherValue === null || a.field.type !== b.field.type) continue;
      const likeness = likenessBetween(criterion, a.likeness, value, otherValue);
      if (likeness !== 0 && (best === null || likeness > best.likeness))
        best = { likeness, fields: a.field.name === b.field.name ? [a.field] : [a.field, b.field] };
    }
  }
  if (best === null) return null;
  const points = Math.round((best.likeness > 0 ? criterion.weight : criterion.unlike) * best.likeness);
  return points === 0 ? null : { criterion: criterion.name, ...best, points };
}

function likenessBetween(
  { how }: DuplicateCriterion,
  likeness: FieldLikeness,
  one: unknown,
  other: unknown,
): number {
  if (how === 'like') return likeness.between(one, other);
  const [a, b] = [likeness.of(one), likeness.of(other)];
  if (a === null || b === null) return 0;
  return a === b ? 1 : -1;
}
