import { readableFields } from '../../engine/access/field-rights.ts';
import type { Ctx } from '../../engine/ctx.ts';
import { facingsFor } from '../../engine/duplicates/facing.ts';
import { message, tell } from '../../lib/message.ts';
import { pairStates } from '../../model/duplicate.ts';
import type { Entity } from '../../model/entity.ts';
import { operation, query } from './operation.ts';
import { type Json, list, object, orNull, propertiesOf, ref, schemaName } from './schema-parts.ts';
import { texts } from './texts.ts';

const words = {
  pairs: message(
    'api-duplicate-pairs',
    '{many}: pairs that may be the same, likeliest first, with how far the search among all records is',
    '{many} : paires de fiches qui sont peut-être la même, les plus probables d’abord, et où en est la recherche parmi toutes les fiches',
    '{many}: pares de registros que quizá sean el mismo, primero los más probables, y cómo va la búsqueda entre todos los registros',
  ),
  decide: message(
    'api-duplicate-decide',
    '{many}: say that a pair is none, or open it again',
    '{many} : dire qu’une paire n’est pas un doublon, ou la rouvrir',
    '{many}: decir que un par no está duplicado, o reabrirlo',
  ),
  with: message(
    'api-duplicate-with',
    'The entity of the other record of each pair; unless told, the same',
    'L’entité de l’autre fiche de chaque paire ; à défaut, la même',
    'La entidad del otro registro de cada par; si no se indica, la misma',
  ),
  from: message(
    'api-duplicate-from',
    'The record that it is made of, a lead that is converted: it isn’t told, nor what somebody said isn’t the same',
    'La fiche dont elle est issue, une piste que l’on convertit : elle n’est pas signalée, ni celles dont quelqu’un a dit qu’elles ne sont pas la même',
    'El registro del que procede, un prospecto que se convierte: no se señala, ni aquellos de los que alguien dijo que no son el mismo',
  ),
  scan: message(
    'api-duplicate-scan',
    '{many}: search all records for duplicates, as a job; afterwards what is written is looked at every few minutes',
    '{many} : chercher les doublons parmi toutes les fiches, en tâche de fond ; ensuite, ce qui est écrit est examiné toutes les quelques minutes',
    '{many}: buscar duplicados entre todos los registros, como tarea; después, lo que se escribe se examina cada pocos minutos',
  ),
  cancel: message(
    'api-duplicate-cancel',
    '{many}: stop the search; the pairs found stay',
    '{many} : arrêter la recherche ; les paires trouvées restent',
    '{many}: detener la búsqueda; los pares encontrados quedan',
  ),
} as const;

const text: Json = { type: 'string' };
const id: Json = { type: 'string', format: 'uuid' };
const moment: Json = { type: 'string', format: 'date-time' };
const score: Json = { type: 'integer', minimum: 0, maximum: 100 };
const state: Json = { enum: pairStates };
const label: Json = { type: ['string', 'null'] };
const reasons: Json = list(
  object({ criterion: text, fields: list(text), points: { type: 'integer' }, message: text }, [
    'criterion',
    'fields',
    'points',
    'message',
  ]),
);

/** Schemas of duplicates, shaped as `src/model/duplicate.ts` says. */
export const duplicateSchemas: Json = {
  Duplicates: object(
    {
      items: list(
        object({ entity: text, id, label, detail: label, score, reasons }, [
          'entity',
          'id',
          'label',
          'detail',
          'score',
          'reasons',
        ]),
      ),
      unread: {
        ...list(object({ field: text, message: text }, ['field', 'message'])),
        description: 'Values that couldn’t be compared.',
      },
    },
    ['items', 'unread'],
  ),
  DuplicateScan: object(
    {
      state: { enum: ['waiting', 'scanning', 'done', 'cancelled', 'failed'] },
      done: { type: 'integer', minimum: 0 },
      total: { type: ['integer', 'null'], minimum: 0 },
      startedAt: moment,
      finishedAt: orNull(moment),
      stopped: { ...label, description: 'Why it failed.' },
      isOutdated: { type: 'boolean', description: 'Duplicate rules were changed since: search again.' },
    },
    ['state', 'done', 'total', 'startedAt', 'finishedAt', 'stopped', 'isOutdated'],
  ),
};

/** The addresses of an entity's duplicates, where they are looked for. */
export function duplicatePaths(ctx: Ctx, entity: Entity): Json {
  if (!entity.duplicates) return {};
  const name = schemaName(entity.name);
  const tag = entity.label.many[ctx.locale];
  const say = (said: (typeof words)[keyof typeof words]): string =>
    tell(ctx.locale, said, { many: entity.label.many });
  const others = facingsFor(ctx, entity).flatMap(({ other }) => (other === entity ? [] : [other]));
  const record =
    others.length === 0
      ? ref(name)
      : { anyOf: [entity, ...others].map((each) => ref(schemaName(each.name))) };
  const besides: Json = { enum: [entity, ...others].map((each) => each.name), default: entity.name };
  const pair = object(
    {
      entities: { ...list(text), minItems: 2, maxItems: 2 },
      records: { ...list(record), minItems: 2, maxItems: 2 },
      score,
      reasons,
      state,
      decidedBy: orNull(ref('Reference')),
      decidedAt: orNull(moment),
    },
    ['entities', 'records', 'score', 'reasons', 'state', 'decidedBy', 'decidedAt'],
  );
  return {
    [`/${entity.plural}/duplicates`]: {
      get: operation({
        id: `duplicatePairs${name}`,
        tag,
        summary: say(words.pairs),
        parameters: [
          query(
            'state',
            { ...state, default: 'open' },
            tell(ctx.locale, words.decide, { many: entity.label.many }),
          ),
          query(
            'limit',
            { type: 'integer', minimum: 1, maximum: 100, default: 20 },
            tell(ctx.locale, texts.limit),
          ),
          query('after', text, tell(ctx.locale, texts.after)),
          ...(others.length > 0 ? [query('with', besides, say(words.with))] : []),
        ],
        answers: {
          200: object(
            {
              items: list(pair),
              next: { type: ['string', 'null'] },
              scan: orNull(ref('DuplicateScan')),
              canScan: { type: 'boolean' },
            },
            ['items', 'next', 'scan', 'canScan'],
          ),
        },
      }),
      post: operation({
        id: `duplicates${name}`,
        tag,
        summary: tell(ctx.locale, texts.duplicates, { one: entity.label.one }),
        parameters: [query('from', id, say(words.from))],
        body: {
          ...object({ ...propertiesOf(Object.values(readableFields(ctx, entity)), ctx.locale, 'in'), id }),
          additionalProperties: false,
        },
        answers: { 200: ref('Duplicates') },
      }),
    },
    [`/${entity.plural}/duplicates/decision`]: {
      post: operation({
        id: `decideDuplicate${name}`,
        tag,
        summary: say(words.decide),
        body: object({ one: id, other: id, state, ...(others.length > 0 ? { with: besides } : {}) }, [
          'one',
          'other',
          'state',
        ]),
        answers: { 204: null },
      }),
    },
    [`/${entity.plural}/duplicates/scan`]: {
      post: operation({
        id: `scanDuplicates${name}`,
        tag,
        summary: say(words.scan),
        answers: { 202: ref('DuplicateScan') },
        refusals: [503],
      }),
      delete: operation({
        id: `cancelScan${name}`,
        tag,
        summary: say(words.cancel),
        answers: { 200: ref('DuplicateScan') },
        refusals: [409],
      }),
    },
  };
}
