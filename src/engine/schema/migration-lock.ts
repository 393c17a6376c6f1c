import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '../ctx.ts';

/**
 * Runs `work` while no other process migrates the same schema. It asks again and again rather than wait inside
 * PostgreSQL: a waiting statement would hold a snapshot, which a concurrent index build of the other process
 * waits for in turn.
 */
export async function withMigrationLock<T>(
  db: Db,
  schema: string,
  log: (line: string) => void,
  work: (connection: Db) => Promise<T>,
): Promise<T> {
  return db.connection().execute(async (connection) => {
    const key = sql`hashtextextended(${`rapport migrates ${schema}`}, 0)`;
    for (let tries = 0; !(await taken(connection, key)); tries += 1) {
      if (tries === 0) log(`another process migrates ${schema}: waiting for it`);
      await pause(200);
    }
    try {
      // An index build takes as long as it takes, and waits for long transactions to end.
      await sql`set statement_timeout = 0`.execute(connection);
      await sql`set lock_timeout = 0`.execute(connection);
      return await work(connection);
    } finally {
      // A connection that broke has let go of everything by itself; the error to tell is the one of `work`.
      await release(connection, key).catch(() => {});
    }
  });
}

async function release(connection: Db, key: ReturnType<typeof sql>): Promise<void> {
  await sql`reset statement_timeout`.execute(connection);
  await sql`reset lock_timeout`.execute(connection);
  await sql`select pg_advisory_unlock(${key})`.execute(connection);
}

async function taken(connection: Db, key: ReturnType<typeof sql>): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`select pg_try_advisory_lock(${key}) as taken`.execute(
    connection,
  );
  return rows[0]?.taken === true;
}
