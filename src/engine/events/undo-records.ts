import { sql } from 'kysely';
import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Verb } from '../../model/event.ts';
import type { Ctx } from '../ctx.ts';
import { byHalves } from '../long-work/by-halves.ts';
import { moveLate } from '../merge/move-late.ts';
import { commit } from '../record/commit.ts';
import { validate } from '../record/create.ts';
import type { Draft } from '../record/draft.ts';
import { keysOf } from '../record/external-keys.ts';
import { lockStanding } from './may-undo.ts';
import { type Logged, reverse } from './reverse.ts';
import { actorName } from './stands-in-the-way.ts';

const notWritten = message(
  'undo-not-written',
  'The database refused to put this record back ({reason}). The others are as before.',
  'La base de données a refusé de rétablir cette fiche ({reason}). Les autres sont comme avant.',
  'La base de datos se negó a recuperar este registro ({reason}). Los demás están como antes.',
);

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

/** What became of some records; one that was as before already is in neither. */
export interface Undone {
  readonly done: readonly Done[];
  readonly refused: readonly Refused[];
}

/** The batch that is being undone. */
export interface UndoneBatch {
  readonly id: string;
  /** No event of it is older. */
  readonly begin: Date;
}

/**
 * Puts these records back as they were before a batch, inside a transaction; when they are refused as a whole, each
 * half by itself, so that one record stops no other.
 */
export async function undoRecords(
  ctx: Ctx,
  entity: Entity,
  batch: UndoneBatch,
  ids: readonly string[],
): Promise<Undone> {
  const pieces = await byHalves(ctx, ids, {
    notWritten,
    work: (some) => putBack(ctx, entity, batch, some),
    refused: (id, mistakes): Undone => ({ done: [], refused: [{ entity: entity.name, id, mistakes }] }),
  });
  return {
    done: pieces.flatMap(({ done }) => done),
    refused: pieces.flatMap(({ refused }) => refused),
  };
}

async function putBack(
  ctx: Ctx,
  entity: Entity,
  batch: UndoneBatch,
  ids: readonly string[],
): Promise<Undone> {
  const stored = await lockStanding(ctx, entity, ids);
  const events = Map.groupBy(await eventsSince(ctx, entity, batch, ids), (event) => event.record);
  const keys = await keysOf(ctx, ids);
  const drafts: Draft[] = [];
  for (const standing of stored) {
    const { id } = standing;
    const given = { batch: batch.id, standing, events: events.get(id) ?? [], keys: keys.get(id) ?? [] };
    const draft = reverse(ctx, entity, given);
    if (draft) drafts.push(draft);
  }
  const acceptable = drafts.filter((draft) => draft.mistakes.length === 0);
  // What goes to the bin frees the unique values and keys that others get back.
  const removals = acceptable.filter((draft) => draft.verb === 'remove');
  const follow = await moveLate(ctx, entity, removals);
  await commit(ctx, entity, removals);
  await follow();
  const others = acceptable.filter((draft) => draft.verb !== 'remove');
  await validate(ctx, entity, others);
  for (const verb of ['update', 'restore'] as const) {
    await commit(
      ctx,
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
}

/**
 * What happened to these records from the batch's first event of each on, by version. The batch is compared so that no
 * index of it is used: the statistics take a new batch for tiny, and it would be read as a whole for each record.
 */
async function eventsSince(
  ctx: Ctx,
  entity: Entity,
  { id: batch, begin }: UndoneBatch,
  ids: readonly string[],
): Promise<readonly Logged[]> {
  const { schema } = ctx.workspace;
  const { rows } = await sql<Logged>`
    select e.record, e.verb, e.version, e.door, e.changes, e.batch, ${actorName(ctx, 'e.actor')} as actor_name, e.actor
    from (
      select n.*, min(n.version) filter (where n.batch is not distinct from ${batch}) over (partition by n.record) as first
      from ${sql.id(schema, 'event')} n
      where n.entity = ${entity.name} and n.record = any(${[...ids]}::uuid[]) and n.at >= ${begin}) e
    where e.version >= e.first order by e.version`.execute(ctx.db);
  return rows;
}
