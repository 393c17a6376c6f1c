/**
 * The shapes of imports as the doors speak them, for server and browser alike. Texts are in the reader's
 * language; times are ISO strings.
 */

/** What is known about an empty, unknown or ambiguous value of a list while importing. */
export type UnknownPolicy = 'create' | 'refuse' | 'empty';

/** What becomes of one value of a column that its list doesn't know: a code of the list, or a policy. */
export type ValueChoice =
  | string
  | { readonly create: true }
  | { readonly empty: true }
  | { readonly refuse: true };

/** By what a cell names another record; left out, the key is tried first, then the id, then the title. */
export type ReferenceBy = 'key' | 'id' | 'title';

/**
 * What becomes of a row whose key and match name no record, but which looks like one there is: a record of its own,
 * a change of that one, nothing, or a refusal.
 */
export type DuplicatePolicy = 'create' | 'update' | 'skip' | 'refuse';

/** Where one column of the file goes. */
export interface ColumnMapping {
  /** The column's name in the file. */
  readonly column: string;
  /** `to` of one of the targets, or null: this column is left out. */
  readonly to: string | null;
  /** Of columns that name other records. */
  readonly by?: ReferenceBy;
  /** What to do with values a list doesn't know; left out: `create` where the importer may, else `refuse`. */
  readonly unknown?: UnknownPolicy;
  /** What single values of the file become, by the text of the cell. */
  readonly values?: Readonly<Record<string, ValueChoice>>;
}

/** How a file fills an entity. Several columns may have the same target: the first one filled wins. */
export interface ImportMapping {
  /** Name of the system the file came from; its keys are known under this name. */
  readonly source: string;
  /** What tells that a row is a record that exists already: `externalKey` or a field's name. */
  readonly match: string;
  readonly columns: readonly ColumnMapping[];
  /** Values for every row whose columns don't fill the target: text as a cell would hold it. */
  readonly constants?: readonly { readonly to: string; readonly value: string }[];
  /** Taken for amounts without a currency, ISO 4217; left out: the workspace's. */
  readonly currency?: string;
  /** How numbers and dates of the file are written. */
  readonly decimal?: '.' | ',';
  readonly dateOrder?: 'ymd' | 'dmy' | 'mdy';
  /** Country of phone numbers without a country code, ISO 3166-1 alpha-2. */
  readonly country?: string;
  /** What becomes of rows that look like a record there is; left out: `create`. */
  readonly duplicates?: DuplicatePolicy;
}

/** Something that a column may fill. */
export interface ImportTarget {
  /** `externalKey`, `id`, a field, a part (`billingAddress.city`), `link:accounts`, `link:accounts:primary`. */
  readonly to: string;
  /** `Billing address · City`. */
  readonly label: string;
  readonly kind: 'key' | 'field' | 'part' | 'reference' | 'link';
  /** Field type; `external-key` and `link` for those. */
  readonly type: string;
  /** A new record needs it (and has no default). */
  readonly required: boolean;
  /** May be the mapping's `match`. */
  readonly isMatch: boolean;
  /** Of references and links: the entity named. */
  readonly entity: string | null;
  /** Of choices and list values: what cells may hold. */
  readonly values: readonly { readonly code: string; readonly label: string }[];
  /** Of list values: whether the asker may add values to the list. */
  readonly canCreateValues: boolean;
}

/** What kind of file it is. */
export type ImportFormat = 'csv' | 'xlsx' | 'jsonl' | 'vcard';

/** A column of the file. */
export interface ImportColumn {
  readonly name: string;
  /** Up to five different filled cells, shortened. */
  readonly samples: readonly string[];
  /** How many rows fill it. */
  readonly filled: number;
}

/** A value of a column that its list doesn't know, and what the mapping does with it. */
export interface UnknownValue {
  readonly value: string;
  readonly rows: number;
  /** Code of the value that is probably meant. */
  readonly suggestion: string | null;
  readonly becomes: ValueChoice;
}

/** The unknown values of one column, most frequent first, at most 200. */
export interface UnknownValues {
  readonly column: string;
  readonly to: string;
  readonly values: readonly UnknownValue[];
  /** Further values that aren't listed. */
  readonly more: number;
}

/** Something the import did or will do that the importer should know. */
export interface ImportNote {
  readonly code: string;
  readonly level: 'info' | 'warning';
  readonly message: string;
  /** How many rows it concerns; null = the whole file. */
  readonly rows: number | null;
}

/**
 * Where an import stands, all files of a set alike. `check`, `run` and `undo` are jobs: poll while `isBusy`. A run
 * that was cancelled or failed can be run on, or undone.
 */
export type ImportStateName =
  | 'draft'
  | 'checking'
  | 'checked'
  | 'running'
  | 'cancelled'
  | 'done'
  | 'failed'
  | 'undoing'
  | 'undone';

/** What became of a row: `merged` ones went into a record that another row of the run, or somebody before, had made. */
export type RowOutcomeName = 'created' | 'updated' | 'merged' | 'skipped' | 'failed';

/** How many rows came to what. Always `position = created + updated + merged + skipped + failed`, and `rows` at the end. */
export interface ImportCounts {
  readonly rows: number;
  /** Rows dealt with. */
  readonly position: number;
  readonly created: number;
  readonly updated: number;
  /** Rows whose record an earlier row of the same run made or changed, or that went into a record they look like. */
  readonly merged: number;
  /** Rows whose record was so already. */
  readonly skipped: number;
  readonly failed: number;
}

/** One file of an import, as lists show it. */
export interface ImportState extends ImportCounts {
  readonly id: string;
  /** The set it belongs to, which is checked, run and undone as one; a single file is a set of one. */
  readonly set: string;
  readonly fileName: string;
  readonly entity: string;
  readonly source: string;
  readonly state: ImportStateName;
  readonly isBusy: boolean;
  readonly createdAt: string;
  readonly createdBy: { readonly id: string; readonly label: string | null } | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly notes: readonly ImportNote[];
  /** Why it stopped, of state `failed`. */
  readonly stopped: string | null;
  readonly undo: ImportUndo | null;
  readonly can: ImportCan;
}

/** What may be done now: `PUT mapping`, `POST check`, `POST run`, `POST cancel`, `POST undo`, `DELETE`. */
export interface ImportCan {
  readonly map: boolean;
  readonly check: boolean;
  /** Of a cancelled or stopped run: go on where it was. */
  readonly run: boolean;
  readonly cancel: boolean;
  readonly undo: boolean;
  readonly remove: boolean;
}

/** A file of a set, with what must be looked at before it can be worked on. */
export interface ImportSetFile extends ImportState {
  /** False of a guess that may be wrong and that nobody has confirmed: nothing is done with it until the entity is said. */
  readonly isEntitySure: boolean;
  /** How much is wrong with its mapping as it is kept. */
  readonly mistakes: number;
  /** Of a workbook: sheets that hold something and aren't part of this file. */
  readonly otherSheets: readonly string[];
}

/** The files that are imported in one run, in the order in which they are worked on; the counts are sums. */
export interface ImportSet extends ImportCounts {
  readonly id: string;
  readonly state: ImportStateName;
  readonly isBusy: boolean;
  readonly createdAt: string;
  readonly createdBy: { readonly id: string; readonly label: string | null } | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly stopped: string | null;
  readonly undo: ImportUndo | null;
  readonly can: ImportCan;
  readonly files: readonly ImportSetFile[];
}

/** What undoing did. */
export interface ImportUndo {
  readonly done: number;
  readonly of: number;
  /** How many records are left as they are; the first 200 are told with their reasons. */
  readonly refusedCount: number;
  readonly refused: readonly {
    readonly entity: string;
    readonly id: string;
    readonly label: string | null;
    readonly reasons: readonly string[];
  }[];
}

/** The answer of `POST /imports`, `GET /imports/<id>`, `PUT /imports/<id>/mapping`. */
export interface ImportDraft extends ImportState {
  readonly columns: readonly ImportColumn[];
  /** The first rows, cells in the order of the columns. */
  readonly preview: readonly (readonly string[])[];
  /** `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`. */
  readonly encoding: string;
  /** `,` `;` tab or `|`; of files without one, the `,` that their refused rows are written with. */
  readonly delimiter: string;
  readonly format: ImportFormat;
  readonly mapping: ImportMapping;
  readonly targets: readonly ImportTarget[];
  readonly unknown: readonly UnknownValues[];
  /** The target first guessed for each column, in their order: what nobody has looked at yet is marked. */
  readonly guess?: readonly (string | null)[];
  /** What is wrong with the mapping as it is kept, all at once; `check` and `run` refuse while there is any. */
  readonly mistakes?: readonly MappingMistake[];
}

/** One thing wrong with a mapping. */
export interface MappingMistake {
  /** `columns[3].to`, `constants[0].value`, `currency` …; the target's name where nothing fills a needed one. */
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** One thing wrong with one row. */
export interface ImportMistake {
  /** The field of the record; '' = the row as a whole. */
  readonly field: string;
  /** The column it came from, where one did. */
  readonly column: string | null;
  readonly code: string;
  readonly message: string;
  readonly value?: unknown;
}

/** What became of a row; the items of `GET /imports/<id>/rows?outcome=&limit=&after=` (a `Page`). */
export interface ImportRowOutcome {
  /** 1 for the first row below the header. */
  readonly row: number;
  /** Line of the file on which the row begins; cells may hold line breaks. */
  readonly line: number;
  readonly outcome: RowOutcomeName;
  readonly record: { readonly entity: string; readonly id: string; readonly label: string | null } | null;
  readonly mistakes: readonly ImportMistake[];
  /** The cells of a refused row, in the order of the columns; null of others. */
  readonly cells: readonly string[] | null;
}
