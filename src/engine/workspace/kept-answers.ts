import { sql } from 'kysely';
import type { Db } from '../ctx.ts';

/** How long an answer is kept for a request that is sent again, in hours. */
const hours = 24;

/** A request that its sender may send again: who sent it, the key he gave it, and a hash of what it asked. */
export interface KeyedRequest {
  readonly schema: string;
  readonly userId: string;
  readonly key: string;
  readonly hash: Buffer;
}

/** What was answered, to be answered again. */
export interface KeptAnswer {
  readonly status: number;
  readonly location: string | null;
  /** JSON text; null = an empty body. */
  readonly body: string | null;
}

/** Keeps others with the same key out until the transaction ends; false when somebody holds it. */
export async function claimKey(db: Db, { schema, userId, key }: KeyedRequest): Promise<boolean> {
  const name = `rapport answer ${schema} ${userId} ${key}`;
  const { rows } = await sql<{ claimed: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as claimed`.execute(db);
  return rows[0]?.claimed === true;
}

/** The answer kept for a key, if any, and whether it was given to the same request. */
export async function findAnswer(
  db: Db,
  { schema, userId, key, hash }: KeyedRequest,
): Promise<{ readonly isSame: boolean; readonly answer: KeptAnswer } | null> {
  const { rows } = await sql<KeptAnswer & { request: Buffer }>`
    select request, status, location, body from ${sql.id(schema, 'kept_answer')}
    where user_id = ${userId} and key = ${key} and at > now() - make_interval(hours => ${hours})`.execute(db);
  const [row] = rows;
  if (!row) return null;
  const { status, location, body } = row;
  return { isSame: row.request.equals(hash), answer: { status, location, body } };
}

/** Keeps an answer, in the transaction that holds what it tells of. */
export async function keepAnswer(db: Db, request: KeyedRequest, answer: KeptAnswer): Promise<void> {
  const { schema, userId, key, hash } = request;
  await sql`
    insert into ${sql.id(schema, 'kept_answer')} (user_id, key, request, status, location, body, at)
    values (${userId}, ${key}, ${hash}, ${answer.status}, ${answer.location}, ${answer.body}, now())
    on conflict (user_id, key) do update set request = excluded.request, status = excluded.status,
      location = excluded.location, body = excluded.body, at = excluded.at`.execute(db);
}

/** Throws away what was kept long enough. */
export async function sweepAnswers(db: Db, schema: string): Promise<void> {
  await sql`delete from ${sql.id(schema, 'kept_answer')}
    where at <= now() - make_interval(hours => ${hours})`.execute(db);
}
