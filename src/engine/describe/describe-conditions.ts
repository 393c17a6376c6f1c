import { compileExpression } from '../../expression/compile.ts';
import { Problem } from '../../lib/problem.ts';
import type { ConditionDescription, EntityDescription, FieldDescription } from '../../model/description.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { scopeOf } from '../query/filter.ts';
import { conditionsOf, type FieldCondition, type RecordCondition } from '../rules/conditions.ts';

/** What decides whether a field is asked for, needed and open to change, as far as the reader may know. */
export function describeConditions(
  ctx: Ctx,
  entity: Entity,
  field: Field,
): Pick<FieldDescription, 'shownWhen' | 'requiredWhen' | 'readOnlyWhen' | 'clearWhenHidden'> {
  const { shown, required, readOnly } = conditionsOf(ctx.workspace.model, entity);
  const told = (conditions: readonly FieldCondition[]): ConditionDescription | null => {
    const condition = conditions.find((each) => each.field === field);
    return condition ? described(ctx, entity, condition) : null;
  };
  return {
    shownWhen: told(shown),
    requiredWhen: told(required),
    readOnlyWhen: told(readOnly),
    clearWhenHidden: field.conditions.clearWhenHidden,
  };
}

/** When a record is wrong, of the validations that speak of a field which the reader sees. */
export function describeValidations(ctx: Ctx, entity: Entity): EntityDescription['validations'] {
  const fields = readableFields(ctx, entity);
  return conditionsOf(ctx.workspace.model, entity)
    .validations.filter(({ validation }) => Object.hasOwn(fields, validation.field))
    .map((condition) => ({
      name: condition.validation.name,
      wrongWhen: described(ctx, entity, condition),
      field: condition.validation.field,
      message: condition.validation.message.text[ctx.locale],
    }));
}

function described(ctx: Ctx, entity: Entity, { compiled, isRelated }: RecordCondition): ConditionDescription {
  return { text: isKnown(ctx, entity, compiled.text) ? compiled.text : null, isRelated };
}

/** Whether the reader may know of everything that an expression names. */
function isKnown(ctx: Ctx, entity: Entity, text: string): boolean {
  try {
    compileExpression(text, { ...scopeOf(ctx, entity), change: true });
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
