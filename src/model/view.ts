import type { Labels } from '../lib/locale.ts';

/** How a view shows its records. */
export const viewDisplays = ['list', 'board'] as const;

/** One of `viewDisplays`. */
export type ViewDisplay = (typeof viewDisplays)[number];

/** A view that an entity brings along, for everybody: which of its records, in which order, with which columns. */
export interface View {
  /** kebab-case, unique in its entity: `mine-open`. */
  readonly name: string;
  readonly label: Labels;
  /** An expression; `me`, `today` are those of whoever looks. */
  readonly where: string;
  /** The entity's own where left out. */
  readonly sort?: string;
  readonly columns?: readonly string[];
  readonly display?: ViewDisplay;
}

/** The name that stands for all records, as the entity's list shows them by itself. */
export const allRecords = 'all';
