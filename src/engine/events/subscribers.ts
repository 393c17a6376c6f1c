import { sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { nearest } from '../../lib/nearest.ts';
import { Problem } from '../../lib/problem.ts';
import { administrator } from '../../model/access.ts';
import type { Ctx } from '../ctx.ts';
import { noticesOf } from './announce.ts';

const adminOnly = message(
  'subscribers-forbidden',
  'Only administrators look after what follows from events.',
  'Seuls les administrateurs s’occupent de ce qui suit les événements.',
  'Solo los administradores se ocupan de lo que sigue a los eventos.',
);
const unknown = message(
  'unknown-subscriber',
  'Nothing that follows from events is called “{name}”; there are: {names}.',
  'Rien de ce qui suit les événements ne s’appelle « {name} » ; il y a : {names}.',
  'Nada de lo que sigue a los eventos se llama «{name}»; hay: {names}.',
);

/** An event that failed too often and waits for a person. */
export interface Parked {
  readonly event: string;
  readonly entity: string;
  readonly record: string;
  readonly attempts: number;
  readonly since: string;
  readonly error: string;
}

/** How a subscriber gets on: how many events it is still to be told, since when, and which were parked. */
export interface SubscriberState {
  readonly name: string;
  readonly waiting: number;
  readonly oldest: string | null;
  readonly failing: number;
  readonly parkedCount: number;
  /** The oldest of them. */
  readonly parked: readonly Parked[];
}

const mostParked = 100;

/** How every subscriber gets on; for administrators. */
export async function subscriberStates(ctx: Ctx): Promise<readonly SubscriberState[]> {
  refuseOthers(ctx);
  const outbox = sql.id(ctx.workspace.schema, 'delivery');
  const { rows } = await sql<{
    subscriber: string;
    waiting: number;
    oldest: Date | null;
    failing: number;
    parked: number;
  }>`
    select subscriber, (count(*) filter (where parked_at is null))::int as waiting,
      min(at) filter (where parked_at is null) as oldest,
      (count(*) filter (where parked_at is null and attempts > 0))::int as failing,
      (count(*) filter (where parked_at is not null))::int as parked
    from ${outbox} group by subscriber`.execute(ctx.db);
  const { rows: parked } = await sql<
    Omit<Parked, 'since'> & { subscriber: string; since: Date; error: string | null }
  >`
    select subscriber, event, entity, record, attempts, parked_at as since, coalesce(error, '') as error
    from ${outbox} where parked_at is not null order by parked_at, event limit ${mostParked}`.execute(ctx.db);
  const byName = new Map(rows.map((row) => [row.subscriber, row]));
  const names = [...new Set([...ctx.workspace.model.subscribers.keys(), ...byName.keys()])].sort();
  return names.map((name) => {
    const found = byName.get(name);
    return {
      name,
      waiting: found?.waiting ?? 0,
      oldest: found?.oldest?.toISOString() ?? null,
      failing: found?.failing ?? 0,
      parkedCount: found?.parked ?? 0,
      parked: parked
        .filter((each) => each.subscriber === name)
        .map(({ subscriber: _name, since, ...rest }) => ({ ...rest, since: since.toISOString() })),
    };
  });
}

/** Has a subscriber try again what it failed at, one event or all; answers how many. */
export async function retryParked(ctx: Ctx, name: string, event?: string): Promise<number> {
  refuseOthers(ctx);
  const names = [...ctx.workspace.model.subscribers.keys()];
  if (!names.includes(name)) {
    const near = nearest(name, names);
    const params = { name: name.slice(0, 60), names: (near ? [near] : names).join(', ') || '∅' };
    throw new Problem('not-found', { message: unknown, params });
  }
  const { schema } = ctx.workspace;
  const { rows } = await sql`
    update ${sql.id(schema, 'delivery')} set parked_at = null, due_at = null, attempts = 0
    where subscriber = ${name} and attempts > 0 and ${event === undefined ? sql`true` : sql`event = ${event}::uuid`}
    returning event`.execute(ctx.db);
  const [notice = ''] = noticesOf(ctx.workspace.name, []);
  await sql`select pg_notify('rapport_events', ${notice})`.execute(ctx.db);
  return rows.length;
}

function refuseOthers(ctx: Ctx): void {
  if (!ctx.who.roles.includes(administrator)) throw new Problem('forbidden', { message: adminOnly });
}
