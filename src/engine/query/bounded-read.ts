import { CompiledQuery } from 'kysely';
import type { Ctx, Db } from '../ctx.ts';
import { hasClients, onClient } from '../workspace/clients.ts';
import { askerGone, isCancelled, longRead, tooSlow } from './long-read.ts';
import { readAtOnce, statementName } from './prepared.ts';

/** A statement that reads. */
export interface BoundedRead {
  readonly text: string;
  readonly parameters: readonly unknown[];
  /** Connections keep its plan under this: only of texts that are the same for many, see `preparedQuery`. */
  readonly name?: string;
}

/**
 * Runs a statement that is nearly always quick, without a round trip more than it takes itself: it is cancelled after
 * `seconds`, and at once when the asker has gone. Within a transaction under way, that one's limits hold.
 */
export async function boundedRead<R>(
  ctx: Ctx,
  seconds: number,
  { text, parameters, name }: BoundedRead,
): Promise<readonly R[]> {
  if (ctx.signal?.aborted) throw askerGone();
  const plain = CompiledQuery.raw(text, [...parameters]) as CompiledQuery<R>;
  if (ctx.db.isTransaction) return (await ctx.db.executeQuery(plain)).rows;
  if (!hasClients(ctx.db)) return longRead(ctx, seconds, plain);
  return onClient(ctx.db, async ({ backend, query }) => {
    const cancelling: Promise<unknown>[] = [];
    const cancel = (): void => {
      cancelling.push(cancelBackend(ctx.db, backend).catch(() => null)); // it has ended by itself, or is lost anyway
    };
    const timer = setTimeout(cancel, seconds * 1000);
    ctx.signal?.addEventListener('abort', cancel, { once: true });
    try {
      return (await query({
        text,
        values: parameters,
        ...(name === undefined ? {} : { name }),
      })) as readonly R[];
    } catch (error) {
      if (!isCancelled(error)) throw error;
      throw ctx.signal?.aborted ? askerGone() : tooSlow(seconds);
    } finally {
      clearTimeout(timer);
      ctx.signal?.removeEventListener('abort', cancel);
      // The connection must not go back to the pool while a cancellation may still reach it.
      await Promise.all(cancelling);
    }
  });
}

const cancelText = 'select pg_cancel_backend($1::int)';

/** On a connection that others share, so that it gets through when every other one is waiting for such statements. */
const cancelBackend = (db: Db, backend: number): Promise<unknown> =>
  readAtOnce(db, statementName(cancelText), cancelText, [backend]);
