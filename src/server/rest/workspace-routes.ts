import type { FastifyInstance } from 'fastify';
import { describe } from '../../engine/describe/describe.ts';
import { nextNumbers } from '../../engine/numbers/next-numbers.ts';
import { searchRecords } from '../../engine/search/search.ts';
import { askRebuild, searchBuilds } from '../../engine/search/search-builds.ts';
import { address } from '../http/address.ts';
import { integer, names, optional, type Reader, readQuery } from '../http/input.ts';
import { ctxOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';

/** Text to search for; the beginning of it is enough. Empty text finds nothing, and is no mistake. */
const searched: Reader<string> = (given) => ({
  value: given === undefined ? '' : String(given).slice(0, 200),
});

/** The doors that concern all entities at once: what there is, and quick search. */
export function workspaceRoutes(app: FastifyInstance, services: Services): void {
  address(app, '/describe', { GET: async (request) => describe(ctxOf(services, request)) });

  address(app, '/next-numbers', {
    GET: async (request) => {
      readQuery(request.query, {});
      return { items: await nextNumbers(ctxOf(services, request)) };
    },
  });

  address(app, '/search', {
    GET: async (request, reply) => {
      const asked = readQuery(request.query, {
        q: searched,
        entities: optional(names),
        limit: integer(1, 200, undefined),
      });
      return searchRecords(ctxOf(services, request, reply), asked.q, {
        ...(asked.entities ? { entities: [...asked.entities] } : {}),
        ...(asked.limit === undefined ? {} : { limit: asked.limit }),
      });
    },
  });

  // Searching goes on with what is there; the jobs build anew.
  address(app, '/search/rebuild', {
    GET: async (request) => {
      readQuery(request.query, {});
      return { items: await searchBuilds(ctxOf(services, request)) };
    },
    POST: async (request, reply) => {
      readQuery(request.query, {});
      const items = await askRebuild(ctxOf(services, request));
      return reply.code(202).send({ items });
    },
  });
}
