import type { Mistake } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import type { Draft } from '../record/draft.ts';
import { check } from '../record/rules.ts';
import { readableIds } from '../record/targets.ts';
import { unseen, veilMistakes } from '../record/unseen-mistakes.ts';
import { checkConditions } from '../rules/check-conditions.ts';

/**
 * What is wrong with related records because they name another record now; what was wrong with them before is not the
 * merge’s. Asked once all is written, so that conditions that look at other records see them as they will be.
 */
export async function newMistakes(
  ctx: Ctx,
  entity: Entity,
  moved: readonly Draft[],
): Promise<readonly Draft[]> {
  const wrong = (await judged(ctx, entity, moved)).filter(({ mistakes }) => mistakes.length > 0);
  if (wrong.length === 0) return [];
  const before = await judged(
    ctx,
    entity,
    wrong.map((draft) => ({ ...draft, after: { ...draft.before } })),
  );
  const known = new Map(before.map(({ id, mistakes }) => [id, new Set(mistakes.map(nameOf))]));
  return wrong.flatMap((draft) => {
    const mistakes = draft.mistakes.filter((mistake) => !known.get(draft.id)?.has(nameOf(mistake)));
    return mistakes.length > 0 ? [{ ...draft, mistakes }] : [];
  });
}

const nameOf = ({ field, message }: Mistake): string => `${field} ${message.code}`;

async function judged(ctx: Ctx, entity: Entity, drafts: readonly Draft[]): Promise<readonly Draft[]> {
  const fresh = drafts.map((draft): Draft => ({ ...draft, mistakes: [] }));
  check(ctx, entity, fresh);
  await checkConditions(ctx, entity, fresh);
  return fresh;
}

/** Mistakes of related records, each told where it is; of a record that the asker doesn’t read only that there is one. */
export async function placed(ctx: Ctx, entity: Entity, wrong: readonly Draft[]): Promise<readonly Mistake[]> {
  if (wrong.length === 0) return [];
  veilMistakes(ctx, entity, wrong);
  const seen = await readableIds(
    ctx,
    entity,
    wrong.map(({ id }) => id),
  );
  return wrong.flatMap(({ id, mistakes }) =>
    seen.has(id)
      ? mistakes.map((each) => ({
          ...each,
          field: `${entity.plural}/${id}${each.field && `.${each.field}`}`,
        }))
      : [{ field: entity.plural, message: unseen }],
  );
}
