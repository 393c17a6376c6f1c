import { sql } from 'kysely';
import type { RecordEvent } from '../../model/event.ts';
import type { Subscriber } from '../../model/subscriber.ts';
import type { Ctx, Place } from '../ctx.ts';
import { actsOf } from '../record/commit.ts';
import { ruleEnv } from '../record/rules.ts';
import { inTransaction } from '../record/transaction.ts';

/** Tries of one event before it is left for a person to look at. */
const mostTries = 8;
/** The first pause after a failure; each further one is twice as long, up to the longest. */
const firstPause = 1_000;
const longestPause = 60 * 60_000;
/** How long something elsewhere may take: the event stays claimed meanwhile. */
const sendingTime = 30_000;

interface Claimed {
  readonly event: string;
  readonly at: Date;
  readonly attempts: number;
}

/** What became of an attempt: `none` when nothing was due. */
export type Attempt = 'done' | 'failed' | 'none';

/**
 * Tells a subscriber of one event that is due and not claimed by another worker: of each record the earliest first. The
 * event is ticked off in the transaction of its effect, so a process that dies in between has done nothing. One that
 * fails waits longer each time and is parked in the end; later events of its record wait behind it, others go on.
 */
export async function deliverNext(ctx: Ctx, subscriber: Subscriber, signal: AbortSignal): Promise<Attempt> {
  const holder: { claimed: Claimed | null } = { claimed: null };
  try {
    return await inTransaction(ctx, async (begun) => {
      const claimed = await claim(begun, subscriber.name);
      holder.claimed = claimed;
      if (!claimed) return 'none';
      // The time of the claim, not of its asking: effects on one record bear times in the order of their events.
      const inner: Ctx = { ...begun, now: new Date() };
      const event = await readEvent(inner, claimed);
      // A month of the log that was dropped takes what was owed of it along.
      if (event) await handle(inner, subscriber, event, signal);
      await sql`delete from ${outbox(inner)} where subscriber = ${subscriber.name} and event = ${claimed.event}`.execute(
        inner.db,
      );
      return 'done';
    });
  } catch (error) {
    if (!holder.claimed || signal.aborted) throw error;
    await putOff(ctx, subscriber.name, holder.claimed, error);
    return 'failed';
  }
}

/** When the next event that failed is to be tried again; null when none is. */
export async function nextTry(ctx: Place): Promise<Date | null> {
  const { rows } = await sql<{ due: Date | null }>`
    select min(due_at) as due from ${outbox(ctx)} where parked_at is null and due_at is not null`.execute(
    ctx.db,
  );
  return rows[0]?.due ?? null;
}

/** Whether anything waits that nobody has put off. */
export async function isAnythingDue(ctx: Place): Promise<boolean> {
  const { rows } = await sql`
    select from ${outbox(ctx)} where parked_at is null and (due_at is null or due_at <= now()) limit 1`.execute(
    ctx.db,
  );
  return rows.length > 0;
}

const outbox = (ctx: Place) => sql.id(ctx.workspace.schema, 'delivery');

async function claim(ctx: Ctx, name: string): Promise<Claimed | null> {
  const { rows } = await sql<Claimed>`
    select d.event, d.at, d.attempts from ${outbox(ctx)} d
    where d.subscriber = ${name} and d.parked_at is null and (d.due_at is null or d.due_at <= now())
      and not exists (select from ${outbox(ctx)} p
        where p.subscriber = d.subscriber and p.entity = d.entity and p.record = d.record and p.version < d.version)
    order by d.event limit 1 for update of d skip locked`.execute(ctx.db);
  return rows[0] ?? null;
}

async function readEvent(ctx: Ctx, claimed: Claimed): Promise<RecordEvent | null> {
  const { rows } = await sql<Omit<RecordEvent, 'at'> & { at: Date }>`
    select id, at, actor, door, batch, entity, record, verb, version, changes
    from ${sql.id(ctx.workspace.schema, 'event')} where id = ${claimed.event} and at = (
      select at from ${outbox(ctx)} where event = ${claimed.event} limit 1)`.execute(ctx.db);
  const [row] = rows;
  return row ? { ...row, at: row.at.toISOString() } : null;
}

async function handle(
  ctx: Ctx,
  subscriber: Subscriber,
  event: RecordEvent,
  signal: AbortSignal,
): Promise<void> {
  if ('effect' in subscriber) {
    await subscriber.effect(event, actsOf({ ...ctx, door: 'rule' }, 0), ruleEnv(ctx));
    return;
  }
  const limited = AbortSignal.any([signal, AbortSignal.timeout(sendingTime)]);
  await subscriber.send(event, { key: event.id, signal: limited });
}

async function putOff(ctx: Ctx, name: string, { event, attempts }: Claimed, error: unknown): Promise<void> {
  const tries = attempts + 1;
  const pause = Math.min(firstPause * 2 ** attempts, longestPause);
  const said = (error instanceof Error ? error.message : String(error)).slice(0, 1_000);
  await sql`
    update ${outbox(ctx)} set attempts = ${tries}, error = ${said},
      due_at = now() + ${pause} * interval '1 millisecond',
      parked_at = ${tries >= mostTries ? sql`now()` : sql`null`}
    where subscriber = ${name} and event = ${event}`.execute(ctx.db);
}
