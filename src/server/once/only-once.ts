import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { inTransaction } from '../../engine/record/transaction.ts';
import { claimKey, findAnswer, type KeptAnswer, keepAnswer } from '../../engine/workspace/kept-answers.ts';
import { isConnectionLost } from '../../engine/workspace/lost-connection.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { isRetryable } from '../http/postgres-problem.ts';
import { ctxOf } from '../http/request-ctx.ts';
import type { Handler, Services } from '../http/services.ts';
import { holdAnswer } from './held-answer.ts';
import { keyedRequest } from './keyed-request.ts';

const notHere = message(
  'idempotency-key-not-here',
  'This address takes no Idempotency-Key, because its answer isn’t kept: leave the header out.',
  'Cette adresse n’accepte pas d’Idempotency-Key, car sa réponse n’est pas conservée : retirez l’en-tête.',
  'Esta dirección no acepta Idempotency-Key, porque su respuesta no se guarda: quite la cabecera.',
);
const otherRequest = message(
  'idempotency-key-reused',
  'This Idempotency-Key was used for another request already. Send this one with a key of its own.',
  'Cette Idempotency-Key a déjà servi à une autre requête. Envoyez celle-ci avec sa propre clé.',
  'Esta Idempotency-Key ya se usó para otra petición. Envíe esta con una clave propia.',
);
const underWay = message(
  'idempotency-key-under-way',
  'The request with this Idempotency-Key is still being worked on. Send it again in a moment for its answer.',
  'La requête portant cette Idempotency-Key est encore en cours. Renvoyez-la dans un instant pour obtenir sa réponse.',
  'La petición con esta Idempotency-Key aún se está tratando. Envíela de nuevo en un momento para obtener su respuesta.',
);

/** Doors whose answers hold secrets or change how one signs in, and those that take files, which nothing compares. */
const unkept = /\/(keys|imports|import-sets|me(\/.*)?)$/;

/** Whether the answers of POST at an address are kept, so that it takes a key. */
export const takesIdempotencyKey = (url: string): boolean => !unkept.test(url);

/** How often a request is worked on again that lost its connection or against others. */
const most = 4;

/**
 * Lets whoever sends `Idempotency-Key` with a POST below these routes send it again without doing it twice: what it
 * wrote and what it answered are one transaction, and the same request gets the same answer for a day. A refused
 * request has changed nothing and keeps nothing: it may be mended and sent again with its key.
 */
export function onlyOnce(api: FastifyInstance, services: Services): void {
  api.addHook('onRoute', (route) => {
    if (route.method !== 'POST') return;
    const handler = route.handler as unknown as Handler;
    const isKept = takesIdempotencyKey(route.url);
    route.handler = async (request, reply) => {
      if (request.headers['idempotency-key'] === undefined) return handler(request, reply);
      if (!isKept) throw new Problem('malformed', { message: notHere });
      const { answer, isReplayed, after } = await answered(services, request, reply, handler);
      for (const work of after) await work();
      if (answer.location !== null) reply.header('location', answer.location);
      if (isReplayed) reply.header('idempotency-replayed', 'true');
      if (answer.body === null) return reply.code(answer.status).send();
      return reply.code(answer.status).type('application/json; charset=utf-8').send(answer.body);
    };
  });
}

interface Answered {
  readonly answer: KeptAnswer;
  readonly isReplayed: boolean;
  /** What waits for the transaction to be kept. */
  readonly after: readonly (() => Promise<void>)[];
}

/** Works on a request until its answer is kept, or finds it kept: with its key, that is safe after any loss. */
async function answered(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  handler: Handler,
): Promise<Answered> {
  let wasLost = false;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptOnce(services, request, reply, handler);
    } catch (error) {
      // The server may not have noticed yet that the connection of the attempt before is gone.
      const isOwn = wasLost && error instanceof Problem && error.detail.message === underWay;
      if (attempt === most || !(isOwn || isConnectionLost(error) || isRetryable(error))) throw error;
      wasLost ||= isConnectionLost(error);
      await sleep(100 * attempt);
    } finally {
      request.within = null;
    }
  }
}

async function attemptOnce(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  handler: Handler,
): Promise<Answered> {
  const asked = keyedRequest(request);
  return inTransaction(ctxOf(services, request), async ({ db }) => {
    if (!(await claimKey(db, asked)))
      throw new Problem('conflict', { message: underWay, extra: { retryAfter: 1 } });
    const kept = await findAnswer(db, asked);
    if (kept && !kept.isSame)
      throw new Problem('invalid', { mistakes: [{ field: 'Idempotency-Key', message: otherRequest }] });
    if (kept) return { answer: kept.answer, isReplayed: true, after: [] };
    const within = { db, after: [] };
    request.within = within;
    const answer = await holdAnswer(reply, (held) => handler(request, held));
    await keepAnswer(db, asked, answer);
    return { answer, isReplayed: false, after: within.after };
  });
}
