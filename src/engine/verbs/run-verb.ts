import { newId } from '../../lib/ids.ts';
import { Problem } from '../../lib/problem.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import type { DeclaredVerb } from '../../model/verb.ts';
import type { MadeRecord, VerbResult } from '../../model/verb-offer.ts';
import { mayEver } from '../access/access.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { readMany } from '../query/read.ts';
import { titlesOf } from '../query/titles.ts';
import type { Input } from '../record/draft.ts';
import { lockRecords } from '../record/lock.ts';
import { inTransaction } from '../record/transaction.ts';
import { isAvailable } from './availability.ts';
import { readVerbInput } from './read-verb-input.ts';
import { type Taken, verbActs } from './verb-acts.ts';
import { proposalOf, verbEnv } from './verb-env.ts';

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
  const taken = await inTransaction({ ...ctx, batch }, (inner) => doVerb(inner, entity, verb, id, input));
  const [record = null] = await readMany(ctx, entity, [id]);
  return { verb: verb.name, batch, done: verb.done[ctx.locale], made: await named(ctx, taken), record };
}

/**
 * The same inside a transaction, under the batch of `ctx`; answers the records it made or took. With `proposes`,
 * sections that were left out are as the verb proposes them for this record.
 */
export async function doVerb(
  ctx: Ctx,
  entity: Entity,
  verb: DeclaredVerb,
  id: string,
  input: Input,
  o: { readonly proposes?: boolean } = {},
): Promise<readonly Taken[]> {
  const values = (await lockRecords(ctx, entity, [id], verb.needs)).get(id) as Values;
  refuseUnavailable(ctx, entity, verb, values);
  const read = readVerbInput(ctx, verb, input);
  if (read.mistakes.length > 0) throw new Problem('invalid', { mistakes: read.mistakes });
  const proposed = o.proposes ? proposedSections(ctx, entity, verb, values, input) : [];
  const sections = new Map([...read.sections, ...proposed.map((name) => [name, { values: {} }] as const)]);
  const doing = verbActs({ ...ctx, madeFrom: id }, verb, { entity, id, values }, sections);
  await verb.run(
    { id, values },
    { values: read.values, wants: new Set(sections.keys()) },
    doing.acts,
    verbEnv(ctx, entity, values),
  );
  if (doing.mistakes.length > 0) throw new Problem('invalid', { mistakes: doing.mistakes });
  return [...doing.taken.values()];
}

/** The sections that nobody spoke of and that a form of this record would have switched on. */
function proposedSections(
  ctx: Ctx,
  entity: Entity,
  verb: DeclaredVerb,
  values: Values,
  input: Input,
): readonly string[] {
  const proposal = proposalOf(ctx, entity, verb, values);
  return Object.entries(verb.sections).flatMap(([name, section]) => {
    const { wanted, existing } = proposal(name);
    const canTake = section.takesExisting && existing !== null;
    const canMake = mayEver(ctx, entityOf(ctx.workspace.model, section.entity), 'create');
    return !Object.hasOwn(input, name) && wanted && (canTake || canMake) ? [name] : [];
  });
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
  const titleOf = await titlesOf(
    ctx,
    taken.map(({ entity, id }) => ({ entity: entity.name, id })),
  );
  return taken.map(({ section, entity, id, isNew }) => ({
    section,
    entity: entity.name,
    id,
    label: titleOf(entity.name, id),
    isNew,
  }));
}
