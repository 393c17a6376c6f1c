import { CompiledQuery } from 'kysely';
import { newId } from '../../lib/ids.ts';
import type { Ctx, Db } from '../ctx.ts';
import { askerGone, isCancelled, tooSlow } from './long-read.ts';
import { readAtOnce, statementName } from './prepared.ts';

/**
 * Runs a statement that is nearly always quick, without a round trip more than it takes itself: it is cancelled after
 * `seconds`, and at once when the asker has gone. To be found then, it carries a mark of its own in a comment. Within
 * a transaction under way, that one's limits hold.
 */
export async function boundedRead<R>(
  ctx: Ctx,
  seconds: number,
  text: string,
  parameters: readonly unknown[],
): Promise<readonly R[]> {
  if (ctx.signal?.aborted) throw askerGone();
  if (ctx.db.isTransaction)
    return (await ctx.db.executeQuery<R>(CompiledQuery.raw(text, [...parameters]))).rows;
  const mark = `/* read ${newId()} */`;
  const marked = CompiledQuery.raw(`${mark} ${text}`, [...parameters]);
  return ctx.db.connection().execute(async (db) => {
    const cancelling: Promise<unknown>[] = [];
    const cancel = (): void => {
      cancelling.push(cancelMarked(ctx.db, mark).catch(() => null)); // it has ended by itself, or is lost anyway
    };
    const timer = setTimeout(cancel, seconds * 1000);
    ctx.signal?.addEventListener('abort', cancel, { once: true });
    try {
      return (await db.executeQuery<R>(marked)).rows;
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

const cancelText = `select pg_cancel_backend(pid) from pg_stat_activity
  where state = 'active' and usename = current_user and left(query, length($1)) = $1`;

/** On a connection that others share, so that it gets through when every other one is waiting for such statements. */
const cancelMarked = (db: Db, mark: string): Promise<unknown> =>
  readAtOnce(db, statementName(cancelText), cancelText, [mark]);
