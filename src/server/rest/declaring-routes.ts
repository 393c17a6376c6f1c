import type { FastifyInstance } from 'fastify';
import { declaring } from '../../engine/declare/declarations.ts';
import { deleteValues, lostValues } from '../../engine/declare/delete-values.ts';
import { indexBuilds, retryBuilds } from '../../engine/declare/index-builds.ts';
import { address } from '../http/address.ts';
import { neededText, optional, readBody, readQuery } from '../http/input.ts';
import { pathId } from '../http/path-id.ts';
import { ctxOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';

/** What declarations made at run time need beside the doors of records: their indexes, and the end of their values. */
export function declaringRoutes(app: FastifyInstance, services: Services): void {
  address(app, '/index-builds', {
    GET: async (request) => {
      readQuery(request.query, {});
      return { items: await indexBuilds(ctxOf(services, request)) };
    },
    POST: async (request) => {
      readQuery(request.query, {});
      return retryBuilds(ctxOf(services, request));
    },
  });

  for (const entity of declaring) {
    // What is lost for good is asked about first, and needs a second word.
    address(app, `/${entity.plural}/:id/values`, {
      GET: async (request) => {
        readQuery(request.query, {});
        return lostValues(ctxOf(services, request), entity, pathId(request));
      },
      DELETE: async (request) => {
        readQuery(request.query, {});
        const { confirm } = readBody(request.body ?? {}, { confirm: optional(neededText(100)) });
        return deleteValues(ctxOf(services, request), entity, pathId(request), confirm ?? '');
      },
    });
  }
}
