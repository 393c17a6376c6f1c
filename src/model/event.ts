/** Through which door a write came. */
export const doors = ['browser', 'api', 'import', 'cli', 'undo', 'rule', 'system'] as const;

/** One of `doors`. */
export type Door = (typeof doors)[number];

/** What was done to a record; `erase` took a person's values out of it and of its history. */
export type Verb = 'create' | 'update' | 'remove' | 'restore' | 'erase';

/** Former and new value of each changed field, as JSON values. */
export type Changes = Readonly<Record<string, readonly [before: unknown, after: unknown]>>;

/** One line of the event log. */
export interface RecordEvent {
  readonly id: string;
  readonly at: string;
  /** The user who did it; null = the system. */
  readonly actor: string | null;
  readonly door: Door;
  readonly batch: string | null;
  readonly entity: string;
  readonly record: string;
  readonly verb: Verb;
  /** The record's version after this event. */
  readonly version: number;
  readonly changes: Changes;
}
