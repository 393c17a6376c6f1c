import type { FastifyInstance } from 'fastify';
import { eraseRecord } from '../../engine/erase/erase-record.ts';
import { message } from '../../lib/message.ts';
import { address } from '../http/address.ts';
import { type Reader, readBody, readQuery } from '../http/input.ts';
import { pathId } from '../http/path-id.ts';
import { ctxOf } from '../http/request-ctx.ts';
import { withRetry } from '../http/retry.ts';
import type { Services } from '../http/services.ts';
import { entityOfRequest } from './entity-of-request.ts';

const unconfirmed = message(
  'erase-unconfirmed',
  'Nothing brings erased values back. Send “confirm”: true if that is meant.',
  'Rien ne ramène des valeurs effacées. Envoyez « confirm » : true si c’est bien voulu.',
  'Nada recupera los valores borrados. Envíe «confirm»: true si es lo que quiere.',
);

const confirmed: Reader<true> = (given) =>
  given === true ? { value: true } : { mistake: { message: unconfirmed } };

/** The door that erases a person. */
export function eraseRoutes(app: FastifyInstance, services: Services): void {
  address(
    app,
    '/:plural/:id/erase',
    {
      POST: async (request, reply) => {
        const entity = entityOfRequest(request);
        readQuery(request.query, {});
        readBody(request.body ?? {}, { confirm: confirmed });
        const ctx = ctxOf(services, request, reply);
        return withRetry(ctx, () => eraseRecord(ctx, entity, pathId(request)));
      },
    },
    entityOfRequest,
  );
}
