import { mayEver } from '../../engine/access/access.ts';
import { readableFields } from '../../engine/access/field-rights.ts';
import type { Ctx } from '../../engine/ctx.ts';
import { validationRule } from '../../engine/system/validation-rule.ts';
import { tell } from '../../lib/message.ts';
import { administrator } from '../../model/access.ts';
import { bulkPath, bulkPaths, bulkSchemas } from './bulk-paths.ts';
import { declaringPaths } from './declaring-paths.ts';
import { duplicatePaths, duplicateSchemas } from './duplicate-paths.ts';
import { entityPaths } from './entity-paths.ts';
import { withIdempotencyKey } from './idempotency-key.ts';
import { importPaths, importSchemas } from './import-paths.ts';
import { mergePath, mergeSchemas } from './merge-path.ts';
import { operation, pathIdParameter, query } from './operation.ts';
import { entitySchemas, type Json, list, object, ref } from './schema-parts.ts';
import { sharedSchemas } from './shared-schemas.ts';
import { texts } from './texts.ts';
import { verbPaths, verbSchemas } from './verb-paths.ts';

/** The OpenAPI 3.1 document of a workspace: the entities and fields that the reader may see, in his language. */
export function openApiDocument(ctx: Ctx, o: { readonly version: string; readonly base: string }): Json {
  const entities = [...ctx.workspace.model.entities.values()].filter((entity) =>
    mayEver(ctx, entity, 'read'),
  );
  const merge = (parts: readonly Json[]): Json => Object.assign({}, ...parts) as Json;
  return {
    openapi: '3.1.0',
    info: {
      title: 'Rapport',
      version: o.version,
      description: tell(ctx.locale, texts.about),
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: o.base }],
    security: [{ key: [] }, { session: [] }],
    tags: entities.map((entity) => ({ name: entity.label.many[ctx.locale] })),
    paths: withIdempotencyKey(ctx, {
      ...merge(entities.map((entity) => entityPaths(ctx, entity))),
      ...merge(entities.map((entity) => verbPaths(ctx, entity))),
      ...merge(entities.map((entity) => duplicatePaths(ctx, entity))),
      ...declaringPaths(ctx),
      ...workspacePaths(ctx),
      ...merge(entities.map((entity) => mergePath(ctx, entity))),
      ...merge(entities.map((entity) => bulkPath(ctx, entity))),
      ...bulkPaths(ctx),
      ...importPaths(ctx),
    }),
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', bearerFormat: `rpt_${ctx.workspace.name}_…` },
        session: { type: 'apiKey', in: 'cookie', name: `rapport_${ctx.workspace.name}` },
      },
      schemas: {
        ...sharedSchemas,
        ...importSchemas,
        ...bulkSchemas,
        ...mergeSchemas,
        ...verbSchemas,
        ...duplicateSchemas,
        ...merge(entities.map((entity) => entitySchemas(entity, readableFields(ctx, entity), ctx.locale))),
      },
    },
  };
}

function workspacePaths(ctx: Ctx): Json {
  const say = (key: keyof typeof texts): string => tell(ctx.locale, texts[key]);
  const tag = say('you');
  return {
    '/describe': {
      get: operation({
        id: 'describe',
        tag,
        summary: say('everything'),
        answers: { 200: { type: 'object' } },
      }),
    },
    '/openapi.json': {
      get: operation({ id: 'openapi', tag, summary: say('document'), answers: { 200: { type: 'object' } } }),
    },
    '/events': {
      get: {
        ...operation({
          id: 'events',
          tag,
          summary: say('live'),
          parameters: [query('after', { type: 'string' }, say('live'))],
          answers: { 200: null },
        }),
      },
    },
    ...(ctx.who.roles.includes(administrator) && {
      '/roles/{id}/matrix': {
        parameters: [pathIdParameter],
        get: operation({
          id: 'roleMatrix',
          tag,
          summary: say('roleMatrix'),
          answers: { 200: { type: 'object' } },
        }),
      },
      '/subscribers': {
        get: operation({
          id: 'subscribers',
          tag,
          summary: say('subscribers'),
          answers: { 200: { type: 'object' } },
        }),
      },
      '/subscribers/{name}/retry': {
        parameters: [{ ...pathIdParameter, name: 'name', schema: { type: 'string' } }],
        post: operation({
          id: 'retrySubscriber',
          tag,
          summary: say('retrySubscriber'),
          body: { type: 'object', properties: { event: { type: 'string', format: 'uuid' } } },
          answers: { 200: { type: 'object', properties: { retried: { type: 'integer' } } } },
        }),
      },
    }),
    '/batches/{batch}': {
      parameters: [{ ...pathIdParameter, name: 'batch' }],
      get: operation({ id: 'batch', tag, summary: say('batch'), answers: { 200: ref('BatchUndo') } }),
    },
    '/batches/{batch}/undo': {
      parameters: [{ ...pathIdParameter, name: 'batch' }],
      post: operation({
        id: 'undoBatch',
        tag,
        summary: say('undoBatch'),
        body: { type: 'object', properties: { part: { type: 'boolean' } } },
        answers: { 200: ref('BatchUndo'), 202: ref('BulkRun') },
        refusals: [409],
      }),
    },
    '/next-numbers': {
      get: operation({
        id: 'nextNumbers',
        tag,
        summary: say('nextNumbers'),
        answers: { 200: object({ items: list(ref('NextNumber')) }, ['items']) },
      }),
    },
    ...(mayEver(ctx, validationRule, 'create') && {
      '/validation-rules/check': {
        post: operation({
          id: 'checkValidationRule',
          tag: validationRule.label.many[ctx.locale],
          summary: say('checkRule'),
          body: object({ entity: { type: 'string' }, wrongWhen: { type: 'string' } }, [
            'entity',
            'wrongWhen',
          ]),
          answers: { 200: ref('WrongRecords') },
        }),
      },
    }),
    '/search': {
      get: operation({
        id: 'search',
        tag,
        summary: say('search'),
        parameters: [
          query('q', { type: 'string', maxLength: 200 }, say('searchText')),
          query('entities', { type: 'string' }, say('searchEntities')),
          query('limit', { type: 'integer', minimum: 1, maximum: 200 }, say('searchLimit')),
        ],
        answers: { 200: ref('SearchResult') },
      }),
    },
    '/search/rebuild': {
      get: operation({
        id: 'searchBuilds',
        tag,
        summary: say('searchBuilds'),
        answers: { 200: ref('SearchBuilds') },
      }),
      post: operation({
        id: 'rebuildSearch',
        tag,
        summary: say('rebuildSearch'),
        answers: { 202: ref('SearchBuilds') },
      }),
    },
    '/me': {
      get: operation({ id: 'me', tag, summary: say('me'), answers: { 200: ref('Me') } }),
      patch: operation({
        id: 'updateMe',
        tag,
        summary: say('updateMe'),
        body: ref('MePatch'),
        answers: { 200: ref('Me') },
      }),
    },
    '/keys': {
      get: operation({ id: 'keys', tag, summary: say('keys'), answers: { 200: ref('ApiKeyPage') } }),
    },
    '/keys/{id}': {
      parameters: [pathIdParameter],
      delete: operation({ id: 'revokeKey', tag, summary: say('revokeKey'), answers: { 204: null } }),
    },
  };
}
