import type { FastifyInstance } from 'fastify';
import { indexBuilds, retryBuilds } from '../../engine/declare/index-builds.ts';
import { address } from '../http/address.ts';
import { readQuery } from '../http/input.ts';
import { ctxOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';

/** How far the indexes have come that declarations wait for, and another try for those that failed. */
export function indexRoutes(app: FastifyInstance, services: Services): void {
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
}
