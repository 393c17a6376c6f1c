import type { FastifyInstance } from 'fastify';
import { isConnectionLost } from '../../engine/workspace/lost-connection.ts';
import type { Handler } from './services.ts';

/** How often a reading is tried in all. */
const most = 3;

/** Lets what only reads below these routes be read again when the connection to the database was lost. */
export function readAgainWhenLost(api: FastifyInstance): void {
  api.addHook('onRoute', (route) => {
    if (route.method !== 'GET') return;
    const handler = route.handler as unknown as Handler;
    route.handler = async (request, reply) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await handler(request, reply);
        } catch (error) {
          if (attempt === most || reply.sent || !isConnectionLost(error)) throw error;
        }
      }
    };
  });
}
