import type { FastifyInstance } from 'fastify';
import { findDuplicates } from '../../engine/duplicates/find-duplicates.ts';
import { decidePair, listPairs } from '../../engine/duplicates/pairs.ts';
import { askScan, cancelScan, refuseScanning } from '../../engine/duplicates/scans.ts';
import { duplicatesJob } from '../../jobs/duplicates.job.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { pairStates } from '../../model/duplicate.ts';
import { address } from '../http/address.ts';
import { integer, neededText, objectBody, oneOf, optional, readBody, readQuery } from '../http/input.ts';
import { ctxOf, onceKept, workspaceOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';
import { entityOfRequest } from './entity-of-request.ts';
import { given } from './given.ts';
import { idText } from './id-text.ts';

const noWorkers = message(
  'duplicate-no-workers',
  'Duplicates can’t be searched for right now. Try again in a moment.',
  'La recherche de doublons est indisponible pour le moment. Réessayez dans un instant.',
  'Ahora mismo no se pueden buscar duplicados. Inténtelo de nuevo en un momento.',
);

/** The doors of duplicates: records like one that is being written, pairs among all records, and the search for them. */
export function duplicateRoutes(app: FastifyInstance, services: Services): void {
  address(
    app,
    '/:plural/duplicates',
    {
      GET: async (request, reply) => {
        const entity = entityOfRequest(request);
        const asked = readQuery(request.query, {
          with: optional(neededText(100)),
          state: optional(oneOf(pairStates)),
          limit: integer(1, 100, undefined),
          after: optional(neededText(200)),
        });
        return listPairs(ctxOf(services, request, reply), entity, given(asked));
      },
      POST: async (request) => {
        const entity = entityOfRequest(request);
        const { from } = readQuery(request.query, { from: optional(idText) });
        return findDuplicates(ctxOf(services, request), entity, objectBody(request.body), from);
      },
    },
    entityOfRequest,
  );

  address(
    app,
    '/:plural/duplicates/decision',
    {
      POST: async (request, reply) => {
        const entity = entityOfRequest(request);
        readQuery(request.query, {});
        const {
          one,
          other,
          state,
          with: name,
        } = readBody(request.body, {
          one: idText,
          other: idText,
          state: oneOf(pairStates),
          with: optional(neededText(100)),
        });
        const asked = { records: [one, other] as const, state, ...given({ with: name }) };
        await decidePair(ctxOf(services, request), entity, asked);
        return reply.code(204).send();
      },
    },
    entityOfRequest,
  );

  address(
    app,
    '/:plural/duplicates/scan',
    {
      POST: async (request, reply) => {
        const entity = entityOfRequest(request);
        readQuery(request.query, {});
        const { jobs } = services;
        const ctx = ctxOf(services, request);
        refuseScanning(ctx, entity);
        if (!jobs) throw new Problem('not-ready', { message: noWorkers });
        const scan = await askScan(ctx, entity);
        const data = { workspace: workspaceOf(request).name, entity: entity.name };
        await onceKept(request, () => jobs.send(duplicatesJob, data));
        return reply.code(202).send(scan);
      },
      DELETE: async (request) => {
        const entity = entityOfRequest(request);
        readQuery(request.query, {});
        return cancelScan(ctxOf(services, request), entity);
      },
    },
    entityOfRequest,
  );
}
