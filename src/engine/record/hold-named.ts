import { type RawBuilder, sql } from 'kysely';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import type { Draft } from './draft.ts';

/** Whether records of an entity may go into one another, by themselves or as links of those that do, so that who names one holds it. */
export const mayBeMerged = (entity: Entity): boolean => !entity.system && !entity.setup;

/**
 * The lock of who names a record `t` until his transaction ends: it lets others change the record and name it too, and
 * waits for a merge that takes it away, as that merge waits for him. Whoever waited doesn’t find the record any more.
 */
export const heldByName: RawBuilder<unknown> = sql`for key share of t`;

/** Holds records that are named, those in the bin too: what they went into is looked up by a statement of its own. */
export async function holdAnywhere(ctx: Ctx, entity: Entity, ids: readonly string[]): Promise<void> {
  if (ids.length === 0 || !mayBeMerged(entity)) return;
  await sql`select t.id from ${sql.id(ctx.workspace.schema, entity.table)} t
    where t.id = any(${[...ids]}::uuid[]) order by t.id ${heldByName}`.execute(ctx.db);
}

/** Remembers that a draft names a record that was there when it was looked at, for a write with no transaction around it. */
export function noteNamed(draft: Draft, entity: string, id: string): void {
  draft.named ??= new Map();
  const ids = draft.named.get(entity) ?? new Set();
  draft.named.set(entity, ids.add(id));
}

/** What keeps a statement from naming a record that went into another one since it was looked at. */
export interface Held {
  /** Parts of the statement, which lock the records that its drafts name. */
  readonly parts: readonly RawBuilder<unknown>[];
  /** Conditions under which anything is written: all of them were still there. */
  readonly conditions: readonly RawBuilder<unknown>[];
}

/** Holds what these drafts noted, in the statement that writes them. */
export function holdNamed(ctx: Ctx, drafts: readonly Draft[]): Held {
  const named = new Map<string, Set<string>>();
  for (const draft of drafts)
    for (const [entity, ids] of draft.named ?? [])
      named.set(entity, new Set([...(named.get(entity) ?? []), ...ids]));
  const all = [...named].map(([entity, ids], index) => ({
    name: sql.ref(`held_${index}`),
    table: sql.id(ctx.workspace.schema, entityOf(ctx.workspace.model, entity).table),
    ids: [...ids],
  }));
  return {
    parts: all.map(
      ({ name, table, ids }) => sql`${name} as (select t.id from ${table} t
        where t.id = any(${ids}::uuid[]) and t.removed_at is null order by t.id ${heldByName})`,
    ),
    conditions: all.map(({ name, ids }) => sql`(select count(*) from ${name}) = ${ids.length}`),
  };
}
