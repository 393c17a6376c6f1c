import { normalizeIP } from '@fastify/rate-limit';
import { sql } from 'kysely';
import { fold } from '../../lib/fold.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import {
  forgetFailuresSeconds,
  freeFailuresPerAddress,
  freeFailuresPerEmail,
  longestWaitSeconds,
} from './policy.ts';
import type { SessionPlace } from './sessions.ts';

const wait = message(
  'sign-in-wait',
  'Too many wrong attempts. Try again in {seconds} seconds.',
  'Trop de tentatives erronées. Réessayez dans {seconds} secondes.',
  'Demasiados intentos fallidos. Inténtelo de nuevo en {seconds} segundos.',
);

interface Attempted {
  readonly key: string;
  readonly free: number;
}

const keys = (email: string, ip: string): readonly Attempted[] => [
  // Of IPv6 the network counts: whoever has one address there has them all.
  { key: `ip:${normalizeIP(ip)}`, free: freeFailuresPerAddress },
  { key: `email:${fold(email)}`, free: freeFailuresPerEmail },
];

/**
 * Counts an attempt to sign in before the password is looked at, so that many at once gain nothing; each
 * attempt beyond the free ones makes the next wait twice as long. Kept in the database: a restart forgives nobody.
 */
export async function claimAttempt(place: SessionPlace, email: string, ip: string): Promise<void> {
  for (const { key, free } of keys(email, ip)) {
    const table = sql.id(place.schema, 'sign_in_attempt');
    const forgotten = new Date(place.now.getTime() - forgetFailuresSeconds * 1000);
    const { rows } = await sql<{ failures: number }>`
      insert into ${table} as a (key, failures, first_at, blocked_until) values (${key}, 1, ${place.now}, null)
      on conflict (key) do update set
        failures = case when a.first_at < ${forgotten} then 1 else least(a.failures + 1, 1000000) end,
        first_at = case when a.first_at < ${forgotten} then ${place.now} else a.first_at end,
        blocked_until = case when a.first_at >= ${forgotten} and a.failures + 1 >= ${free}
          then ${place.now}::timestamptz + least(${longestWaitSeconds}, power(2, least(a.failures + 1 - ${free}, 20))) * interval '1 second' end
      where a.blocked_until is null or a.blocked_until <= ${place.now}
      returning a.failures
    `.execute(place.db);
    if (rows.length === 0) throw await blocked(place, key);
  }
}

/** Forgets the wrong attempts for an e-mail address once its owner is in; the network address gets this one back. */
export async function forgiveAttempts(place: SessionPlace, email: string, ip: string): Promise<void> {
  const table = sql.id(place.schema, 'sign_in_attempt');
  const [forAddress, forEmail] = keys(email, ip);
  await sql`delete from ${table} where key = ${forEmail?.key}`.execute(place.db);
  await sql`update ${table} set failures = greatest(failures - 1, 0), blocked_until = null where key = ${forAddress?.key}`.execute(
    place.db,
  );
}

async function blocked(place: SessionPlace, key: string): Promise<Problem> {
  const { rows } = await sql<{ blocked_until: Date | null }>`
    select blocked_until from ${sql.id(place.schema, 'sign_in_attempt')} where key = ${key}
  `.execute(place.db);
  const until = rows[0]?.blocked_until?.getTime() ?? place.now.getTime();
  const seconds = Math.max(1, Math.ceil((until - place.now.getTime()) / 1000));
  return new Problem('too-many', { message: wait, params: { seconds }, extra: { retryAfter: seconds } });
}
