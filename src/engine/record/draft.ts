import type { Mistake } from '../../lib/problem.ts';
import type { Verb } from '../../model/event.ts';
import type { Values } from '../../model/record.ts';
import type { RuleChange } from '../../model/rule.ts';

/** What a sender wrote for one record: JSON values by field name. */
export type Input = Readonly<Record<string, unknown>>;

/** The id of a record in another system. */
export interface ExternalKey {
  readonly source: string;
  readonly key: string;
}

/** A record on its way through the phases of a write; mistakes gather until all are known. */
export interface Draft {
  readonly id: string;
  readonly verb: Verb;
  readonly before: Values | null;
  after: Record<string, unknown>;
  readonly given: ReadonlySet<string>;
  keys: readonly ExternalKey[];
  readonly mistakes: Mistake[];
  /** Fields that no lock holds: the system changed them while they were locked, and an undo puts them back. */
  readonly unlocked?: ReadonlySet<string>;
  /** Records by entity that it names and that were there when nothing held them: who writes it looks again. */
  named?: Map<string, Set<string>>;
}

/** A draft as rules see it. */
export const changeOf = (draft: Draft): RuleChange => ({
  id: draft.id,
  verb: draft.verb,
  before: draft.before,
  after: draft.after,
  given: draft.given,
});
