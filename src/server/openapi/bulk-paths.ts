import { mayEver } from '../../engine/access/access.ts';
import type { Ctx } from '../../engine/ctx.ts';
import { message, tell } from '../../lib/message.ts';
import { bulkOutcomes } from '../../model/bulk.ts';
import type { Entity } from '../../model/entity.ts';
import { operation, pathIdParameter, query } from './operation.ts';
import { type Json, list, object, orNull, ref, schemaName } from './schema-parts.ts';
import { texts } from './texts.ts';

const words = {
  tag: message('api-bulk', 'Bulk runs', 'Traitements groupés', 'Operaciones en bloque'),
  start: message(
    'api-bulk-start',
    '{many}: do something to all that match, or to those named, as a job; poll while “isBusy”',
    '{many} : traiter toutes les fiches qui correspondent, ou celles nommées, en tâche de fond ; à suivre tant que « isBusy »',
    '{many}: hacer algo a todos los registros que coinciden, o a los nombrados, como tarea; consulte mientras «isBusy»',
  ),
  list: message(
    'api-bulk-list',
    'Your bulk runs, newest first',
    'Vos traitements groupés, les plus récents d’abord',
    'Sus operaciones en bloque, primero las más recientes',
  ),
  read: message(
    'api-bulk-read',
    'Where a bulk run stands',
    'Où en est un traitement groupé',
    'Cómo va una operación en bloque',
  ),
  cancel: message(
    'api-bulk-cancel',
    'Stop it: what is done stays and can be undone',
    'L’arrêter : ce qui est fait reste et peut être annulé',
    'Detenerla: lo hecho queda y se puede deshacer',
  ),
  undo: message(
    'api-bulk-undo',
    'Undo all of it; poll while “isBusy”',
    'Tout annuler ; à suivre tant que « isBusy »',
    'Deshacerlo todo; consulte mientras «isBusy»',
  ),
  records: message(
    'api-bulk-records',
    'What became of each record',
    'Ce qu’est devenue chaque fiche',
    'Qué fue de cada registro',
  ),
  refused: message(
    'api-bulk-refused',
    'The refused records as CSV with the reasons',
    'Les fiches refusées en CSV avec leurs motifs',
    'Los registros rechazados en CSV con sus motivos',
  ),
} as const;

const text: Json = { type: 'string' };
const id: Json = { type: 'string', format: 'uuid' };
const count: Json = { type: 'integer', minimum: 0 };
const flag: Json = { type: 'boolean' };
const label: Json = { type: ['string', 'null'] };
const states = ['running', 'done', 'cancelled', 'failed', 'undoing', 'undone'];

/** Schemas of bulk runs, shaped as `src/model/bulk.ts` says. */
export const bulkSchemas: Json = {
  BulkOrder: {
    ...object(
      {
        verb: { ...text, description: '`update`, `remove`, `restore` or a verb of the entity' },
        where: { ...text, maxLength: 10_000, description: 'Empty: every record' },
        sort: text,
        ids: { ...list(id), minItems: 1, maxItems: 10_000 },
        values: { type: 'object', description: 'Of `update`: the new values' },
        input: { type: 'object', description: 'Of a verb of the entity: what it asks for' },
        dryRun: flag,
      },
      ['verb'],
    ),
    additionalProperties: false,
  },
  BulkRun: object(
    {
      id,
      entity: text,
      verb: text,
      state: { enum: states },
      isBusy: flag,
      isTrial: flag,
      total: { type: ['integer', 'null'] },
      done: { ...count, description: 'changed + unchanged + refused + left' },
      changed: count,
      unchanged: count,
      refused: count,
      left: { ...count, description: 'No longer matched when their turn came' },
      createdAt: { type: 'string', format: 'date-time' },
      createdBy: orNull(ref('Reference')),
      finishedAt: { type: ['string', 'null'], format: 'date-time' },
      stopped: { type: ['string', 'null'] },
      undo: orNull(
        object({
          batch: id,
          done: count,
          of: count,
          refused: count,
          inTheWay: list(object({ entity: text, id, label, reasons: list(text) })),
        }),
      ),
      can: object({ cancel: flag, undo: flag }, ['cancel', 'undo']),
    },
    ['id', 'entity', 'verb', 'state', 'isBusy', 'total', 'done', 'changed', 'unchanged', 'refused', 'left'],
  ),
  BulkRunPage: object({ items: list(ref('BulkRun')), next: label, total: { type: 'null' } }, [
    'items',
    'next',
  ]),
  BulkRecordPage: object(
    {
      items: list(
        object({
          place: { type: 'integer', minimum: 1 },
          record: object({ entity: text, id, label }),
          outcome: { enum: bulkOutcomes },
          reasons: list(object({ field: text, code: text, message: text })),
        }),
      ),
      next: label,
      total: count,
    },
    ['items', 'next', 'total'],
  ),
};

/** The address at which a bulk run over an entity begins, for who may change several records at once. */
export function bulkPath(ctx: Ctx, entity: Entity): Json {
  if (!mayEver(ctx, entity, 'massChange')) return {};
  return {
    [`/${entity.plural}/bulk`]: {
      post: operation({
        id: `bulk${schemaName(entity.name)}`,
        tag: entity.label.many[ctx.locale],
        summary: tell(ctx.locale, words.start, { many: entity.label.many }),
        body: ref('BulkOrder'),
        answers: { 202: ref('BulkRun') },
      }),
    },
  };
}

/** The addresses of bulk runs. */
export function bulkPaths(ctx: Ctx): Json {
  const say = (key: keyof typeof words): string => tell(ctx.locale, words[key]);
  const tag = say('tag');
  const pages = [
    query('limit', { type: 'integer', minimum: 1, maximum: 200 }, tell(ctx.locale, texts.limit)),
    query('after', text, tell(ctx.locale, texts.after)),
  ];
  const path = `/bulk-runs/{id}`;
  const one = { parameters: [pathIdParameter] };
  return {
    '/bulk-runs': {
      get: operation({
        id: 'bulkRuns',
        tag,
        summary: say('list'),
        parameters: pages,
        answers: { 200: ref('BulkRunPage') },
      }),
    },
    [path]: {
      ...one,
      get: operation({ id: 'bulkRun', tag, summary: say('read'), answers: { 200: ref('BulkRun') } }),
    },
    [`${path}/cancel`]: {
      ...one,
      post: operation({
        id: 'cancelBulkRun',
        tag,
        summary: say('cancel'),
        answers: { 200: ref('BulkRun') },
        refusals: [409],
      }),
    },
    [`${path}/undo`]: {
      ...one,
      post: operation({
        id: 'undoBulkRun',
        tag,
        summary: say('undo'),
        answers: { 202: ref('BulkRun') },
        refusals: [409],
      }),
    },
    [`${path}/records`]: {
      ...one,
      get: operation({
        id: 'bulkRecords',
        tag,
        summary: say('records'),
        parameters: [query('outcome', { enum: bulkOutcomes }, say('records')), ...pages],
        answers: { 200: ref('BulkRecordPage') },
      }),
    },
    [`${path}/refused.csv`]: {
      ...one,
      get: operation({ id: 'bulkRefused', tag, summary: say('refused'), answers: { 200: null } }),
    },
  };
}
