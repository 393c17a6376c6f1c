import { sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';
import { passwordMistakes } from './password-rules.ts';
import { endSessions, type SessionPlace } from './sessions.ts';
import { claimAttempt, forgiveAttempts } from './throttle.ts';

const wrongCurrent = message(
  'current-password-wrong',
  'This isn’t your current password.',
  'Ce n’est pas votre mot de passe actuel.',
  'Esta no es su contraseña actual.',
);
const same = message(
  'password-unchanged',
  'This is your password already. Choose another one.',
  'C’est déjà votre mot de passe. Choisissez-en un autre.',
  'Esta ya es su contraseña. Elija otra.',
);

/** Keeps the hash of a user's password in place of any former one. */
export async function storePassword(place: SessionPlace, userId: string, hash: string): Promise<void> {
  await sql`
    insert into ${sql.id(place.schema, 'password')} (user_id, hash, changed_at) values (${userId}, ${hash}, ${place.now})
    on conflict (user_id) do update set hash = excluded.hash, changed_at = excluded.changed_at
  `.execute(place.db);
}

/**
 * Changes one's own password, which takes the current one; all other sessions end, `sessionId` stays. Wrong guesses
 * count like wrong sign-ins.
 */
export async function changePassword(
  place: SessionPlace,
  user: {
    readonly id: string;
    readonly email: string;
    readonly sessionId: string | null;
    readonly ip: string;
  },
  given: { readonly current: string; readonly next: string },
): Promise<void> {
  await claimAttempt(place, user.email, user.ip);
  const { rows } = await sql<{ hash: string }>`
    select hash from ${sql.id(place.schema, 'password')} where user_id = ${user.id}
  `.execute(place.db);
  const isRight = await verifyPassword(rows[0]?.hash ?? null, given.current);
  if (isRight) await forgiveAttempts(place, user.email, user.ip);
  const mistakes = [
    ...(isRight ? [] : [{ field: 'current', message: wrongCurrent }]),
    ...passwordMistakes(given.next, 'next', user.email),
    ...(isRight && given.current === given.next ? [{ field: 'next', message: same }] : []),
  ];
  if (mistakes.length > 0) throw new Problem('invalid', { mistakes });
  const hash = await hashPassword(given.next);
  await place.db.transaction().execute(async (db) => {
    await storePassword({ ...place, db }, user.id, hash);
    await endSessions({ ...place, db }, user.id, user.sessionId);
  });
}
