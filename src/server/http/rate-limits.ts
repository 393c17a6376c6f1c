import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';

const tooFast = message(
  'rate-limit',
  'More than {max} requests within a minute. Wait {seconds} seconds.',
  'Plus de {max} requêtes en une minute. Attendez {seconds} secondes.',
  'Más de {max} peticiones en un minuto. Espere {seconds} segundos.',
);

/** Unknown keys and ended sessions a network address may send per minute. */
const unrecognisedPerMinute = 120;

/** How fast callers may ask. */
export interface RateLimits {
  /** Counts a request against its user, key or else network address; refuses the ones too many. */
  count(request: FastifyRequest): Promise<void>;
  /** Refuses an address that has sent too many credentials nobody holds; costs no look-up. */
  refuseGuessers(request: FastifyRequest): Promise<void>;
  /** Counts a credential nobody holds. */
  countGuess(request: FastifyRequest): Promise<void>;
}

/** Makes the limits of this process. */
export async function rateLimits(app: FastifyInstance, requestsPerMinute: number): Promise<RateLimits> {
  await app.register(rateLimit, { global: false });
  const address = (request: FastifyRequest): string => `ip:${normalizeIP(request.ip)}`;
  const limiter = app.createRateLimit({
    max: requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request) =>
      request.identity ? `${request.identity.through.kind}:${request.identity.through.id}` : address(request),
  });
  const guesses = app.createRateLimit({
    max: unrecognisedPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => `guess:${address(request)}`,
  });
  const refuse = (result: Awaited<ReturnType<typeof limiter>>): void => {
    if (result.isAllowed || !result.isExceeded) return;
    const params = { max: result.max, seconds: Math.max(1, result.ttlInSeconds) };
    throw new Problem('too-many', { message: tooFast, params, extra: { retryAfter: params.seconds } });
  };
  return {
    count: async (request) => refuse(await limiter(request)),
    refuseGuessers: async (request) => refuse(await guesses(request, { increment: false })),
    countGuess: async (request) => {
      await guesses(request);
    },
  };
}
