import { mayEver } from '../../engine/access/access.ts';
import { hasSpecial } from '../../engine/access/special.ts';
import type { Ctx } from '../../engine/ctx.ts';
import { personalFields } from '../../engine/erase/personal.ts';
import { defaultSort } from '../../engine/query/order.ts';
import { tell } from '../../lib/message.ts';
import type { Entity } from '../../model/entity.ts';
import { exportPath } from './export-path.ts';
import { onDuplicate } from './on-duplicate.ts';
import { operation, pathEventParameter, pathIdParameter, query } from './operation.ts';
import { type Json, list, object, orNull, ref, schemaName } from './schema-parts.ts';
import { page } from './shared-schemas.ts';
import { texts } from './texts.ts';

const id: Json = { type: 'string', format: 'uuid' };
const version: Json = { type: 'integer', minimum: 1 };
const text: Json = { type: 'string' };
const many = (items: Json): Json => ({ ...list(items), minItems: 1, maxItems: 1000 });

/** The addresses of one entity, those the reader may use. */
export function entityPaths(ctx: Ctx, entity: Entity): Json {
  const name = schemaName(entity.name);
  const tag = entity.label.many[ctx.locale];
  const record = ref(name);
  const items = object({ items: list(record) }, ['items']);
  const say = (key: keyof typeof texts): string =>
    tell(ctx.locale, texts[key], { one: entity.label.one, many: entity.label.many });
  const [creates, updates, removes] = (['create', 'update', 'remove'] as const).map((action) =>
    mayEver(ctx, entity, action),
  );
  const base = `/${entity.plural}`;
  const where = query('where', text, say('where'));
  const links = Object.keys(entity.links);
  return {
    [base]: {
      get: operation({
        id: `list${name}`,
        tag,
        summary: say('list'),
        parameters: [
          where,
          query('sort', { ...text, examples: [defaultSort(ctx, entity)] }, say('sort')),
          query('fields', text, say('fields')),
          query('limit', { type: 'integer', minimum: 1, maximum: 200, default: 50 }, say('limit')),
          query('after', text, say('after')),
          query('count', { enum: ['bounded', 'exact', 'none'] }, say('count')),
          query('removed', { enum: ['0', '1'] }, say('removed')),
        ],
        answers: { 200: page(record) },
      }),
      ...(creates && {
        post: operation({
          id: `create${name}`,
          tag,
          summary: say('create'),
          ...(entity.duplicates && { parameters: [onDuplicate(ctx)], refusals: [409] }),
          body: { oneOf: [ref(`${name}Input`), many(ref(`${name}Input`))] },
          answers: { 201: { oneOf: [record, items] } },
        }),
      }),
      ...(updates && {
        patch: operation({
          id: `updateMany${name}`,
          tag,
          summary: say('updateMany'),
          body: many({ type: 'object', properties: { id, version }, required: ['id'] }),
          answers: { 200: items },
          refusals: [409],
        }),
      }),
      ...(removes && {
        delete: operation({
          id: `removeMany${name}`,
          tag,
          summary: say('removeMany'),
          body: many(object({ id, version }, ['id'])),
          answers: { 200: items },
          refusals: [409],
        }),
      }),
    },
    [`${base}/{id}`]: {
      parameters: [pathIdParameter],
      get: operation({
        id: `read${name}`,
        tag,
        summary: say('read'),
        parameters: [
          query('fields', text, say('fields')),
          query('removed', { enum: ['0', '1'] }, say('removedToo')),
          query('at', { ...text, examples: ['2026-03-03T14:02:00Z', '2026-03-03'] }, say('at')),
        ],
        answers: { 200: record },
      }),
      ...(updates && {
        patch: operation({
          id: `update${name}`,
          tag,
          summary: say('update'),
          body: ref(`${name}Patch`),
          answers: { 200: record },
          refusals: [409],
        }),
      }),
      ...(removes && {
        delete: operation({
          id: `remove${name}`,
          tag,
          summary: say('remove'),
          parameters: [query('version', version, say('version'))],
          answers: { 200: record },
          refusals: [409],
        }),
      }),
    },
    ...(removes && {
      [`${base}/restore`]: {
        post: operation({
          id: `restoreMany${name}`,
          tag,
          summary: say('restoreMany'),
          body: many(object({ id }, ['id'])),
          answers: { 200: items },
          refusals: [422],
        }),
      },
      [`${base}/{id}/restore`]: {
        parameters: [pathIdParameter],
        post: operation({
          id: `restore${name}`,
          tag,
          summary: say('restore'),
          answers: { 200: record },
          refusals: [422],
        }),
      },
    }),
    ...(links.length > 0 && {
      [`${base}/{id}/link`]: {
        parameters: [pathIdParameter],
        post: operation({
          id: `link${name}`,
          tag,
          summary: say('link'),
          body: object({ link: { enum: links }, to: id }, ['link', 'to']),
          answers: { 201: { type: 'object' } },
        }),
      },
      [`${base}/{id}/unlink`]: {
        parameters: [pathIdParameter],
        post: operation({
          id: `unlink${name}`,
          tag,
          summary: say('unlink'),
          body: object({ link: { enum: links }, to: id }, ['link', 'to']),
          answers: { 200: { type: 'object' } },
        }),
      },
    }),
    [`${base}/{id}/access`]: {
      parameters: [pathIdParameter],
      get: operation({
        id: `explain${name}`,
        tag,
        summary: say('access'),
        parameters: [query('user', id, say('accessUser'))],
        answers: { 200: ref('AccessAnswer') },
        refusals: [422],
      }),
    },
    [`${base}/{id}/access/{field}`]: {
      parameters: [pathIdParameter, { ...pathIdParameter, name: 'field', schema: text }],
      get: operation({
        id: `explainFieldOf${name}`,
        tag,
        summary: say('accessField'),
        parameters: [query('user', id, say('accessUser'))],
        answers: { 200: ref('FieldAccessAnswer') },
        refusals: [422],
      }),
    },
    [`${base}/{id}/history`]: {
      parameters: [pathIdParameter],
      get: operation({
        id: `history${name}`,
        tag,
        summary: say('history'),
        parameters: [
          query('limit', { type: 'integer', minimum: 1, maximum: 200 }, say('limit')),
          query('after', text, say('after')),
        ],
        answers: { 200: ref('HistoryPage') },
      }),
    },
    [`${base}/{id}/history/{event}/undo`]: {
      parameters: [pathIdParameter, pathEventParameter],
      post: operation({
        id: `undo${name}Change`,
        tag,
        summary: say('undoChange'),
        body: object({ fields: list(text), part: { type: 'boolean' } }),
        answers: {
          200: object(
            { batch: id, record: orNull(record), undone: list(text), stillNamed: list(ref('NamedBy')) },
            ['batch', 'record', 'undone', 'stillNamed'],
          ),
        },
        refusals: [409],
      }),
    },
    [`${base}/expression/check`]: {
      post: operation({
        id: `checkExpression${name}`,
        tag,
        summary: say('checkExpression'),
        body: object({ text, notation: { enum: ['own', 'ln'] } }, ['text']),
        answers: { 200: ref('ExaminedExpression') },
      }),
    },
    [`${base}/expression/complete`]: {
      post: operation({
        id: `completeExpression${name}`,
        tag,
        summary: say('completeExpression'),
        body: object({ text, at: { type: 'integer', minimum: 0 } }, ['text']),
        answers: { 200: ref('Completion') },
      }),
    },
    ...(personalFields(entity).length > 0 &&
      hasSpecial(ctx, 'erase') && {
        [`${base}/{id}/erase`]: {
          parameters: [pathIdParameter],
          post: operation({
            id: `erase${name}`,
            tag,
            summary: say('erase'),
            body: object({ confirm: { const: true } }, ['confirm']),
            answers: { 200: ref('Erased') },
            refusals: [409],
          }),
        },
      }),
    [`${base}/totals`]: {
      get: operation({
        id: `totals${name}`,
        tag,
        summary: say('totals'),
        parameters: [
          where,
          query('by', text, say('by')),
          query('sums', text, say('sums')),
          query('exact', { enum: ['0', '1'] }, say('exact')),
        ],
        answers: { 200: ref('Totals') },
      }),
    },
    [`${base}/judge`]: {
      post: operation({
        id: `judge${name}`,
        tag,
        summary: say('judge'),
        body: object({ id, values: { type: 'object' } }, ['values']),
        answers: { 200: ref('Judgement') },
      }),
    },
    ...(mayEver(ctx, entity, 'export') && {
      [`${base}/export`]: exportPath(ctx.locale, entity, [
        where,
        query('sort', text, say('sort')),
        query('removed', { enum: ['0', '1'] }, say('removed')),
      ]),
    }),
    [`${base}/describe`]: {
      get: operation({
        id: `describe${name}`,
        tag,
        summary: say('describe'),
        answers: { 200: { type: 'object' } },
      }),
    },
  };
}
