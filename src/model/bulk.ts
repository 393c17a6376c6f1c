/**
 * The shapes of bulk runs as the doors speak them, for server and browser alike: one verb done to many records as a
 * job. Texts are in the reader's language; times are ISO strings.
 */

/** What is done to each record, besides the declared verbs of its entity. */
export const bulkVerbs = ['update', 'remove', 'restore'] as const;

/** What a run does that undoes a batch too large for one request: the undo of a large run, say. */
export const undoVerb = 'undo';

/** Where a run stands; it works while it is `running` or `undoing`. */
export type BulkStateName = 'running' | 'done' | 'cancelled' | 'failed' | 'undoing' | 'undone';

/**
 * What became of a record: it was changed; it was so already; it was refused, for reasons; or it was left, because it
 * no longer matched when its turn came.
 */
export const bulkOutcomes = ['changed', 'unchanged', 'refused', 'left'] as const;

/** One of `bulkOutcomes`. */
export type BulkOutcome = (typeof bulkOutcomes)[number];

/** The body of `POST /<entities>/bulk`. Either `ids` or `where` is given; an empty `where` means every record. */
export interface BulkOrder {
  readonly verb: string;
  readonly where?: string;
  /** The order in which the records are treated, as in lists. */
  readonly sort?: string;
  readonly ids?: readonly string[];
  /** Of `update`: the new values, the same for each record. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** Of a declared verb: what it asks for. Sections left out are as it proposes them for each record. */
  readonly input?: Readonly<Record<string, unknown>>;
  /** Tells what would become of each record, and writes nothing. */
  readonly dryRun?: boolean;
}

/** A run. Always `done = changed + unchanged + refused + left`, and `done = total` once its state is `done`. */
export interface BulkRun {
  readonly id: string;
  /** Of an undo, which may concern records of several, one of them. */
  readonly entity: string;
  readonly verb: string;
  readonly state: BulkStateName;
  readonly isBusy: boolean;
  /** Nothing is written: see `dryRun`. */
  readonly isTrial: boolean;
  /** Null while the records are still being looked for. */
  readonly total: number | null;
  readonly done: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly left: number;
  readonly createdAt: string;
  readonly createdBy: { readonly id: string; readonly label: string | null } | null;
  readonly finishedAt: string | null;
  /** Why it stopped, of state `failed`. */
  readonly stopped: string | null;
  readonly undo: BulkUndo | null;
  /** What may be done now: `POST cancel`, `POST undo`. */
  readonly can: { readonly cancel: boolean; readonly undo: boolean };
}

/** What undoing a run did: the first records that stood in its way, and how many they are. */
export interface BulkUndo {
  /** The batch of what the undo wrote: undoing that does it again. */
  readonly batch: string;
  readonly done: number;
  readonly of: number;
  readonly refused: number;
  readonly inTheWay: readonly {
    readonly entity: string;
    readonly id: string;
    readonly label: string | null;
    readonly reasons: readonly string[];
  }[];
}

/** What became of one record; the items of `GET /bulk-runs/<id>/records?outcome=&limit=&after=`. */
export interface BulkRecord {
  /** Its place in the run, from 1. */
  readonly place: number;
  /** The label is null when the reader may not read it. */
  readonly record: { readonly entity: string; readonly id: string; readonly label: string | null };
  readonly outcome: BulkOutcome;
  readonly reasons: readonly { readonly field: string; readonly code: string; readonly message: string }[];
}
