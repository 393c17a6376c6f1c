import type { RecordOut } from './record.ts';

/** A text elsewhere that names the person: for somebody to read and decide. */
export interface Mention {
  readonly entity: string;
  readonly id: string;
  readonly label: string | null;
  readonly field: string;
  /** Of what the field holds now, or of what its history tells. */
  readonly where: 'record' | 'history';
}

/** What erasing a person did, and what is left for somebody to look at. */
export interface Erased {
  /** Null when the asker may not read it. */
  readonly record: RecordOut | null;
  /** The fields that say nothing any more. */
  readonly fields: readonly string[];
  /** How many events of the log were changed. */
  readonly events: number;
  /** The files of imports of which only the headings are left. */
  readonly files: readonly string[];
  /** Texts of other records that name the person: they stay, for somebody to decide. */
  readonly mentions: readonly Mention[];
  /** False when there are more mentions than these. */
  readonly complete: boolean;
}
