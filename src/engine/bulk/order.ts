import { newId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';
import type { BulkOrder } from '../../model/bulk.ts';
import type { Entity } from '../../model/entity.ts';
import { mayEver, refuseReading } from '../access/access.ts';
import { refuseEveryMassChange } from '../access/mass-change.ts';
import type { Ctx } from '../ctx.ts';
import { compileFilter } from '../query/filter.ts';
import { defaultSort, readOrder } from '../query/order.ts';
import { readInput } from '../record/read-input.ts';
import { inTransaction } from '../record/transaction.ts';
import { readVerbInput } from '../verbs/read-verb-input.ts';
import { actOf, type BulkAct } from './act.ts';
import { noteIds } from './snapshot.ts';
import { insertRun, writeRun } from './stored-run.ts';

/** Records that may be named one by one. */
export const mostIds = 10_000;

const whichRecords = message(
  'bulk-which-records',
  'Say which records are meant: either “ids”, or a filter as “where” (an empty one means all).',
  'Dites de quelles fiches il s’agit : soit « ids », soit un filtre « where » (vide : toutes).',
  'Diga de qué registros se trata: o bien «ids», o bien un filtro «where» (vacío: todos).',
);
const noValues = message(
  'bulk-no-values',
  'Give at least one field and its new value.',
  'Donnez au moins un champ et sa nouvelle valeur.',
  'Dé al menos un campo y su nuevo valor.',
);
const notHere = message(
  'bulk-not-here',
  '“{verb}” takes no “{name}”: leave it out.',
  '« {verb} » n’accepte pas « {name} » : ne l’envoyez pas.',
  '«{verb}» no admite «{name}»: no lo envíe.',
);
const notAllowed = message(
  'bulk-forbidden',
  'Your roles don’t let you do this to {label}.',
  'Vos rôles ne vous permettent pas de faire cela : {label}.',
  'Sus roles no le permiten hacer esto: {label}.',
);

/**
 * Takes an order to do something to many records: refuses what could succeed for none of them, keeps the rest as a run
 * that waits for its job, and answers its id.
 */
export async function orderBulk(ctx: Ctx, entity: Entity, order: BulkOrder): Promise<string> {
  refuseReading(ctx, entity);
  refuseEveryMassChange(ctx, entity);
  const given = { values: order.values ?? {}, input: order.input ?? {} };
  const act = actOf(ctx, entity, order.verb, given);
  if (!mayEver(ctx, entity, act.needs))
    throw new Problem('forbidden', { message: notAllowed, params: { label: entity.label.many } });
  const mistakes = mistakesOf(ctx, act, order);
  if (mistakes.length > 0) throw new Problem('invalid', { mistakes });
  const sort = order.sort ?? defaultSort(ctx, entity);
  readOrder(ctx, entity, sort);
  compileFilter(ctx, entity, order.where, act.removed);
  const id = newId();
  const ids = order.ids && [...new Set(order.ids)];
  await inTransaction(ctx, async (inner) => {
    const plan = {
      ...given,
      sort,
      where: ids ? null : (order.where ?? ''),
      isTrial: order.dryRun === true,
      door: inner.door,
    };
    await insertRun(inner, { id, entity: entity.name, verb: order.verb, plan });
    if (!ids) return;
    await noteIds(inner, id, ids);
    await writeRun(inner, id, ['running'], { total: ids.length });
  });
  return id;
}

function mistakesOf(ctx: Ctx, act: BulkAct, order: BulkOrder): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  if ((order.ids === undefined) === (order.where === undefined) || order.ids?.length === 0)
    mistakes.push({ field: order.ids === undefined ? 'where' : 'ids', message: whichRecords });
  const isUpdate = order.verb === 'update';
  for (const [name, isTaken] of [
    ['values', isUpdate],
    ['input', act.declared !== null],
  ] as const)
    if (!isTaken && order[name] !== undefined)
      mistakes.push({ field: name, message: notHere, params: { verb: order.verb, name } });
  const values = order.values ?? {};
  if (isUpdate && Object.keys(values).length === 0) mistakes.push({ field: 'values', message: noValues });
  const within = (place: string, found: readonly Mistake[]): readonly Mistake[] =>
    found.map((mistake) => ({ ...mistake, field: `${place}.${mistake.field}` }));
  if (isUpdate) mistakes.push(...within('values', formMistakes(ctx, act, values)));
  if (act.declared)
    mistakes.push(...within('input', readVerbInput(ctx, act.declared, order.input ?? {}).mistakes));
  return mistakes;
}

/** What is wrong with the values whatever the record: unknown fields, wrong types, fields that aren't the asker's. */
const formMistakes = (
  ctx: Ctx,
  act: BulkAct,
  values: Readonly<Record<string, unknown>>,
): readonly Mistake[] => readInput(ctx, act.entity, values, {}).mistakes;
