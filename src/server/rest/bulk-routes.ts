import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { mostIds, orderBulk } from '../../engine/bulk/order.ts';
import { askUndo, cancelRun, listRuns, readRun } from '../../engine/bulk/runs.ts';
import { recordsOut, refusedCsv, runOut } from '../../engine/bulk/view.ts';
import { isId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { bulkOutcomes } from '../../model/bulk.ts';
import { address } from '../http/address.ts';
import {
  flag,
  integer,
  neededText,
  oneOf,
  optional,
  type Reader,
  readBody,
  readQuery,
} from '../http/input.ts';
import { pathId } from '../http/path-id.ts';
import { ctxOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';
import { beginRun, refuseWithoutWorkers } from './begin-run.ts';
import { entityOfRequest } from './entity-of-request.ts';
import { given } from './given.ts';
import { idText } from './id-text.ts';
import { fieldValues } from './record-body.ts';

const badIds = message(
  'bulk-bad-ids',
  'Give a list of 1 to {max} ids of records; for more, give a filter as “where”.',
  'Donnez une liste de 1 à {max} identifiants de fiches ; au-delà, donnez un filtre « where ».',
  'Dé una lista de 1 a {max} identificadores de registros; para más, dé un filtro «where».',
);
const badFilter = message(
  'bulk-bad-filter',
  'Give a filter of at most {max} characters, or an empty text for all records.',
  'Donnez un filtre de {max} caractères au plus, ou un texte vide pour toutes les fiches.',
  'Dé un filtro de {max} caracteres como máximo, o un texto vacío para todos los registros.',
);

const maxFilter = 10_000;

const ids: Reader<readonly string[]> = (sent) =>
  Array.isArray(sent) &&
  sent.length >= 1 &&
  sent.length <= mostIds &&
  sent.every((id): id is string => typeof id === 'string' && isId(id.toLowerCase()))
    ? { value: sent.map((id: string) => id.toLowerCase()) }
    : { mistake: { message: badIds, params: { max: mostIds } } };

const filter: Reader<string> = (sent) =>
  typeof sent === 'string' && sent.length <= maxFilter
    ? { value: sent.trim() }
    : { mistake: { message: badFilter, params: { max: maxFilter } } };

/** The doors of bulk runs: something is done to many records as a job, watched, cancelled and undone. */
export function bulkRoutes(app: FastifyInstance, services: Services): void {
  address(
    app,
    '/:plural/bulk',
    {
      POST: async (request, reply) => {
        const entity = entityOfRequest(request);
        readQuery(request.query, {});
        const { verb, ...order } = readBody(request.body, {
          verb: neededText(60),
          where: optional(filter),
          sort: optional(neededText(1000)),
          ids: optional(ids),
          values: optional(fieldValues),
          input: optional(fieldValues),
          dryRun: flag,
        });
        const ctx = ctxOf(services, request);
        refuseWithoutWorkers(services);
        const id = await orderBulk(ctx, entity, { verb, ...given(order) });
        const base = request.url.split('?', 1)[0]?.replace(/[^/]*\/bulk$/, '');
        return beginRun(services, request, reply.header('location', `${base}bulk-runs/${id}`), id);
      },
    },
    entityOfRequest,
  );

  address(app, '/bulk-runs', {
    GET: async (request) => {
      const asked = readQuery(request.query, { limit: integer(1, 200, 50), after: optional(idText) });
      const ctx = ctxOf(services, request);
      const page = await listRuns(ctx, asked);
      const items = await Promise.all(page.items.map((run) => runOut(ctx, run)));
      return { items, next: page.next, total: null };
    },
  });

  address(app, '/bulk-runs/:id', {
    GET: async (request) => {
      const ctx = ctxOf(services, request);
      return runOut(ctx, await readRun(ctx, pathId(request)));
    },
  });

  address(app, '/bulk-runs/:id/cancel', {
    POST: async (request) => {
      const ctx = ctxOf(services, request);
      await cancelRun(ctx, pathId(request));
      return runOut(ctx, await readRun(ctx, pathId(request)));
    },
  });

  address(app, '/bulk-runs/:id/undo', {
    POST: async (request, reply) => {
      refuseWithoutWorkers(services);
      await askUndo(ctxOf(services, request), pathId(request));
      return beginRun(services, request, reply, pathId(request));
    },
  });

  address(app, '/bulk-runs/:id/records', {
    GET: async (request) => {
      const asked = readQuery(request.query, {
        outcome: optional(oneOf(bulkOutcomes)),
        limit: integer(1, 200, 50),
        after: integer(0, 2 ** 31 - 1, undefined),
      });
      const ctx = ctxOf(services, request);
      return recordsOut(ctx, await readRun(ctx, pathId(request)), asked);
    },
  });

  address(app, '/bulk-runs/:id/refused.csv', {
    GET: async (request, reply) => {
      const ctx = ctxOf(services, request);
      const run = await readRun(ctx, pathId(request));
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="refused.csv"')
        .send(Readable.from(refusedCsv(ctx, run)));
    },
  });
}
