import { sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Ctx } from '../ctx.ts';
import { ownEvents } from './may-undo.ts';

const notFound = message(
  'batch-not-found',
  'Nothing was written under this batch, or it isn’t yours to undo.',
  'Rien n’a été écrit sous ce lot, ou il ne vous appartient pas de l’annuler.',
  'No se escribió nada en este lote, o no le corresponde deshacerlo.',
);

/** Where an event stands in its batch; instants are text, to the microsecond. */
export interface EventPlace {
  readonly at: string;
  readonly id: string;
}

/** A record that a batch wrote, and the last event that it wrote of it. */
export interface BatchRecord {
  readonly entity: string;
  readonly record: string;
  readonly last: EventPlace;
}

/** When a batch began to write, or a day before: clocks of several servers may differ. */
export async function beginOf(ctx: Ctx, batch: string): Promise<Date> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(e.at) - interval '1 day' as at from ${sql.id(ctx.workspace.schema, 'event')} e
    where e.batch = ${batch}`.execute(ctx.db);
  return rows[0]?.at ?? new Date(0);
}

/** How many records a batch wrote that are the asker's to take back; refused when there are none. */
export async function countRecords(ctx: Ctx, batch: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select 1 from ${sql.id(ctx.workspace.schema, 'event')} e
      where e.batch = ${batch} and ${ownEvents(ctx, 'e')} group by e.entity, e.record) r`.execute(ctx.db);
  const count = rows[0]?.count ?? 0;
  if (count === 0) throw new Problem('not-found', { message: notFound });
  return count;
}

/**
 * The next records that a batch wrote and the asker may take back, the latest first, each once. Read in the order of
 * the index, so that the last of a million costs no more than the first.
 */
export async function recordsBefore(
  ctx: Ctx,
  batch: string,
  place: EventPlace | null,
  limit: number,
): Promise<readonly BatchRecord[]> {
  if (ctx.db.isTransaction) return readBefore(ctx, batch, place, limit);
  return ctx.db.transaction().execute(async (db) => {
    // Of a batch written a moment ago the statistics know nothing: taken for tiny, all of it would be sorted each time.
    await sql`select set_config('enable_sort', 'off', true)`.execute(db);
    return readBefore({ ...ctx, db }, batch, place, limit);
  });
}

async function readBefore(
  ctx: Ctx,
  batch: string,
  place: EventPlace | null,
  limit: number,
): Promise<readonly BatchRecord[]> {
  const event = sql.id(ctx.workspace.schema, 'event');
  const before =
    place === null
      ? sql`true`
      : sql`e.at <= ${place.at}::timestamptz and (e.at, e.id) < (${place.at}::timestamptz, ${place.id}::uuid)`;
  const { rows } = await sql<{ entity: string; record: string; at: string; id: string }>`
    select e.entity, e.record, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.id
    from ${event} e
    where e.batch = ${batch} and ${ownEvents(ctx, 'e')} and ${before}
      and e.id = (select f.id from ${event} f
        where f.entity = e.entity and f.record = e.record and f.batch is not distinct from ${batch} and f.at >= e.at
          and ${ownEvents(ctx, 'f')}
        order by f.at desc, f.id desc limit 1)
    order by e.at desc, e.id desc limit ${limit}`.execute(ctx.db);
  return rows.map(({ entity, record, at, id }) => ({ entity, record, last: { at, id } }));
}
