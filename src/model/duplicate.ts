import type { RecordOut } from './record.ts';

/** One thing by which two records are recognised as the same. */
export interface DuplicateCriterion {
  /** kebab-case, names it within its entity. */
  readonly name: string;
  /** Fields any of which is compared with any of the other record's, the likeliest counts. */
  readonly anyOf: readonly string[];
  /** `same`: it means the same, however it is written; `like`: mistyped, shortened or swapped it counts in part. */
  readonly how: 'same' | 'like';
  /** Points for the same. */
  readonly weight: number;
  /** Points taken away when both records say something and surely not the same. */
  readonly unlike: number;
}

/** Records of another entity that may be the same thing: a lead may be a contact there is already. */
export interface DuplicateAcross {
  readonly entity: string;
  /** The fields of the other entity that say the same, by own field; criteria without one don't count. */
  readonly fields: Readonly<Record<string, string>>;
  /** The own records that may still be one of them, an expression over their own fields; null = all. */
  readonly where: string | null;
}

/** What makes two records look like the same thing: the points of the criteria together. */
export interface DuplicateMatching {
  /** The first is who or what it is; those too weak to find a record by themselves look among records like it. */
  readonly criteria: readonly DuplicateCriterion[];
  /** From so many points on two records may be the same. */
  readonly threshold: number;
  /** Other entities whose records are compared with these by the same criteria. */
  readonly across: readonly DuplicateAcross[];
}

/** From so many points on two records are the same as surely as can be told. */
export const surely = 100;

/** Why two records may be the same, in the reader's language. */
export interface DuplicateReason {
  readonly criterion: string;
  readonly fields: readonly string[];
  /** What it counts; below zero: against it. */
  readonly points: number;
  readonly message: string;
}

/** A record that may be what somebody is about to write, as `POST /<plural>/duplicates` answers it. */
export interface Duplicate {
  /** A lead may be a contact: the entity of the record that is there. */
  readonly entity: string;
  readonly id: string;
  readonly label: string | null;
  /** What tells it from others of the same name. */
  readonly detail: string | null;
  /** Points, 100 at most. */
  readonly score: number;
  readonly reasons: readonly DuplicateReason[];
}

/** What was found, the likeliest first; `unread` are values that couldn't be compared, by field. */
export interface Duplicates {
  readonly items: readonly Duplicate[];
  readonly unread: readonly { readonly field: string; readonly message: string }[];
}

/** What people decided of a pair: nothing yet, or that it is none. */
export const pairStates = ['open', 'not-duplicate'] as const;

/** One of `pairStates`. */
export type PairState = (typeof pairStates)[number];

/** Two records that may be the same, as `GET /<plural>/duplicates` answers them. */
export interface DuplicatePair {
  /** The entity of each. */
  readonly entities: readonly [string, string];
  /** The older one first; of two entities, the one that declares the other to be compared. */
  readonly records: readonly [RecordOut, RecordOut];
  readonly score: number;
  readonly reasons: readonly DuplicateReason[];
  readonly state: PairState;
  readonly decidedBy: { readonly id: string; readonly label: string | null } | null;
  readonly decidedAt: string | null;
}

/** How far the search for duplicates among all records of an entity has come. */
export interface DuplicateScan {
  readonly state: 'waiting' | 'scanning' | 'done' | 'cancelled' | 'failed';
  readonly done: number;
  readonly total: number | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** Why it stopped, in the reader's language. */
  readonly stopped: string | null;
  /** Whether what makes two records the same was changed since, so that pairs may be missing. */
  readonly isOutdated: boolean;
}

/** A page of pairs with the state of the scan; null = never looked for. */
export interface DuplicatePairs {
  readonly items: readonly DuplicatePair[];
  readonly next: string | null;
  readonly scan: DuplicateScan | null;
  /** Whether the reader may have all records searched. */
  readonly canScan: boolean;
}
