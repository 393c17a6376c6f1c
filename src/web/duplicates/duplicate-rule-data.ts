import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { fieldNamed } from '../data/describe.ts';

/** The criterion of a rule that is about the threshold. */
export const thresholdName = 'threshold';

/** What an administrator says that a criterion counts. */
export interface DuplicateRule extends RecordOut {
  readonly entity: string;
  readonly criterion: string;
  readonly points: number;
  readonly against: number;
}

/** A criterion of an entity, or its threshold: what it counts as delivered and now. */
export interface CriterionRow {
  readonly criterion: string;
  /** What is compared, in the reader’s language; null = the threshold. */
  readonly compared: string | null;
  readonly how: 'same' | 'like' | null;
  readonly delivered: { readonly points: number; readonly against: number };
  readonly points: number;
  readonly against: number;
  /** Those who said so, the newest last; it holds. */
  readonly rules: readonly DuplicateRule[];
}

/** The criteria of an entity with what is said of them, its threshold last. */
export function criterionRows(
  entity: EntityDescription,
  rules: readonly DuplicateRule[],
): readonly CriterionRow[] {
  const matching = entity.duplicateMatching;
  if (!matching) return [];
  const rowOf = (row: Pick<CriterionRow, 'criterion' | 'compared' | 'how' | 'delivered'>): CriterionRow => {
    const said = rules
      .filter((rule) => rule.entity === entity.name && rule.criterion === row.criterion)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const last = said.at(-1);
    return {
      ...row,
      rules: said,
      points: last ? last.points : row.delivered.points,
      against: last ? last.against : row.delivered.against,
    };
  };
  return [
    ...matching.criteria.map(({ name, anyOf, how, weight, unlike }) =>
      rowOf({
        criterion: name,
        compared: anyOf.map((each) => fieldNamed(entity, each)?.label ?? each).join(', '),
        how,
        delivered: { points: weight, against: unlike },
      }),
    ),
    rowOf({
      criterion: thresholdName,
      compared: null,
      how: null,
      delivered: { points: matching.threshold, against: 0 },
    }),
  ];
}
