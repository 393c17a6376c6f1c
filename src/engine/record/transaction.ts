import { setTimeout as sleep } from 'node:timers/promises';
import type { Ctx, Db } from '../ctx.ts';
import { tellCommitted } from '../events/announce.ts';
import { moveOn, NumberTaken } from '../numbers/assign.ts';
import { isConnectionLost } from '../workspace/lost-connection.ts';

const retriable = new Set(['40001', '40P01']);

/** How often a transaction is tried in all. */
const most = 3;

/**
 * Runs `work` in one transaction: the one under way, or a new one that is tried again (three times in all) when
 * PostgreSQL chose it as the victim of a deadlock, when a number it took was in use, and when its connection was lost
 * before its end was asked for, so that nothing of it can have been kept.
 */
export async function inTransaction<T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  if (ctx.db.isTransaction) return work(ctx);
  for (let attempt = 1; ; attempt += 1) {
    let ending: Db | null = null;
    try {
      const result = await ctx.db.transaction().execute(async (db) => {
        const done = await work({ ...ctx, db });
        ending = db;
        return done;
      });
      if (ending) tellCommitted(ctx, ending);
      return result;
    } catch (error) {
      if (attempt === most) throw error;
      const { code } = error as { readonly code?: unknown };
      if (error instanceof NumberTaken) await moveOn(ctx, error);
      else if (typeof code === 'string' && retriable.has(code)) await sleep(Math.random() * 40 * attempt);
      else if (ending || !isConnectionLost(error)) throw error;
    }
  }
}
