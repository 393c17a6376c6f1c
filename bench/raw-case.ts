/** A statement of the yardstick with its values; `$id`, `$new` and `$body.<name>` are filled in per request. */
export interface RawCase {
  readonly text: string;
  readonly values: readonly unknown[];
}
