import type { FastifyInstance } from 'fastify';
import { describeEntity } from '../../engine/describe/describe.ts';
import { history } from '../../engine/events/history.ts';
import { readRecordAt } from '../../engine/events/record-at.ts';
import { listRecords } from '../../engine/query/list.ts';
import { readRecord } from '../../engine/query/read.ts';
import { totals } from '../../engine/query/totals.ts';
import { linkRecords, unlinkRecords } from '../../engine/record/verbs.ts';
import { judgeInput } from '../../engine/rules/judge-input.ts';
import { message } from '../../lib/message.ts';
import { address } from '../http/address.ts';
import {
  flag,
  integer,
  names,
  neededText,
  objectBody,
  oneOf,
  optional,
  type Reader,
  readBody,
  readQuery,
} from '../http/input.ts';
import { pathId } from '../http/path-id.ts';
import { ctxOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';
import { entityOfRequest } from './entity-of-request.ts';
import { exportRoute } from './export-route.ts';
import { given } from './given.ts';
import { idText } from './id-text.ts';
import { changeBody, creationBody, fieldValues, idBodies, inList, namedBodies } from './record-body.ts';
import { create, remove, restore, update, updateOne } from './record-writes.ts';
import { whenDuplicate } from './when-duplicate.ts';

const maxFilter = 10_000;
const filter = optional(neededText(maxFilter));

const onlyOne = message(
  'at-of-list',
  'Only a single record can be had as of a past moment: ask for it by its id.',
  'Seule une fiche isolée peut être lue à un moment passé : demandez-la par son identifiant.',
  'Solo un registro individual puede leerse en un momento pasado: pídalo por su identificador.',
);

/** `at`, where it means nothing. */
const notInLists: Reader<undefined> = (asked) =>
  asked === undefined ? { value: undefined } : { mistake: { message: onlyOne } };

/** The doors that every entity has, found by its plural when the request comes. */
export function recordRoutes(app: FastifyInstance, services: Services): void {
  address(
    app,
    '/:plural',
    {
      GET: async (request, reply) => {
        const entity = entityOfRequest(request);
        const asked = readQuery(request.query, {
          where: filter,
          sort: optional(neededText(1000)),
          fields: names,
          limit: integer(1, 200, undefined),
          after: optional(neededText(4000)),
          count: optional(oneOf(['bounded', 'exact', 'none'])),
          removed: flag,
          at: notInLists,
        });
        return listRecords(ctxOf(services, request, reply), entity, given(asked));
      },
      POST: async (request, reply) => {
        const entity = entityOfRequest(request);
        const { onDuplicate } = readQuery(request.query, { onDuplicate: whenDuplicate });
        const { inputs, isMany } = creationBody(request.body);
        const ctx = { ...ctxOf(services, request), refusesDuplicates: onDuplicate === 'refuse' };
        if (isMany)
          return reply
            .code(201)
            .send({ items: await inList(inputs.length, () => create(ctx, entity, inputs)) });
        const [created] = await create(ctx, entity, inputs);
        return reply
          .code(201)
          .header('location', `${request.url.split('?', 1)[0]}/${created?.id}`)
          .send(created);
      },
      PATCH: async (request) => {
        const entity = entityOfRequest(request);
        readQuery(request.query, {});
        const changes = namedBodies(request.body);
        return {
          items: await inList(changes.length, () => update(ctxOf(services, request), entity, changes)),
        };
      },
      DELETE: async (request) => {
        const entity = entityOfRequest(request);
        readQuery(request.query, {});
        const named = namedBodies(request.body);
        return { items: await inList(named.length, () => remove(ctxOf(services, request), entity, named)) };
      },
    },
    entityOfRequest,
  );

  address(
    app,
    '/:plural/restore',
    {
      POST: async (request) => {
        const entity = entityOfRequest(request);
        readQuery(request.query, {});
        const ids = idBodies(request.body);
        return { items: await inList(ids.length, () => restore(ctxOf(services, request), entity, ids)) };
      },
    },
    entityOfRequest,
  );

  address(
    app,
    '/:plural/:id',
    {
      GET: async (request, reply) => {
        const entity = entityOfRequest(request);
        const { at, ...asked } = readQuery(request.query, {
          fields: names,
          removed: flag,
          at: optional(neededText(60)),
        });
        const ctx = ctxOf(services, request);
        const id = pathId(request);
        if (at !== undefined) return readRecordAt(ctx, entity, id, at, given(asked));
        const record = await readRecord(ctx, entity, id, given(asked));
        // The id of a record that was merged answers with the one it went into, and says so.
        if (record.id !== id)
          reply.header('content-location', request.url.split('?', 1)[0]?.replace(/[^/]+$/, record.id) ?? '');
        return record;
      },
      PATCH: async (request) => {
        const entity = entityOfRequest(request);
        readQuery(request.query, {});
        return updateOne(ctxOf(services, request), entity, changeBody(request.body, pathId(request)));
      },
      DELETE: async (request) => {
        const entity = entityOfRequest(request);
        const { version } = readQuery(request.query, { version: integer(1, 2 ** 31 - 1, undefined) });
        const [removed] = await remove(ctxOf(services, request), entity, [
          { id: pathId(request), ...(version === undefined ? {} : { version }) },
        ]);
        return removed;
      },
    },
    entityOfRequest,
  );

  address(
    app,
    '/:plural/:id/restore',
    {
      POST: async (request) => {
        const entity = entityOfRequest(request);
        const [restored] = await restore(ctxOf(services, request), entity, [pathId(request)]);
        return restored;
      },
    },
    entityOfRequest,
  );

  address(
    app,
    '/:plural/:id/link',
    {
      POST: async (request, reply) => {
        const entity = entityOfRequest(request);
        const { link: _link, to: _to, ...values } = objectBody(request.body);
        const { link, to } = readBody(pick(request.body, ['link', 'to']), {
          link: neededText(100),
          to: idText,
        });
        const [linked] = await linkRecords(ctxOf(services, request), entity, pathId(request), link, [
          { ...values, to },
        ]);
        return reply.code(201).send(linked);
      },
    },
    entityOfRequest,
  );

  address(
    app,
    '/:plural/:id/unlink',
    {
      POST: async (request) => {
        const entity = entityOfRequest(request);
        const { link, to } = readBody(request.body, { link: neededText(100), to: idText });
        const [unlinked] = await unlinkRecords(ctxOf(services, request), entity, pathId(request), link, [to]);
        return unlinked;
      },
    },
    entityOfRequest,
  );

  address(
    app,
    '/:plural/:id/history',
    {
      GET: async (request) => {
        const entity = entityOfRequest(request);
        const asked = readQuery(request.query, {
          limit: integer(1, 200, undefined),
          after: optional(neededText(4000)),
        });
        return history(ctxOf(services, request), entity, pathId(request), given(asked));
      },
    },
    entityOfRequest,
  );

  address(
    app,
    '/:plural/totals',
    {
      GET: async (request, reply) => {
        const entity = entityOfRequest(request);
        const asked = readQuery(request.query, {
          where: filter,
          by: optional(neededText(200)),
          sums: names,
          exact: flag,
        });
        return totals(ctxOf(services, request, reply), entity, given(asked));
      },
    },
    entityOfRequest,
  );

  exportRoute(app, services);

  address(
    app,
    '/:plural/judge',
    {
      POST: async (request) => {
        const { id, values } = readBody(request.body, { id: optional(idText), values: fieldValues });
        return judgeInput(ctxOf(services, request), entityOfRequest(request), { id: id ?? null, values });
      },
    },
    entityOfRequest,
  );

  address(
    app,
    '/:plural/describe',
    { GET: async (request) => describeEntity(ctxOf(services, request), entityOfRequest(request)) },
    entityOfRequest,
  );
}

const pick = (body: unknown, keys: readonly string[]): unknown =>
  Object.fromEntries(Object.entries(objectBody(body)).filter(([key]) => keys.includes(key)));
