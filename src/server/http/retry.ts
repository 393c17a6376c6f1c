import { setTimeout as sleep } from 'node:timers/promises';
import { isRetryable } from './postgres-problem.ts';

/** Runs a write that is one transaction, and again up to twice when it lost against another one (deadlock, serialization). */
export async function withRetry<T>(write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (attempt === 3 || !isRetryable(error)) throw error;
      await sleep(Math.random() * 40 * attempt);
    }
  }
}
