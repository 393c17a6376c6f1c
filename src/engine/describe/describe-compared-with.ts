import type { ComparedWith } from '../../model/description.ts';
import type { Entity } from '../../model/entity.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { facingsFor, fieldsNaming } from '../duplicates/facing.ts';

/** The other entities that records of this one are compared with, as far as the reader sees both. */
export const describeComparedWith = (ctx: Ctx, entity: Entity): readonly ComparedWith[] =>
  facingsFor(ctx, entity)
    .filter(({ own, other }) => own !== other)
    .map(({ other, declares }) => {
      const [declaring, declared] = declares ? [entity, other] : [other, entity];
      const { across = [] } = ctx.workspace.matchingOf(declaring) ?? {};
      const pairs = Object.entries(across.find((each) => each.entity === declared.name)?.fields ?? {});
      const [mine, theirs] = [readableFields(ctx, entity), readableFields(ctx, other)];
      return {
        entity: other.name,
        declares,
        fields: pairs
          .map(([one, another]) => (declares ? ([one, another] as const) : ([another, one] as const)))
          .filter(([own, others]) => Object.hasOwn(mine, own) && Object.hasOwn(theirs, others)),
        named: fieldsNaming(entity, other)
          .map(({ name }) => name)
          .filter((name) => Object.hasOwn(mine, name)),
      };
    });
