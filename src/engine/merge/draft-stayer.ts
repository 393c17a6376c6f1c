import type { Mistake } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import { type MergeOrder, mergeMarks } from '../../model/merge.ts';
import type { Values } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';
import { draftChanges } from '../record/change.ts';
import type { Draft } from '../record/draft.ts';
import { lockRecords } from '../record/lock.ts';
import { wrongFields } from '../rules/check-conditions.ts';
import type { Chosen } from './choose-values.ts';

/**
 * The change of the record that stays, once the others are in the bin and hold no unique value any more. What it would
 * take over by itself and may not hold, as it stands, it goes without: those mistakes are answered as `left`.
 */
export async function draftStayer(
  ctx: Ctx,
  entity: Entity,
  id: string,
  order: MergeOrder,
  chosen: Chosen,
): Promise<{ readonly draft: Draft; readonly left: readonly Mistake[] }> {
  const values: Record<string, unknown> = { ...chosen.input };
  const left: Mistake[] = [...chosen.left];
  for (;;) {
    const draft = await changeOf(ctx, entity, id, values);
    const wrong = [...wrongFields(draft)].filter((name) => name in values && chosen.byItself.has(name));
    if (wrong.length === 0) {
      draft.after[mergeMarks.from] = [...order.with].sort();
      return { draft, left };
    }
    left.push(...draft.mistakes.filter(({ field }) => wrong.includes(field.split('.')[0] ?? '')));
    for (const name of wrong) delete values[name];
  }
}

/** A record that takes nothing over isn’t asked whether it is right. */
async function changeOf(ctx: Ctx, entity: Entity, id: string, values: Values): Promise<Draft> {
  if (Object.keys(values).length > 0) {
    const [draft] = await draftChanges(ctx, entity, [{ id, values }]);
    if (draft) return draft;
  }
  const before = (await lockRecords(ctx, entity, [id], 'update')).get(id) as Values;
  return { id, verb: 'update', before, after: { ...before }, given: new Set(), keys: [], mistakes: [] };
}
