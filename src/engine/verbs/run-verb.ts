import { newId } from '../../lib/ids.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import type { DeclaredVerb } from '../../model/verb.ts';
import type { MadeRecord, VerbResult } from '../../model/verb-offer.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { titlesOf } from '../events/tell-values.ts';
import { readMany } from '../query/read.ts';
import type { Input } from '../record/draft.ts';
import { lockRecords } from '../record/lock.ts';
import { inTransaction } from '../record/transaction.ts';
import { isAvailable } from './availability.ts';
import { readVerbInput } from './read-verb-input.ts';
import { type Taken, verbActs } from './verb-acts.ts';
import { verbEnv } from './verb-env.ts';

/**
 * Does a verb to a record, in the asker's name and with his rights, whole or not at all. Who comes second waits and
 * finds the record as the first one left it. Throws `invalid` with every mistake, those of sections prefixed by their name.
 */
export async function runVerb(
  ctx: Ctx,
  entity: Entity,
  verb: DeclaredVerb,
  id: string,
  input: Input,
): Promise<VerbResult> {
  const batch = newId();
  const taken = await inTransaction({ ...ctx, batch }, async (inner) => {
    const values = (await lockRecords(inner, entity, [id], verb.needs)).get(id) as Values;
    refuseUnavailable(inner, entity, verb, values);
    const read = readVerbInput(inner, verb, input);
    if (read.mistakes.length > 0) throw new Problem('invalid', { mistakes: read.mistakes });
    const doing = verbActs(inner, verb, { entity, id, values }, read.sections);
    await verb.run(
      { id, values },
      { values: read.values, wants: new Set(read.sections.keys()) },
      doing.acts,
      verbEnv(inner, entity, values),
    );
    if (doing.mistakes.length > 0) throw new Problem('invalid', { mistakes: doing.mistakes });
    return [...doing.taken.values()];
  });
  const [record = null] = await readMany(ctx, entity, [id]);
  return { verb: verb.name, batch, done: verb.done[ctx.locale], made: await named(ctx, taken), record };
}

/** Refuses what can't be done to the record as it is, with the reason. */
function refuseUnavailable(ctx: Ctx, entity: Entity, verb: DeclaredVerb, values: Values): void {
  if (!verb.available || isAvailable(ctx, entity, verb, values)) return;
  const { field, otherwise } = verb.available;
  const isSeen = Object.hasOwn(readableFields(ctx, entity), field);
  const mistake = isSeen ? { field, value: values[field] ?? null } : { field: '' };
  throw new Problem('invalid', { mistakes: [{ ...mistake, message: otherwise }] });
}

async function named(ctx: Ctx, taken: readonly Taken[]): Promise<readonly MadeRecord[]> {
  const ids = new Map(taken.map((each) => [each.entity.name, new Set<string>()]));
  for (const { entity, id } of taken) ids.get(entity.name)?.add(id);
  const titles = await titlesOf(ctx, ids);
  return taken.map(({ section, entity, id, isNew }) => ({
    section,
    entity: entity.name,
    id,
    label: titles.get(`${entity.name} ${id}`) ?? null,
    isNew,
  }));
}
