/** A reference as a door answers it; `label` is null when the reader may not see the record. */
export interface ReferenceValue {
  readonly id: string;
  readonly label: string | null;
  /** Of a reference to one of several entities: which one. */
  readonly entity?: string;
}

/** A record as a door answers it: system fields, own fields by name, and what the reader may do to it. */
export interface RecordOut {
  readonly id: string;
  readonly version: number;
  readonly can: {
    readonly update: boolean;
    readonly remove: boolean;
    /** Names of the verbs that can be done to it now; left out where its entity has none. */
    readonly verbs?: readonly string[];
  };
  readonly [field: string]: unknown;
}

/** The values of a record inside the engine: canonical JSON values by field name, references as ids. */
export type Values = Readonly<Record<string, unknown>>;

/** A page of a list. */
export interface Page<T = RecordOut> {
  readonly items: readonly T[];
  /** Opaque cursor of the next page, or null at the end. */
  readonly next: string | null;
  /** Exact up to 10,000 matches, beyond that null unless an exact count was asked for. */
  readonly total: number | null;
}
