import type { FastifyInstance } from 'fastify';
import { mergeRecords } from '../../engine/merge/merge-records.ts';
import { isId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { address } from '../http/address.ts';
import { flag, optional, type Reader, readBody, readQuery } from '../http/input.ts';
import { pathId } from '../http/path-id.ts';
import { ctxOf } from '../http/request-ctx.ts';
import { withRetry } from '../http/retry.ts';
import type { Services } from '../http/services.ts';
import { entityOfRequest } from './entity-of-request.ts';
import { given } from './given.ts';
import { fieldValues } from './record-body.ts';

const notIds = message(
  'merge-not-ids',
  'Give the ids of the records that go into this one as an array.',
  'Donnez dans un tableau les identifiants des fiches à fusionner dans celle-ci.',
  'Dé en una lista los identificadores de los registros que entran en este.',
);
const notTaken = message(
  'merge-not-taken',
  'Give an object that names by field the id of the record whose value stays: {"email": "<id>"}.',
  'Donnez un objet qui nomme par champ l’identifiant de la fiche dont la valeur reste : {"email": "<id>"}.',
  'Dé un objeto que nombre por campo el identificador del registro cuyo valor queda: {"email": "<id>"}.',
);
const notVersions = message(
  'merge-not-versions',
  'Give an object that names by id the version of each record that you read: {"<id>": 3}.',
  'Donnez un objet qui nomme par identifiant la version lue de chaque fiche : {"<id>": 3}.',
  'Dé un objeto que nombre por identificador la versión leída de cada registro: {"<id>": 3}.',
);

/** Far more than are ever merged: how many may be is told by the merge itself. */
const maxIds = 100;

const ids: Reader<readonly string[]> = (sent) =>
  Array.isArray(sent) && sent.length <= maxIds && sent.every((id) => typeof id === 'string')
    ? { value: sent.map((id: string) => id.trim().toLowerCase()) }
    : { mistake: { message: notIds } };

const entriesOf = (sent: unknown): readonly (readonly [string, unknown])[] | null =>
  typeof sent === 'object' && sent !== null && !Array.isArray(sent) ? Object.entries(sent) : null;

const idsByField: Reader<Readonly<Record<string, string>>> = (sent) => {
  const entries = entriesOf(sent);
  if (!entries?.every(([, id]) => typeof id === 'string' && isId(id.toLowerCase())))
    return { mistake: { message: notTaken } };
  return { value: Object.fromEntries(entries.map(([field, id]) => [field, String(id).toLowerCase()])) };
};

const versionsById: Reader<Readonly<Record<string, number>>> = (sent) => {
  const entries = entriesOf(sent);
  const isVersion = (version: unknown): boolean =>
    Number.isInteger(version) && Number(version) >= 1 && Number(version) < 2 ** 31;
  if (!entries?.every(([, version]) => isVersion(version))) return { mistake: { message: notVersions } };
  return { value: Object.fromEntries(entries.map(([id, version]) => [id.toLowerCase(), Number(version)])) };
};

/** The door that makes one record of several. */
export function mergeRoutes(app: FastifyInstance, services: Services): void {
  address(
    app,
    '/:plural/:id/merge',
    {
      POST: async (request) => {
        const entity = entityOfRequest(request);
        readQuery(request.query, {});
        const {
          with: others,
          preview,
          ...order
        } = readBody(request.body, {
          with: ids,
          take: optional(idsByField),
          values: optional(fieldValues),
          versions: optional(versionsById),
          preview: flag,
        });
        const ctx = ctxOf(services, request);
        const asked = { with: others, preview, ...given(order) };
        return withRetry(ctx, () => mergeRecords(ctx, entity, pathId(request), asked));
      },
    },
    entityOfRequest,
  );
}
