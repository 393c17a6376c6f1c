import { setTimeout as sleep } from 'node:timers/promises';
import type { Ctx } from '../../engine/ctx.ts';
import { isRetryable } from './postgres-problem.ts';

/**
 * Runs a write that is one transaction, and again up to twice when it lost against another one (deadlock,
 * serialization). Within a larger transaction only that as a whole can be tried again.
 */
export async function withRetry<T>({ db }: Pick<Ctx, 'db'>, write: () => Promise<T>): Promise<T> {
  if (db.isTransaction) return write();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (attempt === 3 || !isRetryable(error)) throw error;
      await sleep(Math.random() * 40 * attempt);
    }
  }
}
