/** What a step of a migration does. */
export type StepKind =
  | 'create-schema'
  | 'create-table'
  | 'add-column'
  | 'widen-column'
  | 'replace-column'
  | 'loosen-column'
  | 'tighten-column'
  | 'add-check'
  | 'validate-check'
  | 'drop-check'
  | 'create-index'
  | 'drop-index'
  | 'drop-column'
  | 'drop-table';

/** One statement of a migration, with what a person needs to know of it. */
export interface Step {
  readonly kind: StepKind;
  readonly table: string | null;
  /** The name of the index, for the journal of index builds. */
  readonly name: string | null;
  readonly sql: string;
  /** Loses data: never done without a person's word. */
  readonly destructive: boolean;
  /** Part of the one transaction of the structure; the others come afterwards, one by one. */
  readonly transactional: boolean;
  /** Builds an index that people declared: found to be impossible, it is noted, and served without. */
  readonly patient: boolean;
  /** What it does, for people. */
  readonly about: string;
  /** Why the workspace can't be served until this is settled, and what to do; null when it can. */
  readonly refusal: string | null;
}

/** A step that keeps all data and belongs to the transaction, unless told otherwise. */
export const step = (
  kind: StepKind,
  about: string,
  sql: string,
  o: Partial<Omit<Step, 'kind' | 'about' | 'sql'>> = {},
): Step => ({
  kind,
  about,
  sql,
  table: o.table ?? null,
  name: o.name ?? null,
  destructive: o.destructive ?? false,
  transactional: o.transactional ?? true,
  patient: o.patient ?? false,
  refusal: o.refusal ?? null,
});
