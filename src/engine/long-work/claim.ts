import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '../ctx.ts';

/** How long a worker waits for another to let go, in milliseconds: one that was killed does so at once. */
const patience = 15_000;
const between = 250;
/** How often in a row work is taken up again that something else was asked of; beyond that a mistake of ours keeps it going. */
const mostTurns = 20;

/**
 * Runs `work` while no other process works on this import or bulk run: the claim is a lock of the database session, which ends
 * with the process that holds it, however it ends. Does nothing when somebody else keeps working on it, who then takes up
 * what was asked for meanwhile: `work` says so with `again`, and is called once more.
 */
export async function claimed(db: Db, id: string, work: () => Promise<unknown>): Promise<void> {
  await db.connection().execute(async (session) => {
    const name = `rapport work ${id}`;
    for (let waited = 0; !(await tryLock(session, name)); waited += between) {
      if (waited >= patience) return;
      await sleep(between);
    }
    try {
      for (let turn = 1; (await work()) === 'again' && turn < mostTurns; turn += 1);
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended(${name}, 0))`.execute(session);
    }
  });
}

async function tryLock(session: Db, name: string): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select pg_try_advisory_lock(hashtextextended(${name}, 0)) as held`.execute(session);
  return rows[0]?.held === true;
}
