import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';
import { refuseStale } from './conflict.ts';
import { validate } from './create.ts';
import type { Draft } from './draft.ts';
import { keysOf } from './external-keys.ts';
import { inUseMistakes } from './in-use.ts';
import { lockRecords } from './lock.ts';
import { refuseMerged } from './merged-into.ts';

/** Drafts that put records into the bin. */
export async function draftRemovals(
  ctx: Ctx,
  entity: Entity,
  inputs: readonly { readonly id: string; readonly version?: number }[],
): Promise<readonly Draft[]> {
  const stored = await lockRecords(
    ctx,
    entity,
    inputs.map((input) => input.id),
    'remove',
  );
  const removedAt = ctx.now.toISOString();
  return Promise.all(
    inputs.map(async (input): Promise<Draft> => {
      const before = stored.get(input.id) as Values;
      if (input.version !== undefined) {
        await refuseStale(ctx, entity, {
          id: input.id,
          version: input.version,
          stored: before,
          wanted: null,
        });
      }
      return {
        id: input.id,
        verb: 'remove',
        before,
        after: { ...before, removedAt },
        given: new Set(),
        keys: [],
        mistakes: [...(await inUseMistakes(ctx, entity, input.id, before))],
      };
    }),
  );
}

/** Drafts that take records out of the bin; refused when their unique values or keys were taken meanwhile. */
export async function draftRestorals(
  ctx: Ctx,
  entity: Entity,
  ids: readonly string[],
): Promise<readonly Draft[]> {
  const stored = await lockRecords(ctx, entity, ids, 'remove', { removed: true });
  await refuseMerged(ctx, entity, ids);
  const keys = await keysOf(ctx, ids);
  const drafts = ids.map((id): Draft => {
    const before = stored.get(id) as Values;
    return {
      id,
      verb: 'restore',
      before,
      after: { ...before, removedAt: null },
      given: new Set(),
      keys: keys.get(id) ?? [],
      mistakes: [],
    };
  });
  await validate({ ...ctx, door: 'undo' }, entity, drafts);
  return drafts;
}
