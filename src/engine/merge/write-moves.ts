import type { Mistake } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { MergeResult } from '../../model/merge.ts';
import { mergeMarks } from '../../model/merge.ts';
import { sameValue } from '../../model/rule.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { put } from '../record/commit.ts';
import type { Draft } from '../record/draft.ts';
import { derive } from '../record/rules.ts';
import { readableIds } from '../record/targets.ts';
import { checkUnique } from '../record/unique.ts';
import { clearHidden } from '../rules/check-conditions.ts';
import type { EntityMoves } from './draft-moves.ts';
import { namingFields } from './naming-fields.ts';
import { placed } from './new-mistakes.ts';

/** Records written in one statement. */
const chunkSize = 500;

/** Lets the rules add what follows from other references, and answers which records would share what must be unique. */
export async function checkMoves(
  ctx: Ctx,
  system: Ctx,
  moves: readonly EntityMoves[],
): Promise<readonly Mistake[]> {
  const mistakes: Mistake[] = [];
  for (const { entity, updates } of moves) {
    derive(system, entity, updates);
    await clearHidden(system, entity, updates);
    await checkUnique(system, entity, updates);
    const wrong = updates.filter((draft) => draft.mistakes.length > 0);
    mistakes.push(...(await placed(ctx, entity, wrong)));
  }
  return mistakes;
}

/** Writes what was moved, records of the merged entity first and what goes last; nothing follows yet. */
export async function writeMoves(ctx: Ctx, moves: readonly EntityMoves[]): Promise<void> {
  for (const { entity, updates } of moves) await putAll(ctx, entity, updates);
  for (const { entity, removals } of moves) await putAll(ctx, entity, removals);
}

async function putAll(ctx: Ctx, entity: Entity, drafts: readonly Draft[]): Promise<void> {
  for (let from = 0; from < drafts.length; from += chunkSize)
    await put(ctx, entity, drafts.slice(from, from + chunkSize));
}

/** What was moved, told as far as the asker reads it: how many records in which field, and links that are one now. */
export async function movesTold(
  ctx: Ctx,
  merged: Entity,
  moves: readonly EntityMoves[],
): Promise<Pick<MergeResult, 'moved' | 'united'>> {
  const fields = namingFields(ctx.workspace.model, merged);
  const moved: MergeResult['moved'][number][] = [];
  let united = 0;
  for (const { entity, updates, removals } of moves) {
    const seen = await readableIds(ctx, entity, idsOf(updates));
    const readable = readableFields(ctx, entity);
    for (const field of (fields.get(entity) ?? []).filter(({ name }) => Object.hasOwn(readable, name))) {
      const count = updates.filter((draft) => seen.has(draft.id) && isMoved(field, draft)).length;
      if (count > 0) moved.push({ entity: entity.name, field: field.name, count });
    }
    united += await readRemovals(ctx, entity, removals);
  }
  return { moved, united };
}

const isMoved = ({ name }: Field, { before, after }: Draft): boolean =>
  !sameValue(before?.[name] ?? null, after[name] ?? null);

const idsOf = (drafts: readonly Draft[]): readonly string[] => drafts.map(({ id }) => id);

/** Of the links that became one with others: those whose heirs the asker reads. */
async function readRemovals(ctx: Ctx, entity: Entity, removals: readonly Draft[]): Promise<number> {
  const heirs = removals.flatMap(({ after }) => {
    const into = after[mergeMarks.into];
    return typeof into === 'string' ? [into] : [];
  });
  if (heirs.length === 0) return 0;
  const seen = await readableIds(ctx, entity, heirs);
  return heirs.filter((id) => seen.has(id)).length;
}
