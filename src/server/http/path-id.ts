import type { FastifyRequest } from 'fastify';
import { isId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';

const notAnId = message(
  'not-an-id',
  '“{given}” isn’t an id. Ids look like 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6a7b.',
  '« {given} » n’est pas un identifiant. Un identifiant ressemble à 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6a7b.',
  '«{given}» no es un identificador. Un identificador se parece a 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6a7b.',
);

/** The id in a request's address; what can't be one names nothing. */
export function pathId(request: FastifyRequest): string {
  const { id: given = '' } = request.params as { id?: string };
  const id = given.toLowerCase();
  if (!isId(id)) throw new Problem('not-found', { message: notAnId, params: { given: given.slice(0, 60) } });
  return id;
}
