import { newId } from '../../lib/ids.ts';
import { message, tell } from '../../lib/message.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import { type MergeOrder, type MergeResult, mergeMarks } from '../../model/merge.ts';
import type { Values } from '../../model/record.ts';
import { refuseMassChange } from '../access/mass-change.ts';
import type { Ctx } from '../ctx.ts';
import { readMany } from '../query/read.ts';
import { followUp, put } from '../record/commit.ts';
import { refuseStale } from '../record/conflict.ts';
import type { Draft } from '../record/draft.ts';
import { lockRecords } from '../record/lock.ts';
import { inTransaction } from '../record/transaction.ts';
import { type Chosen, chooseValues } from './choose-values.ts';
import type { Merged } from './combine.ts';
import { draftMoves } from './draft-moves.ts';
import { draftStayer } from './draft-stayer.ts';
import { checkedOrder } from './merge-order.ts';
import { refuseUnmergeable } from './mergeable.ts';
import { newMistakes, placed } from './new-mistakes.ts';
import { ringMistakes } from './refuse-rings.ts';
import { checkMoves, movesTold, writeMoves } from './write-moves.ts';

const stale = message(
  'stale-merge',
  'Somebody else changed {fields} since you read these records. Look at them again before you merge version {version}.',
  'Quelqu’un a modifié {fields} depuis votre lecture. Revoyez ces fiches avant d’en fusionner la version {version}.',
  'Otra persona cambió {fields} desde que leyó estos registros. Vuelva a mirarlos antes de fusionar la versión {version}.',
);

/**
 * Makes one record of several, in the asker's name, whole or not at all: `id` stays and takes over, field by field,
 * what only the others know; all that is related to the others, whoever it belongs to, is related to it from then on;
 * the others go to the bin, and their ids answer with it for ever. Needs the right to change the one and to remove the
 * others. Throws `invalid` with every mistake by field, those of related records under `<plural>/<id>`.
 */
export async function mergeRecords(
  ctx: Ctx,
  entity: Entity,
  id: string,
  sent: MergeOrder,
): Promise<MergeResult> {
  refuseUnmergeable(ctx.workspace.model, entity);
  const order = checkedOrder(id, sent);
  const batch = newId();
  if (!order.preview) {
    const merged = await inTransaction({ ...ctx, batch }, (inner) => doMerge(inner, entity, id, order));
    // Filters that name what went follow at once.
    if (!ctx.db.isTransaction) await ctx.workspace.refresh();
    return merged;
  }
  const trial = new TakenBack();
  try {
    await inTransaction({ ...ctx, batch, isTrial: true }, async (inner) => {
      trial.result = await doMerge(inner, entity, id, order);
      throw trial;
    });
  } catch (error) {
    if (error !== trial) throw error;
  }
  return { ...(trial.result as MergeResult), batch: null };
}

/** Carries what a preview found out of its transaction. */
class TakenBack extends Error {
  result: MergeResult | null = null;
}

/** Related records with which a preview does all that the merge would do, before it is taken back. */
const mostTried = 500;

/** In this order, so that an undo, which goes backwards, meets nothing that names a record in the bin. */
async function doMerge(ctx: Ctx, entity: Entity, id: string, order: MergeOrder): Promise<MergeResult> {
  const records = await lockMerged(ctx, entity, id, order);
  const into = new Map(order.with.map((gone) => [gone, id]));
  const chosen = await withoutRings(ctx, entity, records, chooseValues(ctx, entity, records, order));
  const system: Ctx = {
    ...ctx,
    door: 'rule',
    who: { ...ctx.who, roles: [...ctx.who.roles, 'administrator'] },
  };
  const final = { ...records[0]?.values, ...chosen.input };
  const moves = await draftMoves(system, entity, into, new Map([[id, final]]));
  const early = [...chosen.mistakes, ...(await checkMoves(ctx, system, moves))];
  if (early.length > 0) throw new Problem('invalid', { mistakes: early });
  // A preview tries what is quickly done; of more it tells how many they are.
  const isTried = !order.preview || moves.reduce((sum, { updates }) => sum + updates.length, 0) <= mostTried;
  if (isTried) await writeMoves(system, moves);
  const gone = records.slice(1).map((record): Draft => goneDraft(ctx, record, id));
  await put(ctx, entity, gone);
  const { draft, left } = await draftStayer(ctx, entity, id, order, chosen);
  const mistakes: Mistake[] = [...draft.mistakes];
  if (mistakes.length === 0) await put(ctx, entity, [draft]);
  for (const { entity: other, updates } of isTried ? moves : [])
    mistakes.push(...(await placed(ctx, other, await newMistakes(system, other, updates))));
  if (mistakes.length > 0) throw new Problem('invalid', { mistakes });
  if (isTried) await followUp(ctx, entity, gone);
  if (isTried) await followUp(ctx, entity, [draft]);
  for (const { entity: other, updates, removals } of isTried ? moves : [])
    await followUp(system, other, [...updates, ...removals]);
  const [record = null] = await readMany(ctx, entity, [id]);
  return {
    batch: ctx.batch,
    record,
    merged: order.with,
    fields: [...chosen.from].map(([field, from]) => ({
      field,
      from: left.some((each) => each.field === field) ? [id] : from,
    })),
    left: left.map(({ field, message, params }) => ({ field, reason: tell(ctx.locale, message, params) })),
    ...(await movesTold(ctx, entity, moves)),
  };
}

/** The records, the one that stays first, locked, with the rights that a merge needs. */
async function lockMerged(
  ctx: Ctx,
  entity: Entity,
  id: string,
  order: MergeOrder,
): Promise<readonly Merged[]> {
  // In one order, so that two merges of the same records take their turns; what goes waits for who is naming it.
  const all = new Map<string, Values>();
  for (const one of [id, ...order.with].sort()) {
    const locked = await lockRecords(ctx, entity, [one], 'read', { goes: one !== id });
    for (const [each, values] of locked) all.set(each, values);
  }
  await lockRecords(ctx, entity, [id], 'update');
  await lockRecords(ctx, entity, order.with, 'remove');
  await refuseMassChange(ctx, entity, order.with);
  const records = [id, ...order.with].map((each) => ({ id: each, values: all.get(each) as Values }));
  for (const { id: one, values: stored } of records) {
    const version = order.versions?.[one];
    if (version !== undefined)
      await refuseStale(ctx, entity, { id: one, version, stored, wanted: null, said: stale });
  }
  return records;
}

/** Leaves out what the record that stays would take over by itself and come to lie above itself by. */
async function withoutRings(
  ctx: Ctx,
  entity: Entity,
  records: readonly Merged[],
  chosen: Chosen,
): Promise<Chosen> {
  const rings = await ringMistakes(ctx, entity, records, { ...records[0]?.values, ...chosen.input });
  if (rings.length === 0) return chosen;
  const input = { ...chosen.input };
  const dropped = rings.filter(({ field }) => chosen.byItself.has(field) && input[field] !== null);
  for (const { field } of dropped) delete input[field];
  const mistakes = rings.filter((each) => !dropped.includes(each));
  return { ...chosen, input, left: dropped, mistakes: [...chosen.mistakes, ...mistakes] };
}

const goneDraft = (ctx: Ctx, { id, values }: Merged, into: string): Draft => ({
  id,
  verb: 'remove',
  before: values,
  after: { ...values, removedAt: ctx.now.toISOString(), [mergeMarks.into]: into },
  given: new Set(),
  keys: [],
  mistakes: [],
});
