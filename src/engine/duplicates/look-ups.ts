import type { Values } from '../../model/record.ts';
import type { LikePlace } from './likeness.ts';
import type { ComparedField, Comparing, Comparison } from './score.ts';

/** A value by which records worth comparing are found. */
export interface LookUp {
  /** Names where and how it is looked for; values looked for alike go together. */
  readonly way: string;
  readonly at: LikePlace;
  readonly kind: 'text' | 'uuid';
  readonly text: string;
  readonly isBeginning: boolean;
  /** Of a criterion too weak to find a record by itself: what is found must have one of `parts` at one of these. */
  readonly partPlaces: readonly LikePlace[];
  readonly parts: readonly string[];
}

/** What a record with these values is looked for by. */
export function lookUpsOf(comparing: Comparing, values: Values): readonly LookUp[] {
  const who = whoIs(comparing);
  return comparing.comparisons.flatMap((comparison) => {
    if (isStrong(comparing, comparison)) return bySearches(comparison, values, null, []);
    const parts = who ? partsOf(who.own, values) : [];
    return who && parts.length > 0 ? bySearches(comparison, values, who.other, parts) : [];
  });
}

/** Whether a criterion by itself is half of what makes two records look the same. */
const isStrong = ({ threshold }: Comparing, { criterion }: Comparison): boolean =>
  criterion.weight * 2 >= threshold;

/** The field that says who a record is, where its parts stand at places of their own, and that of the other one. */
function whoIs({
  comparisons: [first],
}: Comparing): { readonly own: ComparedField; readonly other: ComparedField } | null {
  const own = first?.fields.find(({ likeness }) => likeness.parts !== null);
  const other = first?.others.find(({ likeness }) => likeness.parts !== null);
  return own && other ? { own, other } : null;
}

function partsOf({ field, likeness }: ComparedField, values: Values): readonly string[] {
  const value = values[field.name] ?? null;
  return value === null ? [] : (likeness.parts?.of(value) ?? []);
}

function bySearches(
  { criterion, fields, others }: Comparison,
  values: Values,
  who: ComparedField | null,
  parts: readonly string[],
): readonly LookUp[] {
  const partPlaces = who?.likeness.parts?.places ?? [];
  return fields.flatMap(({ field, likeness }) => {
    const value = values[field.name] ?? null;
    if (value === null) return [];
    const searches = likeness
      .searches(value)
      .filter(({ isBeginning }) => criterion.how === 'like' || !isBeginning);
    return searches.flatMap(({ place, text, isBeginning = false }) =>
      others
        .filter((other) => other.field.type === field.type)
        .flatMap((other): LookUp[] => {
          const at = other.likeness.places[place];
          const way = JSON.stringify([other.field.name, place, isBeginning, partPlaces.length > 0]);
          return at ? [{ way, at, kind: likeness.kind, text, isBeginning, partPlaces, parts }] : [];
        }),
    );
  });
}
