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
import type { Ctx } from '../ctx.ts';
import { valuesOf } from '../record/codec.ts';
import { commit } from '../record/commit.ts';
import { validate } from '../record/create.ts';
import type { Draft } from '../record/draft.ts';
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
 * bin, changed fields get their former values. Records changed again since are left alone, with the reason.
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
    const { rows: stored } = await sql<Record<string, unknown> & { id: string }>`
      select * from ${sql.id(schema, entity.table)} where id = any(${[...ids]}::uuid[]) order by id for update`.execute(
      inner.db,
    );
    const { rows: events } = await sql<Logged>`
      select e.record, e.verb, e.version, e.changes, e.batch, u.name as actor_name from ${sql.id(schema, 'event')} e
      left join ${sql.id(schema, 'user')} u on u.id = e.actor
      where e.entity = ${entity.name} and e.record = any(${[...ids]}::uuid[])
        and e.version >= (select min(f.version) from ${sql.id(schema, 'event')} f where f.entity = e.entity and f.record = e.record and f.batch = ${batch})
      order by e.version`.execute(inner.db);
    const drafts: Draft[] = [];
    for (const row of stored) {
      const draft = reverse(
        entity,
        batch,
        valuesOf(entity, row),
        events.filter((event) => event.record === row.id),
      );
      if (draft) drafts.push(draft);
    }
    const acceptable = drafts.filter((draft) => draft.mistakes.length === 0);
    await validate(
      inner,
      entity,
      acceptable.filter((draft) => draft.verb !== 'remove'),
    );
    for (const verb of ['remove', 'update', 'restore'] as const) {
      await commit(
        inner,
        entity,
        acceptable.filter((draft) => draft.verb === verb && draft.mistakes.length === 0),
      );
    }
    return drafts
      .filter((draft) => draft.mistakes.length > 0)
      .map((draft) => ({ entity: entity.name, id: draft.id, mistakes: draft.mistakes }));
  });
}

/** The draft that puts one record back; null when nothing is left to do. */
function reverse(entity: Entity, batch: string, stored: Values, events: readonly Logged[]): Draft | null {
  const own = events.filter((event) => event.batch === batch);
  const later = events.filter((event) => event.batch !== batch);
  const former: Record<string, unknown> = {};
  for (const event of own) {
    for (const [field, [before]] of Object.entries(event.changes)) {
      if (!(field in former)) former[field] = before;
    }
  }
  const isCreated = own[0]?.verb === 'create';
  const id = String(stored.id);
  if (isCreated && stored.removedAt != null) return null;
  // An undo that was cut short and is taken up again finds some records as they were.
  if (
    !isCreated &&
    Object.entries(former).every(([name, value]) => sameValue(stored[name] ?? null, value ?? null))
  )
    return null;
  const after = isCreated ? { ...stored, removedAt: new Date().toISOString() } : { ...stored, ...former };
  const verb = verbOf(stored.removedAt ?? null, after.removedAt ?? null);
  const inTheWay = later.flatMap((event) => {
    const fields = Object.keys(event.changes).filter((field) => isCreated || field in former);
    return fields.length > 0
      ? [
          {
            field: fields[0] ?? '',
            message: changedSince,
            params: { who: event.actor_name ?? 'Rapport', fields: named(entity, fields) },
          },
        ]
      : [];
  });
  return { id, verb, before: stored, after, given: new Set(), keys: [], mistakes: inTheWay };
}

/** What a change of `removedAt` means. */
function verbOf(before: unknown, after: unknown): Verb {
  if ((before === null) === (after === null)) return 'update';
  return after === null ? 'restore' : 'remove';
}

const named = (entity: Entity, fields: readonly string[]): string =>
  fields.map((field) => entity.fields[field]?.label.en ?? field).join(', ');
