import { newId } from '../../lib/ids.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { Ctx } from '../ctx.ts';
import { refuseDuplicates } from '../duplicates/refuse-duplicates.ts';
import { checkConditions, clearHidden } from '../rules/check-conditions.ts';
import { checkSetup } from '../system/checks.ts';
import { todayIn } from './codec.ts';
import type { Draft, Input } from './draft.ts';
import { checkKeys, resolveKeyReferences } from './external-keys.ts';
import { followMerges } from './follow-merges.ts';
import { checkReach, refuseCreation } from './may-create.ts';
import { readInput } from './read-input.ts';
import { check, derive } from './rules.ts';
import { checkTargets } from './targets.ts';
import { checkUnique } from './unique.ts';
import { veilMistakes } from './unseen-mistakes.ts';

/**
 * Access, reading and validation of new records: answers a draft per input, each with all its mistakes.
 * Nothing is written.
 */
export async function draftCreations(
  ctx: Ctx,
  entity: Entity,
  inputs: readonly Input[],
): Promise<readonly Draft[]> {
  refuseCreation(ctx, entity);
  const resolved = await resolveKeyReferences(ctx, entity, inputs);
  const drafts = resolved.inputs.map((input, index): Draft => {
    const read = readInput(ctx, entity, input, null);
    const keyMistakes: readonly Mistake[] = resolved.mistakes.get(index) ?? [];
    return {
      id: newId(),
      verb: 'create',
      before: null,
      after: { ...defaults(ctx, entity, read.given), ...read.values },
      given: read.given,
      keys: read.keys,
      mistakes: [...keyMistakes, ...read.mistakes],
    };
  });
  await validate(ctx, entity, drafts);
  await refuseDuplicates(ctx, entity, drafts);
  return drafts;
}

/** What holds for every write, new or changed: derived values, rules, targets, expressions, reach, uniqueness, keys. */
export async function validate(ctx: Ctx, entity: Entity, drafts: readonly Draft[]): Promise<void> {
  derive(ctx, entity, drafts);
  await clearHidden(ctx, entity, drafts);
  check(ctx, entity, drafts);
  await followMerges(ctx, entity, drafts);
  await checkTargets(ctx, entity, drafts);
  await checkConditions(ctx, entity, drafts);
  await checkReach(ctx, entity, drafts);
  await checkUnique(ctx, entity, drafts);
  await checkKeys(ctx, entity, drafts);
  await checkSetup(ctx, entity, drafts);
  veilMistakes(ctx, entity, drafts);
}

/** What a new record holds where its writer gave nothing. */
export function defaults(ctx: Ctx, entity: Entity, given: ReadonlySet<string>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const field of Object.values(entity.fields)) {
    if (!given.has(field.name) && field.default !== null) values[field.name] = defaultOf(ctx, field);
  }
  return values;
}

function defaultOf(ctx: Ctx, field: Field): unknown {
  switch (field.default) {
    case 'me':
      return ctx.who.userId;
    case 'my-teams':
      return [...ctx.who.teams].sort();
    case 'today':
      return todayIn(ctx.timeZone, ctx.now);
    default:
      return field.default;
  }
}
