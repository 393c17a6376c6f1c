import { sql } from 'kysely';
import { newId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Verb } from '../../model/event.ts';
import type { Ctx } from '../ctx.ts';
import { declares } from '../declare/declarations.ts';
import { fullModel } from '../declare/full-model.ts';
import { commit } from '../record/commit.ts';
import { validate } from '../record/create.ts';
import type { Draft } from '../record/draft.ts';
import { keysOf } from '../record/external-keys.ts';
import { inTransaction } from '../record/transaction.ts';
import { lockStanding, ownEvents } from './may-undo.ts';
import { type Logged, reverse } from './reverse.ts';
import { actorName } from './stands-in-the-way.ts';

const notFound = message(
  'batch-not-found',
  'Nothing was written under this batch, or it isn’t yours to undo.',
  'Rien n’a été écrit sous ce lot, ou il ne vous appartient pas de l’annuler.',
  'No se escribió nada en este lote, o no le corresponde deshacerlo.',
);

const retired = message(
  'undo-entity-retired',
  'It belongs to {entity}, which is retired: take that back first.',
  'Elle appartient à {entity}, qui est retirée : reprenez-la d’abord.',
  'Pertenece a {entity}, que está retirada: recupérela primero.',
);

/** Records per transaction. */
const chunkSize = 500;

/** A record that stays as it is, with the reasons. */
export interface Refused {
  readonly entity: string;
  readonly id: string;
  readonly mistakes: readonly Mistake[];
}

/** What putting a record back came to: it went to the bin, came out of it, or got values back. */
export interface Done {
  readonly entity: string;
  readonly id: string;
  readonly verb: Verb;
}

/** What an undo did: how many records are as before, and which stand in the way with their reasons. */
export interface UndoReport {
  /** The batch of the undo's own events: undoing that is a redo. */
  readonly batch: string;
  readonly undone: number;
  readonly refused: readonly Refused[];
  /** What was done to each record that wasn't as before already. */
  readonly done: readonly Done[];
}

/**
 * Puts everything written under `batch` back as it was, in the name of the asker: created records go to the
 * bin, changed fields get their former values. Records that were changed again since, or that the asker may no
 * longer change, are left alone, with the reason.
 */
export async function undoBatch(
  ctx: Ctx,
  batch: string,
  onProgress?: (done: number, of: number) => Promise<void>,
): Promise<UndoReport> {
  const rows = await recordsOf(ctx, batch);
  let undo: Ctx = { ...ctx, door: 'undo', batch: newId() };
  const refused: Refused[] = [];
  const done: Done[] = [];
  let reached = 0;
  for (const [name, ids] of chunks(rows)) {
    const entity = undo.workspace.model.entities.get(name);
    const chunk = entity
      ? await undoChunk(undo, entity, batch, ids)
      : { refused: ids.map((id) => gone(name, id)), done: [] };
    refused.push(...chunk.refused);
    done.push(...chunk.done);
    if (entity && declares(entity)) undo = await withModelNow(undo);
    reached += ids.length;
    await onProgress?.(reached, rows.length);
  }
  return { batch: undo.batch as string, undone: rows.length - refused.length, refused, done };
}

/** What comes next is undone by the declarations as they are by now, in this transaction perhaps. */
async function withModelNow(ctx: Ctx): Promise<Ctx> {
  const { workspace } = ctx;
  const model = await fullModel(ctx.db, workspace.schema, workspace.declaredInCode);
  return { ...ctx, workspace: { ...workspace, model } };
}

/** A record of an entity that is retired: it is undone once that is back. */
const gone = (entity: string, id: string): Refused => ({
  entity,
  id,
  mistakes: [{ field: '', message: retired, params: { entity } }],
});

/** The records that a batch wrote and the asker may take back, the latest first. */
export async function recordsOf(
  ctx: Ctx,
  batch: string,
): Promise<readonly { readonly entity: string; readonly record: string }[]> {
  const { rows } = await sql<{ entity: string; record: string }>`
    select e.entity, e.record from ${sql.id(ctx.workspace.schema, 'event')} e
    where e.batch = ${batch} and ${ownEvents(ctx, 'e')}
    group by e.entity, e.record order by max(e.at) desc, max(e.id::text) desc`.execute(ctx.db);
  if (rows.length === 0) throw new Problem('not-found', { message: notFound });
  return rows;
}

/** Runs of records of one entity, latest first, in bounded pieces. */
function* chunks(
  rows: readonly { entity: string; record: string }[],
): Generator<readonly [string, readonly string[]]> {
  let ids: string[] = [];
  for (const [index, row] of rows.entries()) {
    ids.push(row.record);
    const next = rows[index + 1];
    if (ids.length === chunkSize || next?.entity !== row.entity) {
      yield [row.entity, ids];
      ids = [];
    }
  }
}

function undoChunk(
  ctx: Ctx,
  entity: Entity,
  batch: string,
  ids: readonly string[],
): Promise<Pick<UndoReport, 'refused' | 'done'>> {
  return inTransaction({ ...ctx, now: new Date() }, async (inner) => {
    const stored = await lockStanding(inner, entity, ids);
    const events = Map.groupBy(await eventsSince(inner, entity, batch, ids), (event) => event.record);
    const keys = await keysOf(inner, ids);
    const drafts: Draft[] = [];
    for (const standing of stored) {
      const { id } = standing;
      const given = { batch, standing, events: events.get(id) ?? [], keys: keys.get(id) ?? [] };
      const draft = reverse(inner, entity, given);
      if (draft) drafts.push(draft);
    }
    const acceptable = drafts.filter((draft) => draft.mistakes.length === 0);
    // What goes to the bin frees the unique values and keys that others get back.
    await commit(
      inner,
      entity,
      acceptable.filter((draft) => draft.verb === 'remove'),
    );
    const others = acceptable.filter((draft) => draft.verb !== 'remove');
    await validate(inner, entity, others);
    for (const verb of ['update', 'restore'] as const) {
      await commit(
        inner,
        entity,
        others.filter((draft) => draft.verb === verb && draft.mistakes.length === 0),
      );
    }
    const named = { entity: entity.name };
    return {
      refused: drafts
        .filter((draft) => draft.mistakes.length > 0)
        .map(({ id, mistakes }) => ({ ...named, id, mistakes })),
      done: drafts
        .filter((draft) => draft.mistakes.length === 0)
        .map(({ id, verb }) => ({ ...named, id, verb })),
    };
  });
}

/** What happened to these records from the batch's first event of each on, by version. */
async function eventsSince(
  ctx: Ctx,
  entity: Entity,
  batch: string,
  ids: readonly string[],
): Promise<readonly Logged[]> {
  const { schema } = ctx.workspace;
  const { rows } = await sql<Logged>`
    select e.record, e.verb, e.version, e.changes, e.batch, ${actorName(ctx, 'e.actor')} as actor_name, e.actor
    from ${sql.id(schema, 'event')} e
    where e.entity = ${entity.name} and e.record = any(${[...ids]}::uuid[])
      and e.version >= (select min(f.version) from ${sql.id(schema, 'event')} f where f.entity = e.entity and f.record = e.record and f.batch = ${batch})
    order by e.version`.execute(ctx.db);
  return rows;
}
