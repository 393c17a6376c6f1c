import { sql } from 'kysely';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import { followUp } from '../record/commit.ts';
import type { Draft } from '../record/draft.ts';
import { intoOf } from '../record/merge-marks.ts';
import { draftMoves } from './draft-moves.ts';
import { checkMoves, writeMoves } from './write-moves.ts';

/**
 * Lets what names records that these drafts send into others again name those: a merge that is done again finds what
 * was written after it was undone. Refuses what can’t be moved, by record and field. Works in its caller’s transaction,
 * before the drafts are written, so that an undo meets nothing that names a record in the bin; answers what is to be
 * done once they are.
 */
export async function moveLate(
  ctx: Ctx,
  entity: Entity,
  drafts: readonly Draft[],
): Promise<() => Promise<void>> {
  const into = new Map(
    drafts.flatMap((draft) => {
      const heir = intoOf(draft);
      return heir === null ? [] : [[draft.id, heir] as const];
    }),
  );
  if (into.size === 0) return async () => {};
  // Whoever is naming them now is waited for.
  await sql`select t.id from ${sql.id(ctx.workspace.schema, entity.table)} t
    where t.id = any(${[...into.keys()]}::uuid[]) order by t.id for update`.execute(ctx.db);
  const system: Ctx = {
    ...ctx,
    door: 'rule',
    who: { ...ctx.who, roles: [...ctx.who.roles, 'administrator'] },
  };
  const moves = await draftMoves(system, entity, into, new Map());
  const mistakes = await checkMoves(ctx, system, moves);
  if (mistakes.length > 0) throw new Problem('invalid', { mistakes });
  await writeMoves(system, moves);
  return async () => {
    for (const { entity: other, updates, removals } of moves)
      await followUp(system, other, [...updates, ...removals]);
  };
}
