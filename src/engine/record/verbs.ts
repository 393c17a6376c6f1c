import { message } from '../../lib/message.ts';
import { nearest } from '../../lib/nearest.ts';
import { Problem } from '../../lib/problem.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity, LinkField } from '../../model/entity.ts';
import type { RecordOut } from '../../model/record.ts';
import { refuseMassChange } from '../access/mass-change.ts';
import type { Ctx } from '../ctx.ts';
import { moveOn, NumberTaken } from '../numbers/assign.ts';
import { refuseMissing } from '../query/mistakes.ts';
import { readBackOf, readMany } from '../query/read.ts';
import { readAgain } from '../workspace/read-again.ts';
import { type ChangeInput, draftChanges } from './change.ts';
import { commit, mayFollow, Overtaken, refuseMistakes } from './commit.ts';
import { commitAlone } from './commit-alone.ts';
import { draftCreations } from './create.ts';
import type { Draft, Input } from './draft.ts';
import { findRecords } from './find.ts';
import { draftRemovals, draftRestorals } from './remove.ts';
import { readableIds } from './targets.ts';
import { inTransaction } from './transaction.ts';

/** Records of one request, all or nothing. */
export const maxRecords = 1_000;

const tooMany = message(
  'too-many-records',
  'At most {max} records at once, {count} were sent: send them in parts.',
  'Au plus {max} fiches à la fois, {count} reçues : envoyez-les en plusieurs fois.',
  'Como máximo {max} registros a la vez, se recibieron {count}: envíelos por partes.',
);
const twice = message(
  'same-record-twice',
  'The record {id} is named twice: send its changes once.',
  'La fiche {id} figure deux fois : envoyez ses changements en une fois.',
  'El registro {id} aparece dos veces: envíe sus cambios una sola vez.',
);
const noLink = message(
  'unknown-link',
  '{label} have no relation “{name}”. Choose one of: {names}.',
  '{label} : pas de relation « {name} ». Choisissez parmi : {names}.',
  '{label} no tienen la relación «{name}». Elija entre: {names}.',
);
const notLinked = message(
  'not-linked',
  'The record {id} isn’t linked here, so there is nothing to unlink.',
  'La fiche {id} n’est pas liée ici : il n’y a rien à délier.',
  'El registro {id} no está vinculado aquí: no hay nada que desvincular.',
);

/** Creates records; answers them as the writer may read them. Throws `invalid` with every mistake of every record. */
export const createRecords = (
  ctx: Ctx,
  entity: Entity,
  inputs: readonly Input[],
): Promise<readonly RecordOut[]> =>
  ctx.refusesDuplicates && !ctx.db.isTransaction
    ? inTransaction(ctx, (inner) => createRecords(inner, entity, inputs))
    : act(ctx, entity, inputs.length, (inner) => draftCreations(inner, entity, inputs));

/** Changes records; throws `conflict` with both values when somebody else changed the same field since `version`. */
export const updateRecords = (
  ctx: Ctx,
  entity: Entity,
  inputs: readonly ChangeInput[],
): Promise<readonly RecordOut[]> => {
  refuseTwice(idsOf(inputs));
  return act(ctx, entity, inputs.length, async (inner) => {
    const drafts = await draftChanges(inner, entity, inputs);
    await refuseMassChange(inner, entity, idsOf(inputs));
    return drafts;
  });
};

/** Puts records into the bin. */
export const removeRecords = (
  ctx: Ctx,
  entity: Entity,
  inputs: readonly { readonly id: string; readonly version?: number }[],
): Promise<readonly RecordOut[]> => {
  refuseTwice(idsOf(inputs));
  const make: MakeDrafts = async (inner) => {
    const drafts = await draftRemovals(inner, entity, inputs);
    await refuseMassChange(inner, entity, idsOf(inputs));
    return drafts;
  };
  return act(ctx, entity, inputs.length, make, { removed: true });
};

/** Takes records out of the bin, as they were. */
export const restoreRecords = (
  ctx: Ctx,
  entity: Entity,
  ids: readonly string[],
): Promise<readonly RecordOut[]> => {
  refuseTwice(ids);
  // What they name is held, which takes a transaction: a merge moves nothing that lies in the bin.
  const make: MakeDrafts = (inner) => draftRestorals(inner, entity, ids);
  return act(ctx, entity, ids.length, make, { together: true });
};

/** Links a record to others through a declared relation; answers the link records. */
export async function linkRecords(
  ctx: Ctx,
  entity: Entity,
  id: string,
  name: string,
  targets: readonly (Input & { readonly to: unknown })[],
): Promise<readonly RecordOut[]> {
  const link = linkField(entity, name);
  const through = entityOf(ctx.workspace.model, link.through);
  return createRecords(
    ctx,
    through,
    targets.map(({ to, ...values }) => ({ ...values, [link.from]: id, [link.to]: to })),
  );
}

/** Unlinks a record from others; answers the removed link records. */
export async function unlinkRecords(
  ctx: Ctx,
  entity: Entity,
  id: string,
  name: string,
  targets: readonly string[],
): Promise<readonly RecordOut[]> {
  const link = linkField(entity, name);
  const through = entityOf(ctx.workspace.model, link.through);
  return inTransaction(ctx, async (inner) => {
    // Whether a record is linked is nothing for who may not see it.
    if (!(await readableIds(inner, entity, [id])).has(id)) throw refuseMissing(entity, id);
    const links = await findRecords(inner, through, { [link.from]: [id], [link.to]: targets });
    const missing = targets.find((target) => !links.some((each) => each.values[link.to] === target));
    if (missing) throw new Problem('not-found', { message: notLinked, params: { id: missing } });
    return removeRecords(
      inner,
      through,
      links.map((each) => ({ id: each.id })),
    );
  });
}

/** How often a change may be overtaken before it locks its record first. */
const maxOvertaken = 3;

type MakeDrafts = (ctx: Ctx) => Promise<readonly Draft[]>;

/**
 * The phases of every verb. What is one statement needs no transaction: new records without followers, and a
 * single change, which is tried anew when somebody else was faster. All else runs in one transaction.
 */
async function act(
  ctx: Ctx,
  entity: Entity,
  count: number,
  make: MakeDrafts,
  o: { readonly removed?: boolean; readonly together?: boolean } = {},
): Promise<readonly RecordOut[]> {
  if (count > maxRecords)
    throw new Problem('too-large', { message: tooMany, params: { max: maxRecords, count } });
  const done = count === 1 && !o.together ? await alone(ctx, entity, make, o) : null;
  if (done?.read) return [done.read];
  const drafts = done?.drafts ?? (await together(ctx, entity, make));
  // Within a transaction nothing is to be seen yet; once it ends, the write's own notice makes every process read anew.
  if (entity.setup && !ctx.db.isTransaction) await ctx.workspace.refresh();
  const ids = drafts.map((draft) => draft.id);
  const read = await readAgain(ctx.db, () => readMany(ctx, entity, ids, o));
  if (read.length === drafts.length) return read;
  const byId = new Map(read.map((record) => [record.id, record]));
  return drafts.map((draft) => byId.get(draft.id) ?? unseen(draft));
}

/** All that is told of a record which its writer made for others or gave away, and so doesn’t see. */
const unseen = (draft: Draft): RecordOut => ({
  id: draft.id,
  version: Number(draft.after.version),
  can: { update: false, remove: false },
});

/** Writes what was drafted, whole or not at all, locked against others from the reading on. */
const together = (ctx: Ctx, entity: Entity, make: MakeDrafts): Promise<readonly Draft[]> =>
  inTransaction(ctx, async (inner) => {
    const drafts = await make(inner);
    refuseMistakes(drafts);
    await commit(inner, entity, drafts);
    return drafts;
  });

/** A record that was written by itself, and what its writer sees of it, where that was read with its writing. */
interface Alone {
  readonly drafts: readonly Draft[];
  readonly read: RecordOut | null;
}

/** Writes a single record in a single statement; null when more hangs on it, or it is overtaken again and again. */
async function alone(
  ctx: Ctx,
  entity: Entity,
  make: MakeDrafts,
  o: { readonly removed?: boolean },
): Promise<Alone | null> {
  for (let tries = 0; tries < maxOvertaken && !ctx.db.isTransaction; tries += 1) {
    const drafts = await readAgain(ctx.db, () => make(ctx));
    refuseMistakes(drafts);
    const [draft] = drafts;
    if (!draft || mayFollow(ctx, entity, drafts)) return null;
    // What a record of the set-up says of rights counts for its own reading: that comes after.
    const back = entity.setup ? null : readBackOf(ctx, entity, draft.id, o);
    try {
      await commitAlone(ctx, entity, draft, back);
      return { drafts, read: back?.rows ? back.read(back.rows) : null };
    } catch (error) {
      if (error instanceof NumberTaken) await moveOn(ctx, error);
      else if (!(error instanceof Overtaken)) throw error;
    }
  }
  return null;
}

const idsOf = (inputs: readonly { readonly id: string }[]): readonly string[] => inputs.map(({ id }) => id);

function refuseTwice(ids: readonly string[]): void {
  const double = ids.find((id, index) => ids.indexOf(id) !== index);
  if (double) throw new Problem('malformed', { message: twice, params: { id: double } });
}

function linkField(entity: Entity, name: string): LinkField {
  const link = Object.hasOwn(entity.links, name) ? entity.links[name] : undefined;
  if (link) return link;
  const names = Object.keys(entity.links);
  const near = nearest(name, names);
  const params = { label: entity.label.many, name, names: (near ? [near] : names).join(', ') || '—' };
  throw new Problem('not-found', { message: noLink, params });
}
