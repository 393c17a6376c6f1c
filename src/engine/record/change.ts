import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import { sameValue } from '../../model/rule.ts';
import type { Ctx } from '../ctx.ts';
import { refuseStale } from './conflict.ts';
import { validate } from './create.ts';
import type { Draft, Input } from './draft.ts';
import { resolveKeyReferences } from './external-keys.ts';
import { lockRecords } from './lock.ts';
import { readInput } from './read-input.ts';

/** A change of one record: what the sender read (`version`) and what he wants. */
export interface ChangeInput {
  readonly id: string;
  /** Left out by rules and imports, which take the record as it is. */
  readonly version?: number;
  readonly values: Input;
}

/**
 * Access, reading and validation of changes: locks the records, answers a draft per input with all its
 * mistakes. Refuses a stale version. Nothing is written.
 */
export async function draftChanges(
  ctx: Ctx,
  entity: Entity,
  inputs: readonly ChangeInput[],
): Promise<readonly Draft[]> {
  const stored = await lockRecords(
    ctx,
    entity,
    inputs.map((input) => input.id),
    'update',
  );
  const resolved = await resolveKeyReferences(
    ctx,
    entity,
    inputs.map((input) => input.values),
  );
  const drafts: Draft[] = [];
  for (const [index, input] of inputs.entries()) {
    const before = stored.get(input.id) as Values;
    const read = readInput(ctx, entity, resolved.inputs[index] ?? {}, before);
    if (input.version !== undefined) {
      await refuseStale(ctx, entity, {
        id: input.id,
        version: input.version,
        stored: before,
        wanted: read.values,
      });
    }
    drafts.push({
      id: input.id,
      verb: 'update',
      before,
      after: { ...before, ...read.values },
      given: new Set(
        [...read.given].filter((name) => !sameValue(read.values[name] ?? null, before[name] ?? null)),
      ),
      keys: read.keys,
      mistakes: [...(resolved.mistakes.get(index) ?? []), ...read.mistakes],
    });
  }
  await validate(ctx, entity, drafts);
  return drafts;
}
