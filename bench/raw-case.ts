/** A statement of the yardstick with its values; `$id`, `$new` and `$body.<name>` are filled in per request. */
export interface RawCase {
  /** Prepared under this name where the product does so too. */
  readonly name?: string;
  readonly text: string;
  readonly values: readonly unknown[];
}
