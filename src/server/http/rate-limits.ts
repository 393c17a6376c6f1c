import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { type Counter, counter } from './counter.ts';

const tooFast = message(
  'rate-limit',
  'More than {max} requests within a minute. Wait {seconds} seconds.',
  'Plus de {max} requêtes en une minute. Attendez {seconds} secondes.',
  'Más de {max} peticiones en un minuto. Espere {seconds} segundos.',
);

/** Unknown keys and ended sessions a network address may send per minute. */
const unrecognisedPerMinute = 120;

/** How fast callers may ask. Counted in this process and at once, since every request passes here. */
export interface RateLimits {
  /** Counts a request against its user, key or else network address; refuses the ones too many. */
  count(request: FastifyRequest): void;
  /** Refuses an address that has sent too many credentials nobody holds; costs no look-up. */
  refuseGuessers(request: FastifyRequest): void;
  /** Counts a credential nobody holds. */
  countGuess(request: FastifyRequest): void;
}

/** Makes the limits of this process. */
export function rateLimits(requestsPerMinute: number): RateLimits {
  const requests = counter(60_000);
  const guesses = counter(60_000);
  const address = (request: FastifyRequest): string => `ip:${normalizeIP(request.ip)}`;
  const sender = (request: FastifyRequest): string =>
    request.identity ? `${request.identity.through.kind}:${request.identity.through.id}` : address(request);
  return {
    count: (request) => {
      if (requests.add(sender(request)) > requestsPerMinute) throw refusal(requests, requestsPerMinute);
    },
    refuseGuessers: (request) => {
      if (guesses.isEmpty() || guesses.count(address(request)) < unrecognisedPerMinute) return;
      throw refusal(guesses, unrecognisedPerMinute);
    },
    countGuess: (request) => {
      guesses.add(address(request));
    },
  };
}

function refusal(counted: Counter, max: number): Problem {
  const params = { max, seconds: Math.max(1, Math.ceil(counted.remaining() / 1000)) };
  return new Problem('too-many', { message: tooFast, params, extra: { retryAfter: params.seconds } });
}
