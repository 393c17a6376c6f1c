import { sql } from 'kysely';
import type { Db } from '../../src/engine/ctx.ts';
import { until } from './until.ts';

/**
 * The database processes that wait for a lock now, in the database of `db`. Not of pg_stat_activity, which shows a
 * transaction the same picture until its end; locks of rows name no database, but who waits for one holds others.
 */
export async function lockWaiters(db: Db): Promise<readonly number[]> {
  const { rows } = await sql<{ pid: number }>`
    select distinct pid from pg_locks where not granted and pid in (select l.pid from pg_locks l
      where l.database = (select oid from pg_database where datname = current_database()))`.execute(db);
  return rows.map(({ pid }) => pid);
}

/** Resolves, with those that wait, once so many statements wait for a lock in the database of `db`. */
export const somebodyWaits = (db: Db, count = 1): Promise<readonly number[]> =>
  until(
    () => lockWaiters(db),
    (waiters) => waiters.length >= count,
    5,
  );
