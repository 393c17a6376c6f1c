import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '../ctx.ts';
import { databaseCode } from './database-error.ts';
import type { Step } from './step.ts';

const lockTimeout = '3s';
const tries = 20;
const busy = new Set(['55P03', '40P01']);

/**
 * Does the steps of the structure in one transaction. It never queues behind a long statement for longer than a
 * moment, since everybody else would queue behind it: it gives up, lets them pass and tries again.
 */
export async function applyStructure(
  db: Db,
  steps: readonly Step[],
  log: (line: string) => void,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await db.transaction().execute(async (transaction) => {
        await sql.raw(`set local lock_timeout = '${lockTimeout}'`).execute(transaction);
        for (const step of steps) await sql.raw(step.sql).execute(transaction);
      });
      return;
    } catch (error) {
      if (attempt === tries || !busy.has(databaseCode(error) ?? '')) throw error;
      log(`the tables are in use: trying again (${attempt} of ${tries})`);
      await pause(Math.min(200 * attempt, 2000));
    }
  }
}
