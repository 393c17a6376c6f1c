import type { FastifyInstance } from 'fastify';
import { retryParked, subscriberStates } from '../../engine/events/subscribers.ts';
import { address } from '../http/address.ts';
import { optional, readBody, readQuery } from '../http/input.ts';
import { ctxOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';
import { idText } from './id-text.ts';

/** The doors by which an administrator sees what follows from events, and has failures tried again. */
export function subscriberRoutes(app: FastifyInstance, services: Services): void {
  address(app, '/subscribers', {
    GET: async (request) => {
      readQuery(request.query, {});
      return { items: await subscriberStates(ctxOf(services, request)) };
    },
  });

  address(app, '/subscribers/:name/retry', {
    POST: async (request) => {
      readQuery(request.query, {});
      const { event } = readBody(request.body ?? {}, { event: optional(idText) });
      const { name = '' } = request.params as { name?: string };
      return { retried: await retryParked(ctxOf(services, request), name, event) };
    },
  });
}
