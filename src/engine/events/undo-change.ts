import { sql } from 'kysely';
import { isId, newId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Changes, Verb } from '../../model/event.ts';
import { isMergeMark } from '../../model/merge.ts';
import type { RecordOut } from '../../model/record.ts';
import { sameValue } from '../../model/rule.ts';
import { refuseReading } from '../access/access.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { refuseMissing } from '../query/mistakes.ts';
import { readMany } from '../query/read.ts';
import { commit, followUp } from '../record/commit.ts';
import { validate } from '../record/create.ts';
import type { Draft } from '../record/draft.ts';
import { keysOf } from '../record/external-keys.ts';
import { notYours } from '../record/lock.ts';
import { checkMoved } from '../record/may-create.ts';
import { inTransaction } from '../record/transaction.ts';
import { lockStanding, type Standing } from './may-undo.ts';
import { type NamedBy, namedBy } from './named-by.ts';
import { verbOf } from './reverse.ts';
import { actorName, blockers, type LaterChange, worksSince } from './stands-in-the-way.ts';

const noEvent = message(
  'event-not-found',
  'The history of this record has no such change, or you may not see it.',
  'L’historique de cette fiche ne contient pas ce changement, ou vous n’y avez pas accès.',
  'El historial de este registro no contiene ese cambio, o no puede verlo.',
);
const inTheWay = message(
  'undo-blocked',
  'Not everything of this change can be undone. What can is named in “possible”: send it as “fields”, or “part”: true.',
  'Ce changement ne peut pas être annulé en entier. Ce qui peut l’être figure dans « possible » : envoyez-le dans « fields », ou « part » : true.',
  'Este cambio no puede deshacerse por completo. Lo que sí se puede figura en «possible»: envíelo en «fields», o «part»: true.',
);
const impossible = message(
  'undo-impossible',
  'Nothing of this change can be undone.',
  'Rien de ce changement ne peut être annulé.',
  'No se puede deshacer nada de este cambio.',
);
const already = message(
  'undo-done-already',
  'This change is undone already: the record is as it was before.',
  'Ce changement est déjà annulé : la fiche est comme avant.',
  'Este cambio ya está deshecho: el registro está como antes.',
);
const binned = message(
  'undo-in-bin',
  'The record is in the bin. Restore it first.',
  'La fiche est à la corbeille. Restaurez-la d’abord.',
  'El registro está en la papelera. Restáurelo primero.',
);
const follows = message(
  'undo-follows',
  '{label} follows from other fields: undo those.',
  '{label} découle d’autres champs : annulez ceux-ci.',
  '{label} se deduce de otros campos: deshaga esos.',
);
const ofMerge = message(
  'undo-of-merge',
  'This belongs to a merge, which is undone as a whole: POST /batches/{batch}/undo.',
  'Ceci fait partie d’une fusion, qui s’annule en entier : POST /batches/{batch}/undo.',
  'Esto forma parte de una fusión, que se deshace entera: POST /batches/{batch}/undo.',
);
const final = message(
  'undo-erased',
  'A person was erased here: nothing brings the values back.',
  'Une personne a été effacée ici : rien ne ramène les valeurs.',
  'Aquí se borró a una persona: nada recupera los valores.',
);
const notChanged = message(
  'undo-other-field',
  'This change didn’t touch “{name}”; it changed: {names}.',
  'Ce changement n’a pas touché « {name} » ; il a modifié : {names}.',
  'Este cambio no tocó «{name}»; cambió: {names}.',
);

/** How much of a change is to be undone: these fields, or whatever can be; all of it when nothing is said. */
export interface UndoChoice {
  readonly fields?: readonly string[];
  readonly part?: boolean;
}

/** What undoing one change did. */
export interface ChangeUndone {
  /** The batch of the undo's own events: undoing that is a redo. */
  readonly batch: string;
  /** As the asker may read it, in the bin or not; null when he no longer may. */
  readonly record: RecordOut | null;
  /** The fields that have their former value again. */
  readonly undone: readonly string[];
  /** Live records that go on naming the record, which is in the bin now. */
  readonly stillNamed: readonly NamedBy[];
}

interface Target {
  readonly batch: string | null;
  readonly verb: Verb;
  readonly version: number;
  readonly actor: string | null;
  readonly changes: Changes;
}

/**
 * Gives the fields of one change of a record their former values back, in the asker's name: a created record goes to
 * the bin, a removed one comes out of it. Where later changes, rights or rules stand in the way, it is refused with
 * the reasons by field and with the fields that could be undone without the others.
 */
export async function undoChange(
  ctx: Ctx,
  entity: Entity,
  id: string,
  event: string,
  choice: UndoChoice = {},
): Promise<ChangeUndone> {
  refuseReading(ctx, entity);
  if (!isId(id)) throw refuseMissing(entity, id);
  const batch = newId();
  const done = await inTransaction({ ...ctx, door: 'undo', batch }, async (inner) => {
    const [standing] = await lockStanding(inner, entity, [id]);
    if (!standing?.canRead) throw refuseMissing(entity, id);
    const { target, later } = await findEvent(inner, entity, standing, event);
    const draft = await possibleDraft({ ctx: inner, entity, standing, target, later, choice });
    await commit(inner, entity, [draft]);
    await followUp(inner, entity, [draft]);
    const stillNamed = draft.verb === 'remove' ? await namedBy(inner, entity, [id]) : [];
    return { undone: [...draft.given], stillNamed };
  });
  if (entity.system && !ctx.db.isTransaction) await ctx.workspace.refresh();
  const [record] = await readMany(ctx, entity, [id], { removed: true });
  return { batch, record: record ?? null, ...done };
}

/** The change that is to be undone, as far as the asker may see it, and what came after. */
async function findEvent(
  ctx: Ctx,
  entity: Entity,
  { id, values }: Standing,
  event: string,
): Promise<{ target: Target; later: readonly LaterChange[] }> {
  const notFound = new Problem('not-found', { message: noEvent });
  if (!isId(event)) throw notFound;
  const { rows } = await sql<LaterChange & Target & { id: string }>`
    select e.id, e.verb, e.version, e.door, e.batch, e.actor, e.changes, ${actorName(ctx, 'e.actor')} as actor_name
    from ${sql.id(ctx.workspace.schema, 'event')} e
    where e.entity = ${entity.name} and e.record = ${id}::uuid and e.at >= ${String(values.createdAt)}::timestamptz
      and e.version >= (select f.version from ${sql.id(ctx.workspace.schema, 'event')} f
        where f.entity = e.entity and f.record = e.record and f.id = ${event}::uuid
          and f.at >= ${String(values.createdAt)}::timestamptz)
    order by e.version`.execute(ctx.db);
  const [target, ...later] = rows;
  if (target?.id !== event) throw notFound;
  if (Object.keys(target.changes).some(isMergeMark))
    throw new Problem('conflict', { message: ofMerge, params: { batch: target.batch ?? '' } });
  const visible = readableFields(ctx, entity);
  const changes = Object.fromEntries(
    Object.entries(target.changes).filter(([name]) => Object.hasOwn(visible, name)),
  );
  if (Object.keys(changes).length === 0 && target.verb !== 'erase') throw notFound;
  return { target: { ...target, changes }, later };
}

interface Attempt {
  readonly ctx: Ctx;
  readonly entity: Entity;
  readonly standing: Standing;
  readonly target: Target;
  readonly later: readonly LaterChange[];
  readonly choice: UndoChoice;
}

/** The draft that undoes all that was asked for, or as much as can be when that is enough; else refuses with the reasons. */
async function possibleDraft(attempt: Attempt): Promise<Draft> {
  const { ctx, entity, standing, target, later, choice } = attempt;
  if (target.verb === 'erase') throw new Problem('conflict', { message: final });
  const asked = askedFields(target, choice.fields);
  refuseUnable(ctx, entity, standing, target);
  const changes = Object.fromEntries(Object.entries(target.changes).filter(([name]) => asked.has(name)));
  const against = target.verb === 'create' ? worksSince : blockers;
  const reasons: Mistake[] = [...against(ctx, entity, { changes, stored: standing.values, later })];
  const isWhole = (fields: readonly string[]): boolean =>
    fields.length === Object.keys(target.changes).length;
  let fields = Object.keys(changes).filter((name) => !reasons.some(({ field }) => field === name));
  if (target.verb !== 'update' && reasons.length > 0) throw refused(impossible, reasons, []);
  // Of a part, what only rules may write follows from the rest anew.
  if (!isWhole(fields)) {
    const derived = fields.filter((name) => entity.fields[name]?.readOnly === true);
    for (const name of choice.fields ? derived : [])
      reasons.push({ field: name, message: follows, params: { label: entity.fields[name]?.label ?? '' } });
    fields = fields.filter((name) => !derived.includes(name));
  }
  for (;;) {
    const draft = await draftOf(attempt, fields, isWhole(fields));
    if (draft && draft.mistakes.length === 0) {
      if (reasons.length === 0 || choice.part === true) return draft;
      throw refused(inTheWay, reasons, [...draft.given]);
    }
    if (!draft && reasons.length === 0) throw new Problem('conflict', { message: already });
    reasons.push(...(draft?.mistakes ?? []));
    const wrong = new Set(draft?.mistakes.map(({ field }) => field.split('.')[0]));
    const rest = fields.filter((name) => !wrong.has(name) && entity.fields[name]?.readOnly !== true);
    if (!draft || target.verb !== 'update' || rest.length === 0 || rest.length === fields.length)
      throw refused(impossible, reasons, []);
    fields = rest;
  }
}

function askedFields({ changes }: Target, fields: readonly string[] | undefined): ReadonlySet<string> {
  const known = Object.keys(changes);
  const unknown = fields?.filter((name) => !Object.hasOwn(changes, name)) ?? [];
  if (unknown.length === 0) return new Set(fields ?? known);
  throw new Problem('invalid', {
    mistakes: unknown.map((name) => ({
      field: 'fields',
      message: notChanged,
      params: { name, names: known.join(', ') },
      value: name,
    })),
  });
}

/** Whoever made a record may take it back even if he made it for somebody else; all else needs the right on it as it is. */
function refuseUnable(ctx: Ctx, entity: Entity, standing: Standing, { verb, actor }: Target): void {
  const isOwn = verb === 'create' && actor !== null && actor === ctx.who.userId;
  const may = isOwn || (verb === 'update' ? standing.canUpdate : standing.canRemove);
  const label = entity.label.one;
  if (!may) throw new Problem('forbidden', { message: notYours, params: { label, id: standing.id } });
  if (verb === 'update' && standing.values.removedAt != null)
    throw new Problem('conflict', { message: binned });
}

/** The validated draft that puts these fields back; null when the record is so already. */
async function draftOf(
  { ctx, entity, standing, target }: Attempt,
  fields: readonly string[],
  isWhole: boolean,
): Promise<Draft | null> {
  const { id, values: stored } = standing;
  const former =
    target.verb === 'create'
      ? { removedAt: stored.removedAt ?? ctx.now.toISOString() }
      : Object.fromEntries(fields.map((name) => [name, target.changes[name]?.[0] ?? null]));
  const moving = Object.keys(former).filter((name) => !sameValue(stored[name] ?? null, former[name] ?? null));
  if (moving.length === 0) return null;
  const after = { ...stored, ...former };
  const verb = verbOf(stored.removedAt ?? null, after.removedAt ?? null);
  const draft: Draft = {
    id,
    verb,
    before: stored,
    after,
    given: new Set(moving),
    keys: verb === 'restore' ? ((await keysOf(ctx, [id])).get(id) ?? []) : [],
    mistakes: [],
  };
  if (verb === 'remove') return draft;
  await validate(isWhole ? ctx : { ...ctx, door: 'api' }, entity, [draft]);
  // What somebody else had moved here may have come from where the asker has no right.
  await checkMoved(ctx, entity, [draft]);
  return draft;
}

function refused(said: typeof inTheWay, mistakes: readonly Mistake[], possible: readonly string[]): Problem {
  return new Problem('conflict', { message: said, mistakes, extra: { possible } });
}
