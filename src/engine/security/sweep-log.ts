import { sql } from 'kysely';
import type { Place } from '../ctx.ts';
import { securityEvent } from '../system/security-event.ts';

/** How long the security log is kept, in milliseconds: thirteen months, so that a year can be compared with the last. */
const kept = 400 * 24 * 3600 * 1000;
/** Lines that go in one statement. */
const pieceSize = 10_000;

/** Deletes what the security log noted more than thirteen months ago, for good: with its history and what found it. */
export async function sweepLog({ db, workspace: { schema } }: Place, now: Date): Promise<void> {
  const table = sql.id(schema, securityEvent.table);
  const oldest = new Date(now.getTime() - kept);
  for (let gone = pieceSize; gone >= pieceSize; ) {
    const { rows } = await sql<{ gone: number }>`
      with gone as (
        delete from ${table} where id in (
          select id from ${table} where created_at < ${oldest} limit ${pieceSize}) returning id),
      told as (
        delete from ${sql.id(schema, 'event')} e using gone where e.entity = ${securityEvent.name} and e.record = gone.id),
      found as (
        delete from ${sql.id(schema, 'search_entry')} s using gone where s.entity = ${securityEvent.name} and s.record = gone.id)
      select count(*)::int as gone from gone`.execute(db);
    gone = rows[0]?.gone ?? 0;
  }
}
