import type { FastifyInstance, FastifyRequest } from 'fastify';
import { explainAccess, explainFieldAccess } from '../../engine/access/explain.ts';
import { roleMatrix } from '../../engine/access/role-matrix.ts';
import { address } from '../http/address.ts';
import { optional, readQuery } from '../http/input.ts';
import { pathId } from '../http/path-id.ts';
import { ctxOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';
import { entityOfRequest } from './entity-of-request.ts';
import { idText } from './id-text.ts';

/** Why somebody may or may not see and change a record, or a field of it; and everything that one role may do. */
export function accessRoutes(app: FastifyInstance, services: Services): void {
  const userOf = (request: FastifyRequest) => readQuery(request.query, { user: optional(idText) }).user;

  address(app, '/roles/:id/matrix', {
    GET: async (request) => {
      readQuery(request.query, {});
      return roleMatrix(ctxOf(services, request), pathId(request));
    },
  });

  address(
    app,
    '/:plural/:id/access',
    {
      GET: async (request) =>
        explainAccess(ctxOf(services, request), entityOfRequest(request), pathId(request), userOf(request)),
    },
    entityOfRequest,
  );

  address(
    app,
    '/:plural/:id/access/:field',
    {
      GET: async (request) => {
        const { field = '' } = request.params as { field?: string };
        const entity = entityOfRequest(request);
        return explainFieldAccess(ctxOf(services, request), entity, pathId(request), field, userOf(request));
      },
    },
    entityOfRequest,
  );
}
