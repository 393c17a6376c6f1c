import type { RecordOut, ReferenceValue, Values } from './record.ts';

/** What a verb starts with for one record, as `GET /leads/<id>/convert` answers it. */
export interface VerbOffer {
  readonly available: boolean;
  /** Why it can't be done, in the reader's language. */
  readonly reason: string | null;
  readonly sections: Readonly<
    Record<
      string,
      {
        /** Whether the form has it switched on. */
        readonly wanted: boolean;
        readonly values: Values;
        /** The record that is probably meant. */
        readonly existing: ReferenceValue | null;
      }
    >
  >;
}

/** A record that a verb made or took, by the section it was asked for in. */
export interface MadeRecord extends ReferenceValue {
  readonly section: string;
  readonly entity: string;
  /** False of a record that existed already. */
  readonly isNew: boolean;
}

/** What a verb did, as `POST /leads/<id>/convert` answers it. */
export interface VerbResult {
  readonly verb: string;
  /** Everything was written under this batch: undoing it takes all of it back. */
  readonly batch: string;
  /** What there is to say, in the asker's language: `Converted`. */
  readonly done: string;
  readonly made: readonly MadeRecord[];
  /** The record as it is now; null when the asker doesn't see it any more. */
  readonly record: RecordOut | null;
}
