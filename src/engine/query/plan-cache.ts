import type { BaseValue } from '../../model/base-list.ts';
import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Ctx, Rights, Workspace } from '../ctx.ts';

/** The plans of a workspace, and the model and list values they were made with. */
interface Kept {
  plans: Map<string, unknown>;
  values: readonly (readonly BaseValue[])[];
  model: Model;
}

/** By the rights, which each workspace has of its own: what is no longer served leaves nothing behind. */
const kept = new WeakMap<Rights, Map<string, Kept>>();
const most = 1000;
/** Letters of a plan's name: what is longer comes from programs, seldom twice, and would fill the memory. */
const longest = 4000;
const quarterOfAnHour = 900_000;

/**
 * Keeps the plan of a statement for the next time the same is asked by somebody with the same rights. A plan
 * holds values of its asker (user, teams, day), so all of these are part of its name; one that depends on the
 * moment itself (`now`) isn't kept, and a change of list values or rights makes all of them anew.
 */
export function keepPlan<P>(
  ctx: Ctx,
  entity: Entity,
  asked: readonly unknown[],
  where: string | undefined,
  make: () => P,
): P {
  const { who, workspace } = ctx;
  const filters = workspace.rights.filtersOf(who.roles);
  if ([where ?? '', ...filters].some((text) => /\bnow\b/i.test(text))) return make();
  const plans = plansOf(workspace);
  // Days of any zone begin on a quarter of an hour.
  const clock =
    where === undefined && filters.length === 0
      ? ''
      : `${ctx.timeZone} ${Math.floor(ctx.now.getTime() / quarterOfAnHour)}`;
  const name = JSON.stringify([entity.name, who.userId, who.roles, who.teams, clock, asked]);
  if (name.length > longest) return make();
  const known = plans.get(name);
  if (known !== undefined) {
    plans.delete(name);
    plans.set(name, known);
    return known as P;
  }
  const made = make();
  plans.set(name, made);
  if (plans.size > most) plans.delete(plans.keys().next().value as string);
  return made;
}

function plansOf({ model, rights, schema, baseValues }: Workspace): Map<string, unknown> {
  const bySchema = kept.get(rights) ?? new Map<string, Kept>();
  kept.set(rights, bySchema);
  const values = [...model.lists.keys()].map((list) => baseValues.all(list));
  const known = bySchema.get(schema);
  if (known?.model === model && known.values.every((list, index) => isSame(list, values[index] ?? [])))
    return known.plans;
  const plans = new Map<string, unknown>();
  bySchema.set(schema, { plans, values, model });
  return plans;
}

/** Lists are replaced as a whole when a value changes. */
const isSame = (one: readonly BaseValue[], other: readonly BaseValue[]): boolean =>
  one === other || (one.length === 0 && other.length === 0);
