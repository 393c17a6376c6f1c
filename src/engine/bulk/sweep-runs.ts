import { sql } from 'kysely';
import type { Place } from '../ctx.ts';

/** How long what became of each record is told after a run ended, in milliseconds. */
const kept = 8 * 7 * 24 * 3600 * 1000;
/** Rows that go in one statement. */
const pieceSize = 10_000;

/**
 * Clears away bulk runs that ended more than eight weeks ago, with what became of their records, piece by piece. What
 * they wrote stays in the history of each record, which undoes it as before.
 */
export async function sweepRuns({ db, workspace: { schema } }: Place, now: Date): Promise<void> {
  const [runs, rows] = [sql.id(schema, 'bulk_run'), sql.id(schema, 'bulk_row')];
  const ended = sql`state not in ('running', 'undoing') and finished_at < ${new Date(now.getTime() - kept)}`;
  for (;;) {
    const gone = await sql`
      delete from ${rows} where (run, place) in (
        select r.run, r.place from ${rows} r where r.run in (select id from ${runs} where ${ended}) limit ${pieceSize})`.execute(
      db,
    );
    if (Number(gone.numAffectedRows ?? 0n) < pieceSize) break;
  }
  await sql`delete from ${runs} where ${ended}`.execute(db);
}
