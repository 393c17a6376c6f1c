import type { FastifyRequest } from 'fastify';
import { message } from '../../lib/message.ts';
import { nearest } from '../../lib/nearest.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import { workspaceOf } from '../http/request-ctx.ts';

const unknown = message(
  'unknown-entity',
  'There are no “{plural}” here. See …/describe for what there is.',
  'Il n’y a pas de « {plural} » ici. Voyez …/describe pour ce qu’il y a.',
  'Aquí no hay «{plural}». Vea …/describe para saber qué hay.',
);
const unknownNear = message(
  'unknown-entity-near',
  'There are no “{plural}” here; “{near}” may be meant.',
  'Il n’y a pas de « {plural} » ici ; peut-être « {near} ».',
  'Aquí no hay «{plural}»; quizá «{near}».',
);

/** The entity that a request's address names by its plural, looked up in the model as it is now. */
export function entityOfRequest(request: FastifyRequest): Entity {
  const { plural = '' } = request.params as { plural?: string };
  const { byPlural, entities } = workspaceOf(request).model;
  const found = byPlural.get(plural);
  if (found) return found;
  const near = entities.get(plural)?.plural ?? nearest(plural, byPlural.keys());
  const shown = plural.slice(0, 60);
  throw near === null
    ? new Problem('not-found', { message: unknown, params: { plural: shown } })
    : new Problem('not-found', { message: unknownNear, params: { plural: shown, near }, extra: { near } });
}
