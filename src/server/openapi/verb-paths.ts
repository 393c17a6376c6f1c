import { mayEver } from '../../engine/access/access.ts';
import { writableFields } from '../../engine/access/field-rights.ts';
import type { Ctx } from '../../engine/ctx.ts';
import { tell } from '../../lib/message.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { DeclaredVerb } from '../../model/verb.ts';
import { onDuplicate } from './on-duplicate.ts';
import { operation, pathIdParameter } from './operation.ts';
import { type Json, list, object, orNull, propertiesOf, ref, schemaName } from './schema-parts.ts';
import { texts } from './texts.ts';

const text: Json = { type: 'string' };
const id: Json = { type: 'string', format: 'uuid' };
const flag: Json = { type: 'boolean' };

/** The addresses of an entity's verbs, those the reader may use. */
export function verbPaths(ctx: Ctx, entity: Entity): Json {
  const verbs = (ctx.workspace.model.verbs.get(entity.name) ?? []).filter((verb) =>
    mayEver(ctx, entity, verb.needs),
  );
  const doing = verbs.map((verb) => [`/${entity.plural}/{id}/${verb.name}`, pathOf(ctx, entity, verb)]);
  return Object.fromEntries(doing) as Json;
}

function pathOf(ctx: Ctx, entity: Entity, verb: DeclaredVerb): Json {
  const name = `${schemaName(verb.name)}${schemaName(entity.name)}`;
  const tag = entity.label.many[ctx.locale];
  const say = (key: keyof typeof texts): string =>
    tell(ctx.locale, texts[key], { one: entity.label.one, verb: verb.label });
  return {
    parameters: [pathIdParameter],
    get: operation({
      id: `offer${name}`,
      tag,
      summary: say('verbOffer'),
      answers: { 200: ref('VerbOffer') },
    }),
    post: operation({
      id: `do${name}`,
      tag,
      summary: say('verbDo'),
      ...(makesRecognised(ctx, verb) && { parameters: [onDuplicate(ctx)], refusals: [409] }),
      body: bodyOf(ctx, verb, say('verbSection')),
      answers: { 200: ref('VerbResult') },
    }),
  };
}

/** Whether a verb makes records whose duplicates are looked for. */
const makesRecognised = (ctx: Ctx, { sections }: DeclaredVerb): boolean =>
  Object.values(sections).some(({ entity }) => entityOf(ctx.workspace.model, entity).duplicates !== null);

function bodyOf(ctx: Ctx, verb: DeclaredVerb, aboutSections: string): Json {
  const fields = Object.values(verb.fields);
  const sections = Object.entries(verb.sections).map(([name, section]): readonly [string, Json] => {
    const target = entityOf(ctx.workspace.model, section.entity);
    const made = draftSchema(ctx, target);
    const fill: Json = { ...flag, default: false, description: tell(ctx.locale, texts.verbFill) };
    const taken = { ...object({ id, fill }, ['id']), additionalProperties: false };
    const schema = orNull(section.takesExisting ? { anyOf: [made, taken] } : made);
    return [name, { ...schema, title: target.label.one[ctx.locale], description: aboutSections }];
  });
  return {
    ...object(
      { ...propertiesOf(fields, ctx.locale, 'in'), ...Object.fromEntries(sections) },
      fields.filter((field) => field.required && field.default === null).map((field) => field.name),
    ),
    additionalProperties: false,
  };
}

/** A record that isn't whole yet: any of the fields that the reader may write. */
const draftSchema = (ctx: Ctx, entity: Entity): Json => ({
  ...object(propertiesOf(Object.values(writableFields(ctx, entity)), ctx.locale, 'in')),
  additionalProperties: false,
});

/** Schemas of what verbs offer and answer. */
export const verbSchemas: Json = {
  VerbOffer: object(
    {
      available: flag,
      reason: { type: ['string', 'null'] },
      sections: {
        type: 'object',
        additionalProperties: object(
          { wanted: flag, values: { type: 'object' }, existing: orNull(ref('Reference')) },
          ['wanted', 'values', 'existing'],
        ),
      },
    },
    ['available', 'reason', 'sections'],
  ),
  VerbResult: object(
    {
      verb: text,
      batch: { ...id, description: 'POST /batches/{batch}/undo takes all of it back.' },
      done: text,
      made: list(
        object({ section: text, entity: text, id, label: { type: ['string', 'null'] }, isNew: flag }, [
          'section',
          'entity',
          'id',
          'label',
          'isNew',
        ]),
      ),
      record: orNull({ type: 'object' }),
    },
    ['verb', 'batch', 'done', 'made', 'record'],
  ),
};
