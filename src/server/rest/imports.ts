import { extname } from 'node:path';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { listBatches, readAnalysis, readBatch, saveMapping } from '../../engine/import/batch.ts';
import { maxFileBytes } from '../../engine/import/decode.ts';
import { openImport } from '../../engine/import/open.ts';
import { refusedCsv } from '../../engine/import/refused-csv.ts';
import { removeImport, startSet } from '../../engine/import/sets.ts';
import { draftOut, rowsOut, stateOut } from '../../engine/import/view.ts';
import { importJob } from '../../jobs/import.job.ts';
import { isId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { address } from '../http/address.ts';
import { integer, objectBody, oneOf, optional, type Reader, readQuery } from '../http/input.ts';
import { pathId } from '../http/path-id.ts';
import { ctxOf, onceKept, workspaceOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';
import { readUpload } from './upload.ts';

const noWorkers = message(
  'import-no-workers',
  'Imports can’t be worked on right now. Try again in a moment.',
  'Les importations ne peuvent pas être traitées pour le moment. Réessayez dans un instant.',
  'Ahora mismo no se pueden tratar las importaciones. Inténtelo de nuevo en un momento.',
);
const badCursor = message(
  'import-bad-cursor',
  'This isn’t a place in the list: take “next” of the page before.',
  'Ceci n’est pas une position dans la liste : reprenez « next » de la page précédente.',
  'Esto no es una posición en la lista: tome «next» de la página anterior.',
);

const cursor: Reader<string | undefined> = (given) =>
  given === undefined || isId(given) ? { value: given } : { mistake: { message: badCursor } };

/** The doors of imports: a file goes in as a draft, is mapped, checked, run, looked at and undone. */
export async function importRoutes(app: FastifyInstance, services: Services): Promise<void> {
  await app.register(multipart, {
    limits: { fileSize: maxFileBytes, files: 1, fields: 5, fieldSize: 200, parts: 6 },
  });

  address(app, '/imports', {
    GET: async (request) => {
      const { limit, after } = readQuery(request.query, { limit: integer(1, 200, 50), after: cursor });
      const ctx = ctxOf(services, request);
      const page = await listBatches(ctx, { limit, ...(after === undefined ? {} : { after }) });
      const items = await Promise.all(page.items.map((batch) => stateOut(ctx, batch)));
      return { items, next: page.next, total: null };
    },
    POST: async (request, reply) => {
      readQuery(request.query, {});
      const upload = await readUpload(request);
      const ctx = ctxOf(services, request);
      const id = await openImport(ctx, upload);
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

  for (const what of ['check', 'run', 'undo'] as const) {
    address(app, `/imports/:id/${what}`, {
      POST: async (request, reply) => {
        const ctx = ctxOf(services, request);
        const id = pathId(request);
        if (!services.jobs) throw new Problem('not-ready', { message: noWorkers });
        const { set } = await readBatch(ctx, id);
        await startSet(ctx, set, what);
        const { jobs } = services;
        await onceKept(request, () =>
          jobs.send(importJob, { workspace: workspaceOf(request).name, id: set }),
        );
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
        .send(await refusedCsv(ctx, batch.id, headers, delimiter));
    },
  });
}

async function draft(services: Services, request: FastifyRequest) {
  const ctx = ctxOf(services, request);
  return draftOut(ctx, await readBatch(ctx, pathId(request)));
}
