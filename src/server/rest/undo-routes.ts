import type { FastifyInstance, FastifyRequest } from 'fastify';
import { orderUndo } from '../../engine/bulk/order-undo.ts';
import { isLarge, previewBatch, undoWhole } from '../../engine/events/batch-door.ts';
import { undoChange } from '../../engine/events/undo-change.ts';
import { isId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { address } from '../http/address.ts';
import { flag, type Reader, readBody, readQuery } from '../http/input.ts';
import { pathId } from '../http/path-id.ts';
import { ctxOf } from '../http/request-ctx.ts';
import { withRetry } from '../http/retry.ts';
import type { Services } from '../http/services.ts';
import { beginRun, refuseWithoutWorkers } from './begin-run.ts';
import { entityOfRequest } from './entity-of-request.ts';

const notNames = message(
  'undo-fields',
  'Give the names of fields as an array: ["name", "amount"].',
  'Donnez les noms de champs dans un tableau : ["name", "amount"].',
  'Dé los nombres de los campos en una lista: ["name", "amount"].',
);
const notBatch = message(
  'not-a-batch',
  '“{given}” isn’t the id of a batch. The history of a record names the batch of each change.',
  '« {given} » n’est pas l’identifiant d’un lot. L’historique d’une fiche nomme le lot de chaque changement.',
  '«{given}» no es el identificador de un lote. El historial de un registro nombra el lote de cada cambio.',
);

/** Names of fields in a body, at least one. */
const fieldNames: Reader<readonly string[] | undefined> = (given) => {
  if (given === undefined) return { value: undefined };
  const isGood =
    Array.isArray(given) &&
    given.length > 0 &&
    given.every((name) => typeof name === 'string' && name !== '');
  return isGood ? { value: [...new Set(given as string[])] } : { mistake: { message: notNames } };
};

/** The doors that take changes back: one change of a record, or all of a batch. */
export function undoRoutes(app: FastifyInstance, services: Services): void {
  address(
    app,
    '/:plural/:id/history/:event/undo',
    {
      POST: async (request) => {
        const entity = entityOfRequest(request);
        readQuery(request.query, {});
        const { fields, part } = readBody(request.body ?? {}, { fields: fieldNames, part: flag });
        const { event = '' } = request.params as { event?: string };
        const choice = { part, ...(fields ? { fields } : {}) };
        const ctx = ctxOf(services, request);
        return withRetry(ctx, () => undoChange(ctx, entity, pathId(request), event.toLowerCase(), choice));
      },
    },
    entityOfRequest,
  );

  address(app, '/batches/:batch', {
    GET: async (request) => {
      readQuery(request.query, {});
      return previewBatch(ctxOf(services, request), batchOf(request));
    },
  });

  address(app, '/batches/:batch/undo', {
    POST: async (request, reply) => {
      readQuery(request.query, {});
      const { part } = readBody(request.body ?? {}, { part: flag });
      const ctx = ctxOf(services, request);
      const batch = batchOf(request);
      if (await isLarge(ctx, batch)) {
        refuseWithoutWorkers(services);
        const run = await orderUndo(ctx, batch, { part });
        const base = request.url.split('?', 1)[0]?.replace(/batches\/[^/]*\/undo$/, '');
        return beginRun(services, request, reply.header('location', `${base}bulk-runs/${run}`), run);
      }
      return withRetry(ctx, () => undoWhole(ctx, batch, { part }));
    },
  });
}

function batchOf(request: FastifyRequest): string {
  const { batch: given = '' } = request.params as { batch?: string };
  const id = given.toLowerCase();
  if (!isId(id)) throw new Problem('not-found', { message: notBatch, params: { given: given.slice(0, 60) } });
  return id;
}
