/** A record that may be what somebody is about to write, as `POST /<plural>/duplicates` answers it. */
export interface Duplicate {
  readonly id: string;
  readonly label: string | null;
  /** What tells it from others of the same name. */
  readonly detail: string | null;
  /** Why it may be the same, the reader's language: fields, and their names put together. */
  readonly reasons: readonly { readonly fields: readonly string[]; readonly message: string }[];
}

/** What was found, the likeliest first; `unread` are values that couldn't be compared, by field. */
export interface Duplicates {
  readonly items: readonly Duplicate[];
  readonly unread: readonly { readonly field: string; readonly message: string }[];
}
