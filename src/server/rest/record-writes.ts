import type { Ctx } from '../../engine/ctx.ts';
import { readRecord } from '../../engine/query/read.ts';
import { createRecords, removeRecords, restoreRecords, updateRecords } from '../../engine/record/verbs.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { RecordOut } from '../../model/record.ts';
import { createUsers, updateUsers } from '../auth/account-writes.ts';
import { withRetry } from '../http/retry.ts';
import type { Named } from './record-body.ts';

type Records = Promise<readonly RecordOut[]>;

/** Creates records; users take a password besides. */
export const create = (
  ctx: Ctx,
  entity: Entity,
  inputs: readonly Readonly<Record<string, unknown>>[],
): Records =>
  withRetry(ctx, () =>
    isUser(entity) ? createUsers(ctx, inputs, placesOf(inputs)) : createRecords(ctx, entity, inputs),
  );

/** Changes records; of users a password may be reset besides. */
export const update = (ctx: Ctx, entity: Entity, changes: readonly Named[]): Records =>
  withRetry(ctx, () => {
    if (isUser(entity)) return updateUsers(ctx, changes, placesOf(changes));
    return updateRecords(ctx, entity, changes);
  });

/** Changes one record; a conflict is told with the record as it is now, so that the sender can decide at once. */
export async function updateOne(ctx: Ctx, entity: Entity, change: Named): Promise<RecordOut | undefined> {
  try {
    return (await update(ctx, entity, [change]))[0];
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'conflict' || !error.detail.extra?.conflicts)
      throw error;
    const current = await readRecord(ctx, entity, change.id);
    throw new Problem('conflict', { ...error.detail, extra: { ...error.detail.extra, current } });
  }
}

/** Puts records into the bin. */
export const remove = (
  ctx: Ctx,
  entity: Entity,
  named: readonly { id: string; version?: number }[],
): Records => withRetry(ctx, () => removeRecords(ctx, entity, named));

/** Takes records out of the bin. */
export const restore = (ctx: Ctx, entity: Entity, ids: readonly string[]): Records =>
  withRetry(ctx, () => restoreRecords(ctx, entity, ids));

const isUser = (entity: Entity): boolean => entity.system && entity.name === 'user';

/** Where the mistakes of each record are told: with its place when there are several. */
const placesOf =
  (inputs: readonly unknown[]) =>
  (index: number): string =>
    inputs.length === 1 ? '' : `[${index}].`;
