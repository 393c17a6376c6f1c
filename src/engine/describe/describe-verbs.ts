import type { VerbDescription } from '../../model/description.ts';
import type { Entity } from '../../model/entity.ts';
import { mayEver } from '../access/access.ts';
import { writableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { fieldDescription } from './describe-field.ts';

/** What the reader may do to records of an entity besides changing them, in his language. */
export const verbDescriptions = (ctx: Ctx, entity: Entity): readonly VerbDescription[] =>
  (ctx.workspace.model.verbs.get(entity.name) ?? [])
    .filter((verb) => mayEver(ctx, entity, verb.needs))
    .map((verb) => ({
      name: verb.name,
      label: verb.label[ctx.locale],
      title: verb.title[ctx.locale],
      done: verb.done[ctx.locale],
      icon: verb.icon,
      fields: Object.values(verb.fields).map((field) => fieldDescription(ctx, entity, field)),
      sections: Object.entries(verb.sections).flatMap(([name, section]) => {
        const target = ctx.workspace.model.entities.get(section.entity);
        if (!target || !mayEver(ctx, target, 'read')) return [];
        const fields = writableFields(ctx, target);
        return [{ ...section, name, fields: section.fields.filter((field) => Object.hasOwn(fields, field)) }];
      }),
    }));
