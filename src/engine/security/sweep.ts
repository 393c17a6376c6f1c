import { sql } from 'kysely';
import type { Place } from '../ctx.ts';

/** Wrong sign-ins older than this count for nothing any more, whatever the policy, in milliseconds. */
const attemptsKept = 2 * 24 * 3600 * 1000;

/** Deletes what signing in leaves behind: sessions that have ended and wrong attempts that are forgotten. */
export async function sweepSignIns({ db, workspace: { schema } }: Place, now: Date): Promise<void> {
  const forgotten = new Date(now.getTime() - attemptsKept);
  await sql`delete from ${sql.id(schema, 'session')} where expires_at <= ${now}`.execute(db);
  await sql`delete from ${sql.id(schema, 'sign_in_attempt')}
    where first_at < ${forgotten} and (blocked_until is null or blocked_until < ${forgotten})`.execute(db);
}
