import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import type { Column } from './columns.ts';

/** What both faces of a list, the grid and the cards, are given. */
export interface ListView {
  readonly entity: EntityDescription;
  readonly columns: readonly Column[];
  readonly rows: readonly RecordOut[];
  /** How many match, where that is known. */
  readonly total: number | null;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (ids: ReadonlySet<string>) => void;
  /** Taps select instead of opening: chosen on narrow screens, which have no boxes beside each row. */
  readonly isSelecting: boolean;
  readonly onOpen: (record: RecordOut) => void;
  /** The end of what is loaded comes into sight. */
  readonly onEnd: () => void;
  readonly isMore: boolean;
  /** Rows of the view before, while those of this one are on their way. */
  readonly isStale: boolean;
}

/** A selection with one record more or less. */
export function toggled(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}
