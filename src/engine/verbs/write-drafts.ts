import { type Mistake, Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import { commit } from '../record/commit.ts';
import type { Draft } from '../record/draft.ts';

/** Where a verb's drafts are told when something is wrong with them. */
export interface Place {
  /** Put before the name of each field: `account`; '' is nothing. */
  readonly prefix: string;
  /** Fields whose mistakes aren't told. */
  readonly unlessAbout?: ReadonlySet<string>;
}

/**
 * Writes drafts of one entity unless there are mistakes by now, theirs included, which are added to the others. What
 * the database itself refuses ends the transaction, so it is thrown at once.
 */
export async function writeDrafts(
  ctx: Ctx,
  entity: Entity,
  drafts: readonly Draft[],
  mistakes: Mistake[],
  { prefix, unlessAbout }: Place,
): Promise<boolean> {
  const own = drafts
    .flatMap((draft) => draft.mistakes)
    .filter(({ field }) => !unlessAbout?.has(field.split('.')[0] ?? ''));
  mistakes.push(...prefixed(prefix, own));
  if (mistakes.length > 0) return false;
  try {
    await commit(ctx, entity, drafts);
  } catch (error) {
    if (!(error instanceof Problem) || !error.detail.mistakes) throw error;
    throw new Problem(error.code, {
      ...error.detail,
      mistakes: prefixed(prefix, error.detail.mistakes),
    });
  }
  return true;
}

const prefixed = (prefix: string, mistakes: readonly Mistake[]): readonly Mistake[] =>
  prefix === ''
    ? mistakes
    : mistakes.map((mistake) => ({
        ...mistake,
        field: mistake.field === '' ? prefix : `${prefix}.${mistake.field}`,
      }));
