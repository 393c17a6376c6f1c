import { sql } from 'kysely';
import { newId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';
import { administrator } from '../../model/access.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Changes, Verb } from '../../model/event.ts';
import type { Values } from '../../model/record.ts';
import { sameValue } from '../../model/rule.ts';
import { accessSql, levelFor, may, type OwnedRow } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { rowOf, valuesOf } from '../record/codec.ts';
import { commit } from '../record/commit.ts';
import { validate } from '../record/create.ts';
import type { Draft, ExternalKey } from '../record/draft.ts';
import { keysOf } from '../record/external-keys.ts';
import { notYours } from '../record/lock.ts';
import { inTransaction } from '../record/transaction.ts';

const notFound = message(
  'batch-not-found',
  'Nothing was written under this batch, or it isn’t yours to undo.',
  'Rien n’a été écrit sous ce lot, ou il ne vous appartient pas de l’annuler.',
  'No se escribió nada en este lote, o no le corresponde deshacerlo.',
);
const changedSince = message(
  'changed-since',
  'Changed since by {who}: {fields}.',
  'Modifié depuis par {who} : {fields}.',
  'Modificado después por {who}: {fields}.',
);

/** Records per transaction. */
const chunkSize = 500;

/** What an undo did: how many records are as before, and which stand in the way with their reasons. */
export interface UndoReport {
  /** The batch of the undo's own events: undoing that is a redo. */
  readonly batch: string;
  readonly undone: number;
  readonly refused: readonly {
    readonly entity: string;
    readonly id: string;
    readonly mistakes: readonly Mistake[];
  }[];
}

/** A row of the entity's table, with what the asker may do to it now. */
interface Stored extends Record<string, unknown> {
  readonly id: string;
  readonly can_update: boolean;
  readonly can_remove: boolean;
}

interface Logged {
  readonly record: string;
  readonly verb: Verb;
  readonly version: number;
  readonly changes: Changes;
  readonly batch: string | null;
  readonly actor_name: string | null;
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
  const isAdministrator = ctx.who.roles.includes(administrator);
  const { rows } = await sql<{ entity: string; record: string }>`
    select entity, record from ${sql.id(ctx.workspace.schema, 'event')}
    where batch = ${batch} and ${isAdministrator ? sql`true` : sql`actor = ${ctx.who.userId}`}
    group by entity, record order by max(at) desc, max(id::text) desc`.execute(ctx.db);
  if (rows.length === 0) throw new Problem('not-found', { message: notFound });
  const undo: Ctx = { ...ctx, door: 'undo', batch: newId() };
  const refused: UndoReport['refused'][number][] = [];
  let done = 0;
  for (const [name, ids] of chunks(rows)) {
    refused.push(...(await undoChunk(undo, entityOf(ctx.workspace.model, name), batch, ids)));
    done += ids.length;
    await onProgress?.(done, rows.length);
  }
  return { batch: undo.batch as string, undone: rows.length - refused.length, refused };
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
): Promise<UndoReport['refused'][number][]> {
  return inTransaction({ ...ctx, now: new Date() }, async (inner) => {
    const schema = inner.workspace.schema;
    const { rows: stored } = await sql<Stored>`
      select t.*, ${accessSql(inner, entity, 'update', 't')} as can_update, ${accessSql(inner, entity, 'remove', 't')} as can_remove
      from ${sql.id(schema, entity.table)} t where t.id = any(${[...ids]}::uuid[]) order by t.id for update of t`.execute(
      inner.db,
    );
    const { rows: events } = await sql<Logged>`
      select e.record, e.verb, e.version, e.changes, e.batch, u.name as actor_name from ${sql.id(schema, 'event')} e
      left join ${sql.id(schema, 'user')} u on u.id = e.actor
      where e.entity = ${entity.name} and e.record = any(${[...ids]}::uuid[])
        and e.version >= (select min(f.version) from ${sql.id(schema, 'event')} f where f.entity = e.entity and f.record = e.record and f.batch = ${batch})
      order by e.version`.execute(inner.db);
    const keys = await keysOf(inner, ids);
    const drafts: Draft[] = [];
    for (const row of stored) {
      const own = events.filter((event) => event.record === row.id);
      const draft = reverse(inner, entity, batch, row, own, keys.get(row.id) ?? []);
      if (draft) drafts.push(draft);
    }
    const acceptable = drafts.filter((draft) => draft.mistakes.length === 0);
    // What goes to the bin frees the unique values and keys that others get back.
    const removals = acceptable.filter((draft) => draft.verb === 'remove');
    await commit(inner, entity, removals);
    const others = acceptable.filter((draft) => draft.verb !== 'remove');
    await validate(inner, entity, others);
    for (const verb of ['update', 'restore'] as const) {
      await commit(
        inner,
        entity,
        others.filter((draft) => draft.verb === verb && draft.mistakes.length === 0),
      );
    }
    return drafts
      .filter((draft) => draft.mistakes.length > 0)
      .map((draft) => ({ entity: entity.name, id: draft.id, mistakes: draft.mistakes }));
  });
}

/** The draft that puts one record back; null when nothing is left to do. */
function reverse(
  ctx: Ctx,
  entity: Entity,
  batch: string,
  row: Stored,
  events: readonly Logged[],
  keys: readonly ExternalKey[],
): Draft | null {
  const own = events.filter((event) => event.batch === batch);
  const later = events.filter((event) => event.batch !== batch);
  const stored = valuesOf(entity, row);
  const former: Record<string, unknown> = {};
  for (const event of own) {
    for (const [field, [before]] of Object.entries(event.changes)) {
      if (!(field in former)) former[field] = before;
    }
  }
  const isCreated = own[0]?.verb === 'create';
  const { id } = row;
  if (isCreated && stored.removedAt != null) return null;
  // An undo that was cut short and is taken up again finds some records as they were.
  if (
    !isCreated &&
    Object.entries(former).every(([name, value]) => sameValue(stored[name] ?? null, value ?? null))
  )
    return null;
  const after = isCreated ? { ...stored, removedAt: new Date().toISOString() } : { ...stored, ...former };
  const verb = verbOf(stored.removedAt ?? null, after.removedAt ?? null);
  const mistakes = later.flatMap((event): Mistake[] => {
    const fields = Object.keys(event.changes).filter(
      (field) => (isCreated || field in former) && standsInTheWay(field, event, own, stored),
    );
    const params = { who: event.actor_name ?? 'Rapport', fields: named(ctx, entity, fields) };
    return fields.length > 0 ? [{ field: fields[0] ?? '', message: changedSince, params }] : [];
  });
  // Whoever made a record may take it back untouched, even if he made it for somebody else.
  if (!isCreated && !mayPutBack(ctx, entity, row, verb, after))
    mistakes.push({ field: '', message: notYours, params: { label: entity.label.one, id } });
  return {
    id,
    verb,
    before: stored,
    after,
    given: new Set(),
    keys: verb === 'restore' ? keys : [],
    mistakes,
  };
}

/**
 * Whether somebody else's change of a field still counts: one that was itself taken back, so that the field is again
 * as the batch left it, doesn't.
 */
function standsInTheWay(field: string, event: Logged, own: readonly Logged[], stored: Values): boolean {
  const last = own.findLast((each) => field in each.changes);
  if (last && event.version < last.version) return true;
  return !sameValue(stored[field] ?? null, last?.changes[field]?.[1] ?? null);
}

/** Whether the asker may change the record as it is, or may once the owner and teams that the batch gave it are back. */
function mayPutBack(ctx: Ctx, entity: Entity, row: Stored, verb: Verb, after: Values): boolean {
  const action = verb === 'restore' ? 'remove' : 'update';
  if (verb === 'restore' ? row.can_remove : row.can_update) return true;
  const level = levelFor(ctx, entity, action);
  return (
    typeof level !== 'object' &&
    level !== 'filtered' &&
    may(ctx, entity, action, rowOf(entity, after) as unknown as OwnedRow)
  );
}

/** What a change of `removedAt` means. */
function verbOf(before: unknown, after: unknown): Verb {
  if ((before === null) === (after === null)) return 'update';
  return after === null ? 'restore' : 'remove';
}

const named = (ctx: Ctx, entity: Entity, fields: readonly string[]): string =>
  fields.map((field) => entity.fields[field]?.label[ctx.locale] ?? field).join(', ');
