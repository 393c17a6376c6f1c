import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { noteSecurity } from '../../engine/security/security-log.ts';
import { isId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { administrator } from '../../model/access.ts';
import { address } from '../http/address.ts';
import { neededText, optional, type Reader, readBody } from '../http/input.ts';
import { pathId } from '../http/path-id.ts';
import { ctxOf, identityOf, visitorOf, workspaceOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';
import { type ApiKeyOut, createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';
import { signedInPerson } from './me-routes.ts';

const noKey = message(
  'unknown-key-id',
  'There is no such key.',
  'Il n’y a pas de telle clé.',
  'No existe esa clave.',
);
const onlyOwn = message(
  'key-only-own',
  'Only an administrator makes keys for others. Leave “user” out.',
  'Seul un administrateur crée des clés pour les autres. Retirez « user ».',
  'Solo un administrador crea claves para otros. Quite «user».',
);
const noUser = message(
  'key-unknown-user',
  'There is no active user of this id.',
  'Il n’y a pas d’utilisateur actif de cet identifiant.',
  'No hay ningún usuario activo con ese identificador.',
);
const badExpiry = message(
  'key-expiry',
  'Give a moment in the future in UTC, like 2030-12-31T00:00:00.000Z.',
  'Donnez un instant futur en UTC, comme 2030-12-31T00:00:00.000Z.',
  'Dé un momento futuro en UTC, como 2030-12-31T00:00:00.000Z.',
);

const futureMoment: Reader<Date> = (given) => {
  const moment =
    typeof given === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(given) ? new Date(given) : null;
  return moment && moment.getTime() > Date.now() ? { value: moment } : { mistake: { message: badExpiry } };
};

/** API keys: one's own, and for administrators everybody's. */
export function keyRoutes(app: FastifyInstance, services: Services): void {
  const placeOf = (request: FastifyRequest) => {
    const { schema, name: workspace } = workspaceOf(request);
    return { db: services.db, schema, workspace, now: new Date() };
  };
  const whose = (request: FastifyRequest): string | null => {
    const { who } = identityOf(request);
    return who.roles.includes(administrator) ? null : who.userId;
  };

  address(app, '/keys', {
    GET: async (request) => {
      const items = await listApiKeys(placeOf(request), whose(request));
      return { items, next: null, total: items.length };
    },
    POST: async (request, reply) => {
      const { who } = signedInPerson(request);
      const given = readBody(request.body, {
        name: neededText(120),
        user: optional(neededText(36)),
        expiresAt: optional(futureMoment),
      });
      const userId = given.user?.toLowerCase() ?? who.userId;
      if (userId !== who.userId) await refuseOther(services, request, userId);
      const made = await createApiKey(placeOf(request), {
        userId,
        name: given.name,
        createdBy: who.userId,
        expiresAt: given.expiresAt ?? null,
      });
      const [kept] = await listApiKeys(placeOf(request), userId, made.id);
      await noteKey(services, request, 'key-made', kept);
      return reply.code(201).send({ key: made.key, ...kept });
    },
  });

  address(app, '/keys/:id', {
    DELETE: async (request, reply) => {
      const [kept] = await listApiKeys(placeOf(request), whose(request), pathId(request));
      const isRevoked = await revokeApiKey(placeOf(request), pathId(request), whose(request));
      await (isRevoked && noteKey(services, request, 'key-revoked', kept));
      if (!isRevoked) throw new Problem('not-found', { message: noKey });
      return reply.code(204).send();
    },
  });
}

async function noteKey(
  services: Services,
  request: FastifyRequest,
  kind: 'key-made' | 'key-revoked',
  key: ApiKeyOut | undefined,
): Promise<void> {
  const subject = key ? `${key.name} (${key.prefix}…)` : '';
  const details = key ? `${key.user.label} <${key.user.id}>` : '';
  await noteSecurity(ctxOf(services, request), { kind, subject, details, ...visitorOf(request) });
}

async function refuseOther(services: Services, request: FastifyRequest, userId: string): Promise<void> {
  if (!identityOf(request).who.roles.includes(administrator)) {
    throw new Problem('forbidden', { message: onlyOwn });
  }
  const { rows } = isId(userId)
    ? await sql`select from ${sql.id(workspaceOf(request).schema, 'user')} where id = ${userId} and active and removed_at is null`.execute(
        services.db,
      )
    : { rows: [] };
  if (rows.length === 0)
    throw new Problem('invalid', { mistakes: [{ field: 'user', message: noUser, value: userId }] });
}
