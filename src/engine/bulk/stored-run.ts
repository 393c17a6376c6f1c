import { type RawBuilder, sql } from 'kysely';
import { keepableJson } from '../../lib/keepable.ts';
import type { BulkStateName } from '../../model/bulk.ts';
import type { Door } from '../../model/event.ts';
import type { Ctx, Place } from '../ctx.ts';
import type { EventPlace } from '../events/batch-records.ts';
import type { UndoProgress } from '../events/undo-batch.ts';
import type { Said } from '../long-work/said.ts';

/** What a run was asked to do, as it is kept with it. */
export interface BulkPlan {
  /** An expression, empty for every record; null when the records were named one by one. */
  readonly where: string | null;
  readonly sort: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly input: Readonly<Record<string, unknown>>;
  readonly isTrial: boolean;
  /** The door at which it was asked for. */
  readonly door: Door;
  /** Of an undo: the batch that is undone. */
  readonly batch?: string;
}

/** A run as its row holds it. */
export interface StoredRun {
  readonly id: string;
  readonly entity: string;
  readonly verb: string;
  readonly state: BulkStateName;
  readonly plan: BulkPlan;
  readonly total: number | null;
  readonly position: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly left: number;
  /** In whose name it works: who asked for it, or for its undo. */
  readonly asker: string | null;
  readonly stopped: Said | null;
  readonly undo: UndoProgress | null;
  /** Of a run that undoes a batch: the last event dealt with. */
  readonly place: EventPlace | null;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly createdByName: string | null;
  readonly finishedAt: Date | null;
}

/** Reads runs under a condition over `b`, newest first. */
export async function selectRuns(
  ctx: Place,
  condition: RawBuilder<unknown>,
  limit = 1,
): Promise<readonly StoredRun[]> {
  const { schema } = ctx.workspace;
  const { rows } = await sql<StoredRun>`
    select b.id, b.entity, b.verb, b.state, b.plan, b.total, b.position, b.changed, b.unchanged, b.refused,
      b.left_alone as left, b.asker, b.stopped, b.undo, b.place, b.created_at as "createdAt", b.created_by as "createdBy",
      u.name as "createdByName", b.finished_at as "finishedAt"
    from ${sql.id(schema, 'bulk_run')} b left join ${sql.id(schema, 'user')} u on u.id = b.created_by
    where ${condition} order by b.id desc limit ${limit}`.execute(ctx.db);
  return rows;
}

/** Keeps a new run, its records still to be looked for. */
export async function insertRun(
  ctx: Ctx,
  run: { readonly id: string; readonly entity: string; readonly verb: string; readonly plan: BulkPlan },
): Promise<void> {
  await sql`
    insert into ${sql.id(ctx.workspace.schema, 'bulk_run')}
      (id, entity, verb, state, plan, position, changed, unchanged, refused, left_alone, asker, created_at, created_by)
    values (${run.id}, ${run.entity}, ${run.verb}, 'running', ${JSON.stringify(run.plan)}::jsonb, 0, 0, 0, 0, 0,
      ${ctx.who.userId}, ${ctx.now}, ${ctx.who.userId})`.execute(ctx.db);
}

/** What of a run its own progress writes. */
type Changes = Partial<
  Pick<
    StoredRun,
    | 'state'
    | 'total'
    | 'position'
    | 'changed'
    | 'unchanged'
    | 'refused'
    | 'left'
    | 'asker'
    | 'stopped'
    | 'undo'
    | 'place'
    | 'finishedAt'
  >
>;

/** Writes a run's progress, and only while it is in one of `states`, and at the place `from`; answers whether it was. */
export async function writeRun(
  ctx: Ctx,
  id: string,
  states: readonly BulkStateName[],
  { left, stopped, undo, place, finishedAt, ...plain }: Changes,
  from?: number,
): Promise<boolean> {
  const columns: Record<string, unknown> = {
    ...plain,
    ...(left === undefined ? {} : { left_alone: left }),
    ...(stopped === undefined ? {} : { stopped: stopped && keepableJson(stopped) }),
    ...(undo === undefined ? {} : { undo: undo && keepableJson(undo) }),
    ...(place === undefined ? {} : { place: place && JSON.stringify(place) }),
    ...(finishedAt === undefined ? {} : { finished_at: finishedAt }),
  };
  const set = Object.entries(columns).map(([name, value]) => sql`${sql.ref(name)} = ${value}`);
  const { numAffectedRows } = await sql`
    update ${sql.id(ctx.workspace.schema, 'bulk_run')} set ${sql.join(set)}
    where id = ${id} and state = any(${[...states]}::text[])
      ${from === undefined ? sql`` : sql`and position = ${from}`}`.execute(ctx.db);
  return numAffectedRows === 1n;
}
