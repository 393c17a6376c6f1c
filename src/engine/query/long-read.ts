import { type CompiledQuery, sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Ctx, Db } from '../ctx.ts';

const slow = message(
  'too-slow',
  'This takes longer than {seconds} seconds; narrow the filter.',
  'Cela prend plus de {seconds} secondes ; resserrez le filtre.',
  'Esto tarda más de {seconds} segundos; acote el filtro.',
);
const gone = message(
  'asker-gone',
  'The request was cancelled.',
  'La requête a été annulée.',
  'La petición se ha cancelado.',
);

/** Refuses what takes longer than somebody should wait for. */
export const tooSlow = (seconds: number): Problem =>
  new Problem('invalid', { message: slow, params: { seconds } });

/** What work ends with when nobody waits for it any more; seen by logs alone. */
export const askerGone = (): Problem => new Problem('too-many', { message: gone });

/**
 * Runs a statement on a connection that is held already: it ends after `seconds`, and at once when the asker has gone,
 * by limits of a transaction of its own. Elsewhere `boundedRead` says the same in one round trip.
 */
export async function longRead<R>(
  ctx: Ctx,
  seconds: number,
  statement: CompiledQuery<R>,
): Promise<readonly R[]> {
  try {
    return await ctx.db.transaction().execute(async (db) => {
      const limits = sql<{ pid: number }>`select pg_backend_pid() as pid,
        set_config('statement_timeout', ${String(seconds * 1000)}, true)`;
      const pid = (await limits.execute(db)).rows[0]?.pid ?? 0;
      // This connection is busy until then: another one cancels.
      const elsewhere = { ...ctx, db: ctx.workspace.numbers.pool };
      return withCancel(elsewhere, pid, async () => (await db.executeQuery(statement)).rows);
    });
  } catch (error) {
    if (!isCancelled(error)) throw error;
    if (ctx.signal?.aborted) throw askerGone();
    throw tooSlow(seconds);
  }
}

/** Does `work` on backend `pid`; cancels its statement from another connection when the asker goes meanwhile. */
export async function withCancel<T>(ctx: Ctx, pid: number, work: () => Promise<T>): Promise<T> {
  const cancelling: Promise<unknown>[] = [];
  const cancel = (): void => {
    cancelling.push(cancelBackend(ctx.db, pid).catch(() => null)); // it has ended by itself, or its timeout ends it
  };
  ctx.signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await work();
  } finally {
    ctx.signal?.removeEventListener('abort', cancel);
    // The connection must not go back to the pool while a cancellation may still reach it.
    await Promise.all(cancelling);
  }
}

const cancelBackend = (db: Db, pid: number): Promise<unknown> =>
  sql`select pg_cancel_backend(${pid})`.execute(db);

/** PostgreSQL's `query_canceled`: by its timeout or by us. */
export const isCancelled = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '57014';
