import type { Door, Verb } from './event.ts';
import type { RecordOut, ReferenceValue } from './record.ts';

/** A field's former and new value in one write, as doors answer values. */
export interface FieldChange {
  readonly field: string;
  readonly label: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Of codes: what people call them. */
  readonly beforeLabel: string | null;
  readonly afterLabel: string | null;
}

/** One write of a record's life. */
export interface HistoryEntry {
  readonly id: string;
  readonly at: string;
  /** Null = the system. */
  readonly actor: ReferenceValue | null;
  readonly door: Door;
  readonly batch: string | null;
  readonly verb: Verb;
  /** The record's version after it. */
  readonly version: number;
  readonly changes: readonly FieldChange[];
  /** Of a merge, or of its undo: the record this one went into, or the records that came to it. */
  readonly merged: {
    readonly into: ReferenceValue | null;
    readonly from: readonly ReferenceValue[];
    /** They became several again. */
    readonly isUndone: boolean;
  } | null;
}

/** A record as it was at a past moment. */
export interface PastRecord extends RecordOut {
  readonly asOf: {
    readonly at: string;
    /** The write that had made it so; null where the log no longer tells. */
    readonly event: {
      readonly id: string;
      readonly at: string;
      readonly actor: ReferenceValue | null;
    } | null;
  };
}
