import type { RecordOut } from './record.ts';

/** Records that become one at once, the one that stays included. */
export const mostMerged = 5;

/** Names, among the changes that the log keeps of a record, that no field can have: what a merge notes. */
export const mergeMarks = {
  /** Of a record that went: the one it went into. */
  into: 'merged-into',
  /** Of the record that stays: those that came to it, `[null, ids]`, or left it again, `[ids, null]`. */
  from: 'merged-from',
} as const;

/** Whether a name among the changes of a record is a note of a merge and no field. */
export const isMergeMark = (name: string): boolean => name === mergeMarks.into || name === mergeMarks.from;

/** What becomes one, and which values stay where that isn't to go by itself. */
export interface MergeOrder {
  /** The records that go. */
  readonly with: readonly string[];
  /** Fields whose value is that of one of the records. */
  readonly take?: Readonly<Record<string, string>>;
  /** Fields with another value. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** What the asker had read of each record: a merge of anything newer is refused. */
  readonly versions?: Readonly<Record<string, number>>;
  /** Tells what would come of it and changes nothing. */
  readonly preview?: boolean;
}

/** What a merge did, or would do. */
export interface MergeResult {
  /** Everything was written under this batch: undoing it takes all of it back. Null of a preview. */
  readonly batch: string | null;
  /** The record that stays, as it is by now; null when the asker doesn’t see it any more. */
  readonly record: RecordOut | null;
  /** The ids that went into it, and that answer with it from now on. */
  readonly merged: readonly string[];
  /** The fields in which the records differ, with the records that each one’s value comes from; none of one given by the asker. */
  readonly fields: readonly { readonly field: string; readonly from: readonly string[] }[];
  /** Fields that stay empty though a record that went had a value, and why. */
  readonly left: readonly { readonly field: string; readonly reason: string }[];
  /** Related records that name the one that stays now, as far as the asker reads them. */
  readonly moved: readonly { readonly entity: string; readonly field: string; readonly count: number }[];
  /** Links that the records had to the same record, and that are one now. */
  readonly united: number;
}
