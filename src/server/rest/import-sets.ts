import type { FastifyInstance } from 'fastify';
import type { Ctx } from '../../engine/ctx.ts';
import { findSet, listSets } from '../../engine/import/batch.ts';
import { setSource } from '../../engine/import/redefine.ts';
import { cancelSet, removeSet } from '../../engine/import/sets.ts';
import { setOut } from '../../engine/import/view.ts';
import { address } from '../http/address.ts';
import { integer, neededText, readBody, readQuery } from '../http/input.ts';
import { pathId } from '../http/path-id.ts';
import { ctxOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';
import { importCursor } from './import-cursor.ts';
import { importWorks, startImport } from './import-start.ts';
import { mostFiles, takeUpload } from './upload.ts';

/**
 * The doors of imports as wholes: one or several files that are opened, checked, run, cancelled and undone in one go,
 * in whatever order they were given. An import answers to the id of any of its files too.
 */
export function importSetRoutes(app: FastifyInstance, services: Services): void {
  address(app, '/import-sets', {
    GET: async (request) => {
      const { limit, after } = readQuery(request.query, { limit: integer(1, 200, 50), after: importCursor });
      const ctx = ctxOf(services, request);
      const page = await listSets(ctx, { limit, ...(after === undefined ? {} : { after }) });
      const items = await Promise.all(page.items.map((files) => setOut(ctx, files)));
      return { items, next: page.next, total: null };
    },
    POST: async (request, reply) => {
      readQuery(request.query, {});
      const ctx = ctxOf(services, request);
      const id = await takeUpload(ctx, request, mostFiles);
      return reply
        .code(201)
        .header('location', `${request.url.split('?', 1)[0]}/${id}`)
        .send(await setOut(ctx, await findSet(ctx, id)));
    },
  });

  address(app, '/import-sets/:id', {
    GET: async (request) => {
      const ctx = ctxOf(services, request);
      return setOut(ctx, await findSet(ctx, pathId(request)));
    },
    PATCH: async (request) => {
      const ctx = ctxOf(services, request);
      const set = await setOfPath(ctx, pathId(request));
      const { source } = readBody(request.body, { source: neededText(60) });
      await setSource(ctx, set, source);
      return setOut(ctx, await findSet(ctx, set));
    },
    DELETE: async (request, reply) => {
      const ctx = ctxOf(services, request);
      await removeSet(ctx, await setOfPath(ctx, pathId(request)));
      return reply.code(204).send();
    },
  });

  for (const what of importWorks) {
    address(app, `/import-sets/:id/${what}`, {
      POST: async (request, reply) => {
        const ctx = ctxOf(services, request);
        const set = await setOfPath(ctx, pathId(request));
        await startImport(services, request, set, what);
        return reply.code(202).send(await setOut(ctx, await findSet(ctx, set)));
      },
    });
  }

  address(app, '/import-sets/:id/cancel', {
    POST: async (request) => {
      const ctx = ctxOf(services, request);
      const set = await setOfPath(ctx, pathId(request));
      await cancelSet(ctx, set);
      return setOut(ctx, await findSet(ctx, set));
    },
  });
}

/** The import that an id in an address means. */
const setOfPath = async (ctx: Ctx, id: string): Promise<string> => (await findSet(ctx, id))[0]?.set ?? id;
