import type { FastifyInstance } from 'fastify';
import { locales } from '../../lib/locale.ts';
import { address } from '../http/address.ts';
import { exactText, neededText, oneOf, readBody } from '../http/input.ts';
import { workspaceOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';
import { setSessionCookie } from './cookie.ts';
import { identifySession } from './identify.ts';
import { currencyCode, timeZoneName } from './input-readers.ts';
import { meOf } from './me.ts';
import { openSession } from './sessions.ts';
import { needsSetUp, setUpWithToken } from './set-up.ts';

/** The door of the set-up link, which closes for ever once it was used. */
export function setUpRoutes(app: FastifyInstance, services: Services): void {
  address(app, '/setup', {
    GET: async (request) => ({
      needed: await needsSetUp({ db: services.db, workspace: workspaceOf(request) }),
    }),
    POST: async (request, reply) => {
      const { token, ...given } = readBody(request.body, {
        token: neededText(200),
        name: neededText(120),
        email: neededText(254),
        password: exactText(1000),
        company: neededText(200),
        locale: oneOf(locales),
        timeZone: timeZoneName,
        currency: currencyCode,
      });
      const workspace = workspaceOf(request);
      const userId = await setUpWithToken({ db: services.db, workspace }, token, given);
      await workspace.refresh();
      const place = { db: services.db, schema: workspace.schema, now: new Date(), workspace };
      const session = await openSession(place, {
        userId,
        ip: request.ip,
        userAgent: request.headers['user-agent'],
      });
      setSessionCookie(reply.code(201), workspace.name, session, services.hasSecureCookies);
      const identity = await identifySession(place, session);
      return identity && meOf(services, workspaceOf(request), identity);
    },
  });
}
