import { Problem } from '../../lib/problem.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { RuleActs, RuleChange } from '../../model/rule.ts';
import { checkWritten, heldToFilter, isHeldToFilter } from '../access/check-written.ts';
import { concernsAccounts, refuseBeyondRank, settleAccounts } from '../access/guard-accounts.ts';
import type { Ctx } from '../ctx.ts';
import { declares } from '../declare/declarations.ts';
import { applyDeclarations } from '../declare/declare.ts';
import { giveNumbers, NumberTaken } from '../numbers/assign.ts';
import { hasGapFreeNumbers, serialPlaces } from '../numbers/series.ts';
import type { ReadBack } from '../query/read.ts';
import { draftChanges } from './change.ts';
import { draftCreations } from './create.ts';
import { changeOf, type Draft } from './draft.ts';
import { violatedKey } from './external-keys.ts';
import { findRecords } from './find.ts';
import { concernsPrimary, keepPrimaryLinks } from './primary-link.ts';
import { draftRemovals } from './remove.ts';
import { ruleEnv, rulesOf } from './rules.ts';
import { freeHandedOn, takenMistake, violatedSet } from './unique.ts';
import { changesOf, stamp, write } from './write.ts';

/** Rules that answer one another stop here; a longer chain is a mistake of the program. */
const maxDepth = 6;

/** Somebody changed a record, or took away one that it names, between its reading and its writing; whoever locked them never meets this. */
export class Overtaken extends Error {}

/** Throws all mistakes of all drafts at once; of several records, each field is prefixed by `[place]`. */
export function refuseMistakes(drafts: readonly Draft[]): void {
  const mistakes = drafts.flatMap((draft, index) =>
    draft.mistakes.map((mistake) =>
      drafts.length === 1 ? mistake : { ...mistake, field: `[${index}].${mistake.field}` },
    ),
  );
  if (mistakes.length > 0) throw new Problem('invalid', { mistakes });
}

/**
 * The write and after phases: what doesn't change is left alone, the rest is written with its events, then rules follow
 * up. A single record that nothing follows may be read `back` with its writing.
 */
export async function commit(
  ctx: Ctx,
  entity: Entity,
  drafts: readonly Draft[],
  depth = 0,
  back: ReadBack | null = null,
): Promise<void> {
  if (depth > maxDepth) throw new Error(`rules of ${entity.name} answer one another without end`);
  const written = await put(ctx, entity, drafts, back);
  if (ctx.door !== 'undo') await follow(ctx, entity, written.map(changeOf), depth);
}

/** The write phase alone, for who writes records of several entities before anything follows. Answers the drafts that were written. */
export async function put(
  ctx: Ctx,
  entity: Entity,
  drafts: readonly Draft[],
  back: ReadBack | null = null,
): Promise<readonly Draft[]> {
  await giveNumbers(ctx, entity, drafts);
  const writes = drafts
    .map((draft) => ({ draft, changes: changesOf(entity, draft) }))
    .filter(
      ({ draft, changes }) =>
        draft.before === null || Object.keys(changes).length > 0 || draft.keys.length > 0,
    );
  for (const { draft } of writes) stamp(ctx, draft);
  const written = writes.map(({ draft: { id, verb }, changes }) => ({
    id,
    verb,
    changed: Object.keys(changes),
  }));
  const held = await heldToFilter(ctx, entity, written);
  const accounts = writes.map(({ draft }) => draft);
  await refuseBeyondRank(ctx, entity, accounts);
  if (writes.length > 1)
    await freeHandedOn(
      ctx,
      entity,
      writes.map(({ draft }) => draft),
    );
  try {
    if ((await write(ctx, entity, writes, back)) < writes.length) throw new Overtaken();
  } catch (error) {
    const set = violatedSet(entity, error);
    const number = serialPlaces(entity).find(({ field }) => set?.fields[0] === field.name);
    if (number && set?.fields.length === 1)
      throw new NumberTaken(number, String(drafts[0]?.after[number.field.name]));
    const mistake = set ? takenMistake(set) : violatedKey(error, drafts);
    throw mistake ? new Problem('invalid', { mistakes: [mistake] }) : error;
  }
  if (writes.length > 0) await applyDeclarations(ctx, entity);
  await checkWritten(ctx, entity, written, held);
  await settleAccounts(ctx, entity, accounts);
  return accounts;
}

/**
 * The after phase alone: the undo of a single change needs it, and a merge once all is written; that of a batch takes
 * back what followed then.
 */
export const followUp = (ctx: Ctx, entity: Entity, drafts: readonly Draft[]): Promise<void> =>
  follow(ctx, entity, drafts.map(changeOf), 0);

/**
 * Whether anything may follow from these drafts, or is looked at once they are written, so that they need a transaction
 * of several statements.
 */
export const mayFollow = (ctx: Ctx, entity: Entity, drafts: readonly Draft[]): boolean =>
  declares(entity) ||
  rulesOf(ctx, entity).some((rule) => rule.after) ||
  isHeldToFilter(ctx, entity) ||
  concernsAccounts(entity, drafts) ||
  concernsPrimary(ctx, entity, drafts.map(changeOf)) ||
  (drafts.some((draft) => draft.verb === 'create') && hasGapFreeNumbers(ctx, entity));

async function follow(
  ctx: Ctx,
  entity: Entity,
  changes: readonly RuleChange[],
  depth: number,
): Promise<void> {
  if (changes.length === 0) return;
  const ruleCtx: Ctx = {
    ...ctx,
    door: 'rule',
    who: { ...ctx.who, roles: [...ctx.who.roles, 'administrator'] },
  };
  const acts = actsOf(ruleCtx, depth + 1);
  const env = ruleEnv(ctx);
  await keepPrimaryLinks(ruleCtx, entity, changes, acts);
  for (const rule of rulesOf(ctx, entity)) await rule.after?.(changes, acts, env);
}

/** What rules and subscribers may do to other records, through the phases of every write. */
export function actsOf(ctx: Ctx, depth: number): RuleActs {
  const named = (name: string): Entity => entityOf(ctx.workspace.model, name);
  return {
    find: (name, where) => findRecords(ctx, named(name), where),
    async create(name, values) {
      if (values.length === 0) return [];
      const drafts = await draftCreations(ctx, named(name), values);
      refuseMistakes(drafts);
      await commit(ctx, named(name), drafts, depth);
      return drafts.map((draft) => draft.id);
    },
    async update(name, changes) {
      if (changes.length === 0) return;
      const drafts = await draftChanges(ctx, named(name), changes);
      refuseMistakes(drafts);
      await commit(ctx, named(name), drafts, depth);
    },
    async remove(name, ids) {
      if (ids.length === 0) return;
      await commit(
        ctx,
        named(name),
        await draftRemovals(
          ctx,
          named(name),
          ids.map((id) => ({ id })),
        ),
        depth,
      );
    },
  };
}
