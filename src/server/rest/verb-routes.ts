import type { FastifyInstance, FastifyRequest } from 'fastify';
import { findVerb } from '../../engine/verbs/find-verb.ts';
import { offerVerb } from '../../engine/verbs/propose.ts';
import { runVerb } from '../../engine/verbs/run-verb.ts';
import type { Entity } from '../../model/entity.ts';
import type { DeclaredVerb } from '../../model/verb.ts';
import { address } from '../http/address.ts';
import { objectBody, readQuery } from '../http/input.ts';
import { pathId } from '../http/path-id.ts';
import { ctxOf, workspaceOf } from '../http/request-ctx.ts';
import { withRetry } from '../http/retry.ts';
import type { Services } from '../http/services.ts';
import { entityOfRequest } from './entity-of-request.ts';
import { whenDuplicate } from './when-duplicate.ts';

/** The doors of declared verbs: what one would start with, and doing it. */
export function verbRoutes(app: FastifyInstance, services: Services): void {
  address(
    app,
    '/:plural/:id/:verb',
    {
      GET: async (request) => {
        const { entity, verb } = verbOfRequest(request);
        readQuery(request.query, {});
        return offerVerb(ctxOf(services, request), entity, verb, pathId(request));
      },
      POST: async (request) => {
        const { entity, verb } = verbOfRequest(request);
        const { onDuplicate } = readQuery(request.query, { onDuplicate: whenDuplicate });
        const input = objectBody(request.body ?? {});
        const ctx = { ...ctxOf(services, request), refusesDuplicates: onDuplicate === 'refuse' };
        return withRetry(ctx, () => runVerb(ctx, entity, verb, pathId(request), input));
      },
    },
    verbOfRequest,
  );
}

/** The entity and the verb that a request's address names, looked up in the model as it is now. */
function verbOfRequest(request: FastifyRequest): { readonly entity: Entity; readonly verb: DeclaredVerb } {
  const entity = entityOfRequest(request);
  const { verb = '' } = request.params as { verb?: string };
  return { entity, verb: findVerb(workspaceOf(request).model, entity, verb) };
}
