import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import type { DeclaredVerb, VerbEnv, VerbProposal } from '../../model/verb.ts';
import { readableFields, writableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { ruleEnv } from '../record/rules.ts';
import { carriedOver } from './carry-over.ts';

/** What a verb may know of the workspace and of a record of `entity` that is as `values` say. */
export const verbEnv = (ctx: Ctx, entity: Entity, values: Values): VerbEnv => ({
  ...ruleEnv(ctx),
  values: (list) => ctx.workspace.baseValues.all(list),
  carried: (to) => carriedOver(ctx, entity, entityOf(ctx.workspace.model, to), values),
});

const nothing: VerbProposal = { wanted: false, values: {}, existing: null };

/** What a section of the verb starts with: made of what the asker sees of the record, and only what he may write. */
export function proposalOf(
  ctx: Ctx,
  entity: Entity,
  verb: DeclaredVerb,
  values: Values,
): (section: string) => VerbProposal {
  const seen = readableFields(ctx, entity);
  const told = Object.fromEntries(Object.entries(values).filter(([field]) => Object.hasOwn(seen, field)));
  const proposed = verb.propose(told, verbEnv(ctx, entity, values));
  return (name) => {
    const section = verb.sections[name];
    const { wanted, values: offered, existing } = proposed[name] ?? nothing;
    const open = section ? writableFields(ctx, entityOf(ctx.workspace.model, section.entity)) : {};
    const filled = Object.entries(offered).filter(
      ([field, value]) => value !== null && value !== undefined && Object.hasOwn(open, field),
    );
    return { wanted, existing, values: Object.fromEntries(filled) };
  };
}
