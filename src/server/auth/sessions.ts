import { sql } from 'kysely';
import type { Db } from '../../engine/ctx.ts';
import { newId } from '../../lib/ids.ts';
import { absoluteSeconds, idleSeconds } from './policy.ts';
import { hashToken, newToken } from './token.ts';

/** Where sessions are kept. */
export interface SessionPlace {
  readonly db: Db;
  readonly schema: string;
  readonly now: Date;
}

/** A signed-in browser, as its user sees it. */
export interface SessionOut {
  readonly id: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
  readonly userAgent: string | null;
  readonly ip: string | null;
  readonly current: boolean;
}

/** Opens a session and answers its token, which is kept nowhere; the user's expired ones go. */
export async function openSession(
  place: SessionPlace,
  o: { userId: string; userAgent: string | undefined; ip: string },
): Promise<string> {
  const token = newToken();
  const expires = new Date(place.now.getTime() + absoluteSeconds * 1000);
  const idleSince = new Date(place.now.getTime() - idleSeconds * 1000);
  const table = sql.id(place.schema, 'session');
  await sql`delete from ${table} where user_id = ${o.userId} and (expires_at <= ${place.now} or last_seen_at <= ${idleSince})`.execute(
    place.db,
  );
  await sql`
    insert into ${table} (token_hash, id, user_id, created_at, expires_at, last_seen_at, user_agent, ip)
    values (${hashToken(token)}, ${newId()}, ${o.userId}, ${place.now}, ${expires}, ${place.now}, ${o.userAgent?.slice(0, 300) ?? null}, ${o.ip})
  `.execute(place.db);
  return token;
}

/** Ends one session of a user; false when there's none of that id. */
export async function endSession(place: SessionPlace, userId: string, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from ${sql.id(place.schema, 'session')} where id = ${id} and user_id = ${userId}
  `.execute(place.db);
  return numAffectedRows === 1n;
}

/** Ends all sessions of a user, but for `except`. */
export async function endSessions(
  place: SessionPlace,
  userId: string,
  except: string | null = null,
): Promise<void> {
  await sql`
    delete from ${sql.id(place.schema, 'session')} where user_id = ${userId} and id is distinct from ${except}::uuid
  `.execute(place.db);
}

/** The living sessions of a user, the last used first. */
export async function listSessions(
  place: SessionPlace,
  userId: string,
  current: string | null,
): Promise<readonly SessionOut[]> {
  const idleSince = new Date(place.now.getTime() - idleSeconds * 1000);
  const { rows } = await sql<{
    id: string;
    created_at: Date;
    last_seen_at: Date;
    expires_at: Date;
    user_agent: string | null;
    ip: string | null;
  }>`
    select id, created_at, last_seen_at, expires_at, user_agent, ip from ${sql.id(place.schema, 'session')}
    where user_id = ${userId} and expires_at > ${place.now} and last_seen_at > ${idleSince}
    order by last_seen_at desc, id
  `.execute(place.db);
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    userAgent: row.user_agent,
    ip: row.ip,
    current: row.id === current,
  }));
}
