import { PassThrough } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { recogniseAgain } from '../auth/recognise.ts';
import { address } from '../http/address.ts';
import { neededText, optional, readQuery } from '../http/input.ts';
import { ctxOf, identityOf, workspaceOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';
import type { LiveFeeds } from './live-feeds.ts';

const tooMany = message(
  'live-too-many',
  'At most {max} pages of yours are told of changes at once. Close one, or ask again later.',
  'Au plus {max} de vos pages sont tenues à jour à la fois. Fermez-en une ou redemandez plus tard.',
  'Como máximo {max} de sus páginas se mantienen al día a la vez. Cierre una o vuelva a pedirlo más tarde.',
);

/** Open connections of one user in this process. */
const mostOfUser = 12;
/** What may wait for a slow reader, in bytes, before he is cut off: he asks again from where he was. */
const mostWaiting = 256 * 1024;

/** The stream of what is written (`text/event-stream`): entity, id, verb and version of records that the reader may read. */
export function liveRoutes(app: FastifyInstance, services: Services, feeds: LiveFeeds): void {
  const openOf = new Map<string, number>();

  address(app, '/events', {
    GET: async (request, reply) => {
      const { after } = readQuery(request.query, { after: optional(neededText(80)) });
      const workspace = workspaceOf(request);
      const feed = await feeds.of(workspace.name);
      const user = `${workspace.name} ${identityOf(request).who.userId}`;
      const open = openOf.get(user) ?? 0;
      if (open >= mostOfUser)
        throw new Problem('too-many', {
          message: tooMany,
          params: { max: mostOfUser },
          extra: { retryAfter: 60 },
        });
      openOf.set(user, open + 1);
      const stream = new PassThrough();
      const told = request.headers['last-event-id'] ?? after;
      const stop = feed.follow({
        after: typeof told === 'string' ? told : null,
        identify: async () => {
          request.identity = await recogniseAgain(services, request);
          return request.identity && ctxOf(services, request);
        },
        send: (text) => {
          if (stream.writableLength > mostWaiting) stream.end();
          else if (!stream.writableEnded) stream.write(text);
        },
        end: () => stream.end(),
      });
      reply.raw.once('close', () => {
        stop();
        stream.destroy();
        const left = (openOf.get(user) ?? 1) - 1;
        if (left > 0) openOf.set(user, left);
        else openOf.delete(user);
      });
      return reply
        .header('content-type', 'text/event-stream; charset=utf-8')
        .header('x-accel-buffering', 'no')
        .send(stream);
    },
  });
}
