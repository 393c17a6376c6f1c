import type { Ctx, Db } from '../ctx.ts';
import { tellCommitted } from '../events/announce.ts';
import { moveOn, NumberTaken } from '../numbers/assign.ts';

const retriable = new Set(['40001', '40P01']);

/**
 * Runs `work` in one transaction: the one under way, or a new one that is tried again (three times in all)
 * when PostgreSQL chose it as the victim of a deadlock.
 */
export async function inTransaction<T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  if (ctx.db.isTransaction) return work(ctx);
  for (let attempt = 1; ; attempt += 1) {
    try {
      let transaction: Db | null = null;
      const result = await ctx.db.transaction().execute((db) => {
        transaction = db;
        return work({ ...ctx, db });
      });
      if (transaction) tellCommitted(ctx, transaction);
      return result;
    } catch (error) {
      if (attempt < 3 && error instanceof NumberTaken) {
        await moveOn(ctx, error);
        continue;
      }
      const code = (error as { code?: unknown }).code;
      if (attempt === 3 || typeof code !== 'string' || !retriable.has(code)) throw error;
    }
  }
}
