import { fieldType } from '../../fields/index.ts';
import type { FieldDescription } from '../../model/description.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import { mayWrite } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { codesOf, listOf } from '../query/codes.ts';
import { isDeclared, isSortable } from '../query/order.ts';
import { partsOf, targetsOf } from '../query/place.ts';
import { describeConditions } from './describe-conditions.ts';

/** A field in the reader's language: what its input, its column and the filter builder need. */
export function fieldDescription(ctx: Ctx, entity: Entity, field: Field): FieldDescription {
  const { locale } = ctx;
  const type = fieldType(field.type);
  const paths = partsOf(field);
  return {
    name: field.name,
    type: field.type,
    label: field.label[locale],
    help: field.help?.[locale] ?? null,
    required: field.required,
    readOnly: field.readOnly || !mayWrite(ctx, entity, field.name),
    system: field.system,
    unique: field.unique,
    default: field.default,
    sortable: isSortable(ctx, field),
    indexed: isDeclared(entity, field.name),
    filterable: Object.keys(paths).length > 0,
    parts: partLabels(ctx, field),
    to: targetsOf(field),
    values: (codesOf(ctx, field) ?? []).map(
      ({ code, label, active, class: ofClass, probability, color }) => ({
        code,
        label: label[locale],
        active,
        class: ofClass,
        probability,
        color,
      }),
    ),
    list: listOf(field),
    classes: classesOf(ctx, field),
    options: type.describe?.(field) ?? field.options,
    ...describeConditions(ctx, entity, field),
  };
}

function classesOf(ctx: Ctx, field: Field): FieldDescription['classes'] {
  const list = ctx.workspace.model.lists.get(listOf(field) ?? '');
  return (list?.classes ?? []).map(({ code, label }) => ({ code, label: label[ctx.locale] }));
}

/** The parts that filters or imports may name, with their names. */
function partLabels(ctx: Ctx, field: Field): FieldDescription['parts'] {
  const labels = new Map<string, string>();
  for (const [part, { label }] of Object.entries(partsOf(field))) {
    if (part !== '') labels.set(part, label?.[ctx.locale] ?? part);
  }
  for (const [part, label] of Object.entries(fieldType(field.type).textParts?.(field) ?? {})) {
    if (part !== '') labels.set(part, label[ctx.locale]);
  }
  return [...labels].map(([name, label]) => ({ name, label }));
}
