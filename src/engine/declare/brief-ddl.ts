import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Db } from '../ctx.ts';
import { databaseCode } from '../schema/database-error.ts';

/** How long a change of a table waits for those who use it, and so how long others wait behind it: milliseconds. */
export const longestWait = 150;
const tries = 30;
const busy = new Set(['55P03', '40P01']);

const inUse = message(
  'table-in-use',
  'Somebody has been working on these records for a while (a backup, an import, the building of an index), so nothing was changed. Try again later.',
  'Un travail de longue durée est en cours sur ces fiches (sauvegarde, importation, construction d’un index) ; rien n’a été modifié. Réessayez plus tard.',
  'Hay un trabajo largo en curso con estos registros (copia de seguridad, importación, construcción de un índice), por eso no se cambió nada. Inténtelo más tarde.',
);

/**
 * Runs statements that change tables, within the transaction at hand, all or none. It waits for a table no longer than
 * a moment, since everybody would queue behind it: it steps back, lets them pass and tries again, for some seconds.
 * None of the statements may take long itself.
 */
export async function runBriefly(db: Db, statements: readonly string[]): Promise<void> {
  if (statements.length === 0) return;
  await sql.raw(`set local lock_timeout = '${longestWait}ms'`).execute(db);
  for (let attempt = 1; ; attempt += 1) {
    await sql`savepoint brief_ddl`.execute(db);
    try {
      for (const statement of statements) await sql.raw(statement).execute(db);
      break;
    } catch (error) {
      await sql`rollback to savepoint brief_ddl`.execute(db);
      if (!busy.has(databaseCode(error) ?? '')) throw error;
      if (attempt === tries) throw new Problem('not-ready', { message: inUse });
      await pause(20 + Math.random() * Math.min(20 * attempt, 250));
    }
  }
  await sql`release savepoint brief_ddl`.execute(db);
  await sql`set local lock_timeout to default`.execute(db);
}
