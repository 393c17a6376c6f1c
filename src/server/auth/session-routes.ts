import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { address } from '../http/address.ts';
import { exactText, neededText, readBody } from '../http/input.ts';
import { workspaceOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';
import { clearSessionCookie, sessionToken, setSessionCookie } from './cookie.ts';
import { identifySession } from './identify.ts';
import { meOf } from './me.ts';
import { signIn } from './sign-in.ts';
import { hashToken } from './token.ts';

/** Signing in and out: doors that need nobody signed in. */
export function sessionRoutes(app: FastifyInstance, services: Services): void {
  address(app, '/session', {
    POST: async (request, reply) => {
      const given = readBody(request.body, { email: neededText(254), password: exactText(1000) });
      const workspace = workspaceOf(request);
      const place = { db: services.db, schema: workspace.schema, now: new Date(), workspace };
      const token = await signIn(place, given, { ip: request.ip, userAgent: request.headers['user-agent'] });
      setSessionCookie(reply, workspace.name, token, services.hasSecureCookies);
      const identity = await identifySession(place, token);
      return identity && meOf(services, workspace, identity);
    },
    DELETE: async (request, reply) => {
      const workspace = workspaceOf(request);
      const token = sessionToken(request, workspace.name);
      if (token)
        await sql`delete from ${sql.id(workspace.schema, 'session')} where token_hash = ${hashToken(token)}`.execute(
          services.db,
        );
      clearSessionCookie(reply, workspace.name, services.hasSecureCookies);
      return reply.code(204).send();
    },
  });
}
