import { mayEver } from '../../engine/access/access.ts';
import { writableFields } from '../../engine/access/field-rights.ts';
import type { Ctx } from '../../engine/ctx.ts';
import { isMergeable } from '../../engine/merge/mergeable.ts';
import { message, tell } from '../../lib/message.ts';
import type { Entity } from '../../model/entity.ts';
import { mostMerged } from '../../model/merge.ts';
import { operation, pathIdParameter } from './operation.ts';
import { type Json, list, object, orNull, propertiesOf, ref, schemaName } from './schema-parts.ts';

const summary = message(
  'api-merge',
  '{many}: make one of several; those that go answer with the one that stays, and the batch is undone as a whole',
  '{many} : n’en faire qu’une de plusieurs ; celles qui disparaissent répondent par celle qui reste, et le lot s’annule en entier',
  '{many}: hacer una de varias; las que desaparecen responden con la que queda, y el lote se deshace entero',
);

const text: Json = { type: 'string' };
const id: Json = { type: 'string', format: 'uuid' };
const count: Json = { type: 'integer', minimum: 0 };

/** The address at which records of an entity become one, for who may change and remove any. */
export function mergePath(ctx: Ctx, entity: Entity): Json {
  const may = mayEver(ctx, entity, 'update') && mayEver(ctx, entity, 'remove');
  if (!may || !isMergeable(ctx.workspace.model, entity)) return {};
  const values = propertiesOf(Object.values(writableFields(ctx, entity)), ctx.locale, 'in');
  const body = object(
    {
      with: { ...list(id), minItems: 1, maxItems: mostMerged - 1 },
      take: { type: 'object', additionalProperties: id },
      values: object(values),
      versions: { type: 'object', additionalProperties: { type: 'integer', minimum: 1 } },
      preview: { type: 'boolean' },
    },
    ['with'],
  );
  return {
    [`/${entity.plural}/{id}/merge`]: {
      parameters: [pathIdParameter],
      post: operation({
        id: `merge${schemaName(entity.name)}`,
        tag: entity.label.many[ctx.locale],
        summary: tell(ctx.locale, summary, { many: entity.label.many }),
        body: { ...body, additionalProperties: false },
        answers: { 200: ref('MergeResult') },
        refusals: [409],
      }),
    },
  };
}

/** The schema of what a merge answers. */
export const mergeSchemas: Json = {
  MergeResult: object(
    {
      batch: {
        ...orNull(id),
        description: 'POST /batches/{batch}/undo takes all of it back. Null of a preview.',
      },
      record: orNull({ type: 'object' }),
      merged: list(id),
      fields: list(object({ field: text, from: list(id) }, ['field', 'from'])),
      left: list(object({ field: text, reason: text }, ['field', 'reason'])),
      moved: list(object({ entity: text, field: text, count }, ['entity', 'field', 'count'])),
      united: count,
    },
    ['batch', 'record', 'merged', 'fields', 'left', 'moved', 'united'],
  ),
};
