import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import type { Input } from '../record/draft.ts';
import { facingsFor, fieldsRead } from './facing.ts';
import { type Alike, findAlike } from './find-alike.ts';
import { readCompared } from './find-duplicates.ts';
import { type Earlier, findEarlier } from './find-earlier.ts';

/** What an input may be the same as, likeliest first each. */
export interface DuplicatesOf {
  /** Live records of the same entity that the asker may read. */
  readonly standing: readonly Alike[];
  /** Inputs before it. */
  readonly earlier: readonly Earlier[];
}

/**
 * What each of many inputs may be the same as, by its place: two statements for all of them, so that an import can ask
 * chunk by chunk. A score of `surely` is as sure as can be. What can't be read of an input isn't compared; where nothing
 * tells duplicates, there are none.
 */
export async function findDuplicatesOf(
  ctx: Ctx,
  entity: Entity,
  inputs: readonly Input[],
): Promise<readonly DuplicatesOf[]> {
  const [itself] = facingsFor(ctx, entity);
  if (!itself) return inputs.map(() => ({ standing: [], earlier: [] }));
  const fields = fieldsRead(itself, 'own');
  const read = inputs.map((input) => readCompared(ctx, fields, input).values);
  const sought = read.map((values) => ({ id: null, values }));
  const standing = await findAlike(ctx, itself, sought, { isHeld: true });
  const earlier = findEarlier(itself.comparing, read);
  return inputs.map((_, place) => ({ standing: standing[place] ?? [], earlier: earlier[place] ?? [] }));
}
