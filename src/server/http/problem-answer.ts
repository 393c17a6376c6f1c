import type { FastifyReply, FastifyRequest } from 'fastify';
import { message } from '../../lib/message.ts';
import { Problem, problemDocument, problemKinds } from '../../lib/problem.ts';
import { postgresProblem } from './postgres-problem.ts';
import { readerLocale } from './reader-locale.ts';

const tooLarge = message(
  'body-too-large',
  'The body is larger than {limit} bytes. Send less at a time.',
  'Le corps dépasse {limit} octets. Envoyez-en moins à la fois.',
  'El cuerpo supera los {limit} bytes. Envíe menos cada vez.',
);
const notTaken = message(
  'content-type-not-taken',
  'The content type “{given}” isn’t taken here. Send JSON with “Content-Type: application/json”.',
  'Le type de contenu « {given} » n’est pas accepté ici. Envoyez du JSON avec « Content-Type: application/json ».',
  'El tipo de contenido «{given}» no se acepta aquí. Envíe JSON con «Content-Type: application/json».',
);
const badAddress = message(
  'address-unreadable',
  'The address can’t be read: a percent sign in it isn’t followed by two hexadecimal digits of UTF-8.',
  'L’adresse est illisible : un signe % n’y est pas suivi de deux chiffres hexadécimaux d’un texte UTF-8.',
  'La dirección no se puede leer: un signo % no va seguido de dos dígitos hexadecimales de UTF-8.',
);
const unreadable = message(
  'request-unreadable',
  'The request can’t be read: {reason}.',
  'La requête est illisible : {reason}.',
  'La petición no se puede leer: {reason}.',
);

/**
 * Answers a refusal as an RFC 9457 document in the reader's language. What isn't a refusal is logged and shown
 * as `internal` with nothing but the request's id, under which the log has it.
 */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = asProblem(error, request);
  if (problem.code === 'internal')
    request.log.error(
      { reqId: request.id, err: error, method: request.method, path: pathOf(request) },
      'a request failed',
    );
  else if (problem.code === 'not-ready')
    request.log.warn({ reqId: request.id, err: error }, 'the database did not answer');
  return answerProblem(problem, request, reply);
}

/** Answers a refusal. */
export function answerProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { retryAfter, allow } = problem.detail.extra ?? {};
  if (typeof retryAfter === 'number') reply.header('retry-after', retryAfter);
  if (Array.isArray(allow)) reply.header('allow', allow.join(', '));
  if (problem.code === 'unauthenticated') reply.header('www-authenticate', 'Bearer realm="Rapport"');
  return reply
    .code(problemKinds[problem.code].status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('vary', 'Accept-Language')
    .send(JSON.stringify(problemDocument(problem, readerLocale(request))));
}

/** The address of a request without its parameters, which may hold personal data. */
export const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? '';

function asProblem(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  return frameworkProblem(error, request) ?? postgresProblem(error) ?? internal(request);
}

const internal = (request: FastifyRequest): Problem =>
  new Problem('internal', { extra: { request: request.id } });

function frameworkProblem(error: unknown, request: FastifyRequest): Problem | null {
  if (!(error instanceof Error)) return null;
  const { code, statusCode } = error as Error & { code?: string; statusCode?: number };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || code === 'FST_REQ_FILE_TOO_LARGE')
    return new Problem('too-large', { message: tooLarge, params: { limit: request.routeOptions.bodyLimit } });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    const given = request.headers['content-type']?.slice(0, 100) ?? '';
    return new Problem('unsupported-media', { message: notTaken, params: { given } });
  }
  if (code === 'FST_ERR_BAD_URL') return new Problem('malformed', { message: badAddress });
  if (code?.startsWith('FST_') && statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new Problem('malformed', { message: unreadable, params: { reason: error.message.slice(0, 200) } });
  return null;
}
