import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { KeyedRequest } from '../../engine/workspace/kept-answers.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { identityOf, workspaceOf } from '../http/request-ctx.ts';

const badKey = message(
  'idempotency-key-wrong',
  'The header Idempotency-Key takes 1 to 255 printable ASCII characters, a UUID for example.',
  'L’en-tête Idempotency-Key prend de 1 à 255 caractères ASCII imprimables, par exemple un UUID.',
  'La cabecera Idempotency-Key lleva de 1 a 255 caracteres ASCII imprimibles, por ejemplo un UUID.',
);

/** Members of a body whose values are secrets: even a hash of them would help to guess. */
const isSecret = (name: string): boolean => /password|secret|token/i.test(name);

/** The request as its key and what it asks; refused when the key can't be one. */
export function keyedRequest(request: FastifyRequest): KeyedRequest {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !/^[\x20-\x7e]{1,255}$/.test(key))
    throw new Problem('malformed', { message: badKey });
  const asked = JSON.stringify(request.body, (name, value: unknown) => (isSecret(name) ? null : value));
  const hash = createHash('sha256').update(`${request.method} ${request.url}\n${asked}`).digest();
  const { userId } = identityOf(request).who;
  if (userId === null) throw new Problem('unauthenticated');
  return { schema: workspaceOf(request).schema, userId, key, hash };
}
