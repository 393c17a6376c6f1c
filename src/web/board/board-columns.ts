import type { EntityDescription, FieldDescription, ValueDescription } from '../../model/description.ts';
import type { Totals } from '../data/records.ts';

/** A column of a board: a value of the field it is made by, or none. */
export interface BoardColumn {
  /** Null: the records without a value. */
  readonly code: string | null;
  readonly label: string;
  readonly color: string | null;
  /** What it holds is done with: won, lost. It starts folded and stands at the end. */
  readonly isClosed: boolean;
  /** Cards may be moved into it. */
  readonly takesCards: boolean;
}

const openClass = 'open';

/**
 * The columns of a board in the order of its list, the closed ones last; a value no longer offered, or none at all,
 * has a column only while records are there.
 */
export function boardColumns(
  field: FieldDescription,
  groups: Totals['groups'],
  noValue: string,
): readonly BoardColumn[] {
  const counts = new Map(groups.map(({ key, count }) => [key, count]));
  const isClosed = ({ class: of }: ValueDescription): boolean => of !== null && of !== openClass;
  const shown = field.values
    .filter(({ code, active }) => active || (counts.get(code) ?? 0) > 0)
    .map((value) => ({
      code: value.code,
      label: value.label,
      color: value.color,
      isClosed: isClosed(value),
      takesCards: value.active,
    }));
  const without = { code: null, label: noValue, color: null, isClosed: false, takesCards: !field.required };
  return [
    ...((counts.get(null) ?? 0) > 0 ? [without] : []),
    ...shown.filter((column) => !column.isClosed),
    ...shown.filter((column) => column.isClosed),
  ];
}

/** The fields a card shows below its title. */
export const cardFields = (entity: EntityDescription): readonly FieldDescription[] =>
  (entity.board?.card ?? []).flatMap((name) => entity.fields.find((field) => field.name === name) ?? []);
