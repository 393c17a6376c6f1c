import type { FastifyInstance } from 'fastify';
import { Problem } from '../../lib/problem.ts';
import { address } from './address.ts';
import type { Services } from './services.ts';

/** `/healthz` answers while the process lives, `/readyz` only when the database is reachable and fully migrated. */
export function healthRoutes(app: FastifyInstance, services: Services): void {
  address(app, '/healthz', { GET: async () => ({ status: 'alive' }) });
  address(app, '/readyz', {
    GET: async () => {
      if (!(await services.isReady())) throw new Problem('not-ready', { extra: { retryAfter: 5 } });
      return { status: 'ready' };
    },
  });
}
