import type { Ctx } from '../../src/engine/ctx.ts';
import { lockWaiters } from './lock-waiters.ts';
import { until } from './until.ts';

/** What `work` comes to, told as soon as it is settled. */
export interface Begun<T> {
  readonly done: Promise<T>;
  isSettled(): boolean;
}

/** Begins work that is looked after later, so that its failure is nobody’s surprise until then. */
export function begin<T>(work: () => Promise<T>): Begun<T> {
  let isSettled = false;
  const done = work().finally(() => {
    isSettled = true;
  });
  done.catch(() => {});
  return { done, isSettled: () => isSettled };
}

/** Resolves once this work waits for a lock, or is done without having to. */
export async function stands(db: Ctx['db'], work: Begun<unknown>): Promise<void> {
  await until(async () => work.isSettled() || (await lockWaiters(db)).length > 0, Boolean, 5);
}

/** What this work comes to, which waits for nobody; one that does fails the test, and lets go of what it holds. */
export async function settles<T>(work: Begun<T>): Promise<T> {
  await until(work.isSettled, Boolean, 5);
  return work.done;
}

/**
 * Runs `slow` in a transaction that stays open until `fast`, begun meanwhile, waits for it or is done; answers what
 * `fast` came to. With `takenBack` the transaction is rolled back.
 */
export async function overtaking<T>(
  ctx: Ctx,
  slow: (db: Ctx['db']) => Promise<unknown>,
  fast: () => Promise<T>,
  o: { readonly takenBack?: boolean } = {},
): Promise<T> {
  const back = new Error('taken back');
  let second: Begun<T> | undefined;
  try {
    await ctx.db.transaction().execute(async (db) => {
      await slow(db);
      second = begin(fast);
      await stands(ctx.db, second);
      if (o.takenBack) throw back;
    });
  } catch (error) {
    if (error !== back) throw error;
  }
  if (!second) throw new Error('nothing was begun');
  return second.done;
}

/** A writer for whom `act` comes to pass between what he last looks at and the statement that writes, once. */
export function interrupted(ctx: Ctx, act: () => Promise<void>): Ctx {
  let isDone = false;
  const db = new Proxy(ctx.db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name !== 'executeQuery' || typeof value !== 'function')
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      return async (query: { readonly sql: unknown }) => {
        // A prepared statement brings its name along.
        if (!isDone && /\bwritten as\b/.test(JSON.stringify(query.sql))) {
          isDone = true;
          await act();
        }
        return (await value.call(target, query)) as unknown;
      };
    },
  });
  return { ...ctx, db };
}
