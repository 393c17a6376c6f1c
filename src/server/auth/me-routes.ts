import type { FastifyInstance, FastifyRequest } from 'fastify';
import { updateRecords } from '../../engine/record/verbs.ts';
import { noteSecurity } from '../../engine/security/security-log.ts';
import { locales } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { administrator } from '../../model/access.ts';
import { entityOf } from '../../model/declarations.ts';
import { address } from '../http/address.ts';
import { exactText, neededText, oneOf, optional, readBody } from '../http/input.ts';
import { pathId } from '../http/path-id.ts';
import { ctxOf, identityOf, visitorOf, workspaceOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';
import { clearSessionCookie } from './cookie.ts';
import type { Identity } from './identity.ts';
import { timeZoneName } from './input-readers.ts';
import { meOf } from './me.ts';
import { changePassword } from './passwords.ts';
import { endSession, endSessions, listSessions } from './sessions.ts';

const signInFirst = message(
  'session-needed',
  'An API key may not do this. Sign in with a browser.',
  'Une clé d’API ne permet pas cela. Connectez-vous avec un navigateur.',
  'Una clave de API no permite esto. Inicie sesión con un navegador.',
);
const noSession = message(
  'unknown-session',
  'There is no such session.',
  'Il n’y a pas de telle session.',
  'No existe esa sesión.',
);

/** Refuses what only a person who signed in may do: a stolen key must not be able to lock its owner out. */
export function signedInPerson(request: FastifyRequest): Identity {
  const identity = identityOf(request);
  if (identity.through.kind !== 'session') throw new Problem('forbidden', { message: signInFirst });
  return identity;
}

/** One's own user: who am I, preferences, password, sessions. */
export function meRoutes(app: FastifyInstance, services: Services): void {
  const placeOf = (request: FastifyRequest) => ({
    db: services.db,
    schema: workspaceOf(request).schema,
    now: new Date(),
  });

  address(app, '/me', {
    GET: (request) => meOf(services, workspaceOf(request), identityOf(request)),
    PATCH: async (request) => {
      const given = readBody(request.body, {
        name: optional(neededText(120)),
        locale: optional(oneOf(locales)),
        timeZone: optional(timeZoneName),
        theme: optional(oneOf(['auto', 'light', 'dark'])),
      });
      const values = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const identity = identityOf(request);
      const ctx = ctxOf(services, request);
      // These four are everybody's own to change, though only administrators change users.
      const allowed = { ...ctx, who: { ...ctx.who, roles: [administrator] } };
      const user = entityOf(ctx.workspace.model, 'user');
      if (Object.keys(values).length > 0)
        await updateRecords(allowed, user, [{ id: identity.who.userId, values }]);
      const now: Identity = {
        ...identity,
        ...values,
        who: { ...identity.who, name: given.name ?? identity.who.name },
      };
      return meOf(services, workspaceOf(request), now);
    },
  });

  address(app, '/me/password', {
    POST: async (request, reply) => {
      const given = readBody(request.body, { current: exactText(1000), next: exactText(1000) });
      const { who, email, through } = signedInPerson(request);
      const user = { id: who.userId, email, sessionId: through.id, ip: request.ip };
      await changePassword(placeOf(request), user, given);
      const told = { kind: 'password-changed', subject: email, ...visitorOf(request) } as const;
      await noteSecurity(ctxOf(services, request), told);
      return reply.code(204).send();
    },
  });

  address(app, '/me/sessions', {
    GET: async (request) => {
      const { who, through } = identityOf(request);
      const items = await listSessions(placeOf(request), who.userId, through.id);
      return { items, next: null, total: items.length };
    },
  });

  address(app, '/me/sessions/:id', {
    DELETE: async (request, reply) => {
      const { who } = signedInPerson(request);
      const isEnded = await endSession(placeOf(request), who.userId, pathId(request));
      if (!isEnded) throw new Problem('not-found', { message: noSession });
      return reply.code(204).send();
    },
  });

  address(app, '/me/sign-out-everywhere', {
    POST: async (request, reply) => {
      const { who } = signedInPerson(request);
      await endSessions(placeOf(request), who.userId);
      clearSessionCookie(reply, workspaceOf(request).name, services.hasSecureCookies);
      return reply.code(204).send();
    },
  });
}
