import { sql } from 'kysely';
import type { Ctx, Workspace } from '../../engine/ctx.ts';
import { noteSecurity } from '../../engine/security/security-log.ts';
import { fieldType } from '../../fields/index.ts';
import { fold } from '../../lib/fold.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { entityOf } from '../../model/declarations.ts';
import { verifyPassword } from './password-hash.ts';
import { openSession, type SessionPlace } from './sessions.ts';
import { claimAttempt, forgiveAttempts } from './throttle.ts';

const wrong = message(
  'wrong-credentials',
  'E-mail or password is wrong, or the account isn’t active.',
  'L’e-mail ou le mot de passe est erroné, ou le compte n’est pas actif.',
  'El correo o la contraseña no son correctos, o la cuenta no está activa.',
);

/** Where somebody signs in from. */
export interface Visitor {
  readonly ip: string;
  readonly userAgent: string | undefined;
}

/**
 * Opens a session for whoever knows the password, and answers its token. An unknown address, a wrong password
 * and an inactive user get the same answer after the same work.
 */
export async function signIn(
  place: SessionPlace & { readonly workspace: Workspace },
  given: { readonly email: string; readonly password: string },
  visitor: Visitor,
): Promise<string> {
  await claimAttempt(place, given.email, visitor.ip);
  const { ip: address, userAgent: program } = visitor;
  const found = await passwordOf(place, given.email);
  const isRight = await verifyPassword(found?.hash ?? null, given.password);
  if (!found || !isRight) {
    const refused = { kind: 'sign-in-refused', subject: given.email, address, program } as const;
    await noteSecurity(actingAs(place, found?.id ?? null), refused);
    throw new Problem('unauthenticated', { message: wrong });
  }
  await forgiveAttempts(place, given.email, visitor.ip);
  const token = await openSession(place, { userId: found.id, ...visitor });
  await noteSecurity(actingAs(place, found.id), { kind: 'sign-in', subject: given.email, address, program });
  return token;
}

/** Who signs in, or tries to, as the one who does it. */
const actingAs = (place: SessionPlace & { readonly workspace: Workspace }, userId: string | null): Ctx => ({
  ...place,
  who: { userId, name: '', roles: [], teams: [] },
  locale: 'en',
  timeZone: 'UTC',
  door: 'browser',
  batch: null,
});

/** The column in which users' addresses are compared. */
export function emailColumn(workspace: Workspace): string {
  const email = entityOf(workspace.model, 'user').fields.email;
  const column = email && fieldType(email.type).paths(email)['']?.column;
  if (!column) throw new Error('users have no comparable e-mail address');
  return column;
}

async function passwordOf(
  place: SessionPlace & { readonly workspace: Workspace },
  email: string,
): Promise<{ id: string; hash: string | null } | undefined> {
  const { rows } = await sql<{ id: string; hash: string | null }>`
    select u.id, p.hash from ${sql.id(place.schema, 'user')} u
    left join ${sql.id(place.schema, 'password')} p on p.user_id = u.id
    where ${sql.ref(`u.${emailColumn(place.workspace)}`)} = ${fold(email)} and u.active and u.removed_at is null
  `.execute(place.db);
  return rows[0];
}
