import { extname } from 'node:path';
import { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { findSet, listBatches, readAnalysis, readBatch, saveMapping } from '../../engine/import/batch.ts';
import { maxImportBytes } from '../../engine/import/files.ts';
import { openOtherSheet } from '../../engine/import/open-set.ts';
import { setEntity } from '../../engine/import/redefine.ts';
import { refusedCsv } from '../../engine/import/refused-csv.ts';
import { removeImport } from '../../engine/import/sets.ts';
import { draftOut, rowsOut, stateOut } from '../../engine/import/view.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { address } from '../http/address.ts';
import { integer, neededText, objectBody, oneOf, optional, readBody, readQuery } from '../http/input.ts';
import { pathId } from '../http/path-id.ts';
import { ctxOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';
import { importCursor } from './import-cursor.ts';
import { importSetRoutes } from './import-sets.ts';
import { importWorks, startImport } from './import-start.ts';
import { mostFiles, takeUpload } from './upload.ts';

const ofSeveral = message(
  'import-of-several',
  'This file is one of {files} that are imported in one go: send this to /import-sets/{set}/{what}.',
  'Ce fichier fait partie de {files} fichiers importés ensemble : envoyez ceci à /import-sets/{set}/{what}.',
  'Este archivo es uno de {files} que se importan juntos: envíe esto a /import-sets/{set}/{what}.',
);

/**
 * The doors of single files: a file goes in as a draft, is mapped and looked at; one that is imported by itself is
 * checked, run and undone here too.
 */
export async function importRoutes(app: FastifyInstance, services: Services): Promise<void> {
  await app.register(multipart, {
    limits: { fileSize: maxImportBytes + 1, fields: mostFiles + 5, fieldSize: 200, parts: 2 * mostFiles + 6 },
  });
  importSetRoutes(app, services);

  address(app, '/imports', {
    GET: async (request) => {
      const { limit, after } = readQuery(request.query, { limit: integer(1, 200, 50), after: importCursor });
      const ctx = ctxOf(services, request);
      const page = await listBatches(ctx, { limit, ...(after === undefined ? {} : { after }) });
      const items = await Promise.all(page.items.map((batch) => stateOut(ctx, batch)));
      return { items, next: page.next, total: null };
    },
    POST: async (request, reply) => {
      readQuery(request.query, {});
      const ctx = ctxOf(services, request);
      const id = await takeUpload(ctx, request, 1);
      return reply
        .code(201)
        .header('location', `${request.url.split('?', 1)[0]}/${id}`)
        .send(await draftOut(ctx, await readBatch(ctx, id)));
    },
  });

  address(app, '/imports/:id', {
    GET: async (request) => draft(services, request),
    DELETE: async (request, reply) => {
      await removeImport(ctxOf(services, request), pathId(request));
      return reply.code(204).send();
    },
  });

  address(app, '/imports/:id/mapping', {
    PUT: async (request) => {
      await saveMapping(ctxOf(services, request), pathId(request), objectBody(request.body));
      return draft(services, request);
    },
  });

  address(app, '/imports/:id/entity', {
    PUT: async (request) => {
      const id = pathId(request);
      const ctx = ctxOf(services, request);
      await readBatch(ctx, id);
      const { entity } = readBody(request.body, { entity: neededText(60) });
      await setEntity(ctx, id, entity);
      return draft(services, request);
    },
  });

  address(app, '/imports/:id/sheets', {
    POST: async (request, reply) => {
      const id = pathId(request);
      const ctx = ctxOf(services, request);
      await readBatch(ctx, id);
      const { sheet } = readBody(request.body, { sheet: neededText(200) });
      const opened = await openOtherSheet(ctx, id, sheet);
      return reply.code(201).send(await draftOut(ctx, await readBatch(ctx, opened)));
    },
  });

  for (const what of importWorks) {
    address(app, `/imports/:id/${what}`, {
      POST: async (request, reply) => {
        const ctx = ctxOf(services, request);
        const id = pathId(request);
        const files = await findSet(ctx, id);
        const { set } = await readBatch(ctx, id);
        if (files.length > 1) {
          const params = { files: files.length, set, what };
          throw new Problem('conflict', { message: ofSeveral, params, extra: { set } });
        }
        await startImport(services, request, set, what);
        return reply.code(202).send(await stateOut(ctx, await readBatch(ctx, id)));
      },
    });
  }

  address(app, '/imports/:id/rows', {
    GET: async (request) => {
      const asked = readQuery(request.query, {
        outcome: optional(oneOf(['created', 'updated', 'merged', 'skipped', 'failed'])),
        limit: integer(1, 200, 50),
        after: integer(0, 2 ** 31 - 1, undefined),
      });
      const ctx = ctxOf(services, request);
      const { id } = await readBatch(ctx, pathId(request));
      return rowsOut(ctx, id, {
        limit: asked.limit,
        ...(asked.outcome === undefined ? {} : { outcome: asked.outcome }),
        ...(asked.after === undefined ? {} : { after: asked.after }),
      });
    },
  });

  address(app, '/imports/:id/failed.csv', {
    GET: async (request, reply) => {
      const ctx = ctxOf(services, request);
      const batch = await readBatch(ctx, pathId(request));
      const { columns, delimiter } = await readAnalysis(ctx, batch.id);
      const headers = columns.map((column) => column.name);
      const name = `${batch.fileName.slice(0, batch.fileName.length - extname(batch.fileName).length)}-refused.csv`;
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header(
          'content-disposition',
          `attachment; filename="refused.csv"; filename*=UTF-8''${encodeURIComponent(name)}`,
        )
        .send(Readable.from(refusedCsv(ctx, batch.id, headers, delimiter)));
    },
  });
}

async function draft(services: Services, request: FastifyRequest) {
  const ctx = ctxOf(services, request);
  return draftOut(ctx, await readBatch(ctx, pathId(request)));
}
