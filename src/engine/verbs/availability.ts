import { compileExpression } from '../../expression/compile.ts';
import { evaluate } from '../../expression/evaluate.ts';
import { clockAt } from '../../expression/moments.ts';
import type { Scope } from '../../expression/scope.ts';
import type { Compiled } from '../../expression/tree.ts';
import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import type { DeclaredVerb } from '../../model/verb.ts';
import type { Ctx } from '../ctx.ts';

const known = new WeakMap<Entity, Map<string, Compiled>>();

/** The condition of a verb, read and checked; throws `bad-expression`. `codes` are those its lists know. */
export const compileAvailability = (
  model: Model,
  entity: Entity,
  where: string,
  codes?: Scope['codes'],
): Compiled => compileExpression(where, { entity, model, ...(codes ? { codes } : {}) }, 'available');

/** The condition of a verb, compiled once per entity as it is declared now; null when it holds always. */
export function conditionOf(ctx: Ctx, entity: Entity, verb: DeclaredVerb): Compiled | null {
  if (!verb.available) return null;
  const compiled = known.get(entity) ?? new Map<string, Compiled>();
  known.set(entity, compiled);
  let condition = compiled.get(verb.name);
  if (!condition) {
    condition = compileAvailability(ctx.workspace.model, entity, verb.available.where);
    compiled.set(verb.name, condition);
  }
  return condition;
}

/** Whether a verb can be done to a record that is as `values` say. */
export function isAvailable(ctx: Ctx, entity: Entity, verb: DeclaredVerb, values: Values): boolean {
  const condition = conditionOf(ctx, entity, verb);
  return !condition || holdsFor(ctx, condition, values);
}

/** Whether a condition over a record's own fields holds of one that is as `values` say. */
export function holdsFor(ctx: Ctx, condition: Compiled, values: Values): boolean {
  const record = {
    value: ({ field, comparable }: Compiled['paths'][number]) =>
      comparable.pick(values[field.name] ?? null) ?? null,
    baseValue: (list: string, code: string) => ctx.workspace.baseValues.find(list, code),
  };
  return evaluate(condition, record, {
    ...clockAt(ctx.now, ctx.timeZone),
    me: ctx.who.userId,
    myTeams: ctx.who.teams,
  });
}
