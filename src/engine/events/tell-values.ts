import { fieldType } from '../../fields/index.ts';
import type { Field } from '../../model/field.ts';
import type { Ctx } from '../ctx.ts';
import { codesOf } from '../query/codes.ts';
import { targetsOf } from '../query/place.ts';
import { titlesOf } from '../query/titles.ts';

/** Tells stored values as doors answer them. */
export interface ValueTeller {
  /** References with their labels, anything else as it is. */
  value(field: string, stored: unknown): unknown;
  /** What people call a code or codes; null for other values. */
  label(field: string, stored: unknown): string | null;
}

/** Looks up, in one statement, the labels of all records that these changes name. */
export async function valueTeller(
  ctx: Ctx,
  fields: Readonly<Record<string, Field>>,
  changes: readonly (readonly [field: string, values: readonly [unknown, unknown]])[],
): Promise<ValueTeller> {
  const named = changes.flatMap(([name, values]) => {
    const field = fields[name];
    return field ? values.flatMap((stored) => pointsAt(field, stored)) : [];
  });
  const titleOf = await titlesOf(ctx, named);
  const reference = (entity: string, id: string): { id: string; label: string | null } => ({
    id,
    label: titleOf(entity, id),
  });
  return {
    value: (name, stored) => {
      const field = fields[name];
      const pointed = field ? pointsAt(field, stored) : [];
      if (!field || pointed.length === 0) return stored ?? null;
      const told = pointed.map(({ entity, id }) =>
        field.type === 'any-reference' ? { entity, ...reference(entity, id) } : reference(entity, id),
      );
      return Array.isArray(stored) ? told : (told[0] ?? null);
    },
    label: (name, stored) => {
      const codes = fields[name] ? codesOf(ctx, fields[name]) : null;
      if (!codes || stored === null || stored === undefined) return null;
      const held = (Array.isArray(stored) ? stored : [stored]).map(String);
      return held
        .map((code) => codes.find((each) => each.code === code)?.label[ctx.locale] ?? code)
        .join(', ');
    },
  };
}

/** The records that a stored value of a reference names. */
function pointsAt(
  field: Field,
  stored: unknown,
): readonly { readonly entity: string; readonly id: string }[] {
  const [only = ''] = targetsOf(field);
  if (only === '' || stored === null || stored === undefined) return [];
  const pointed = fieldType(field.type).pointsAt?.(stored, field) ?? [];
  return pointed.map(({ id, entity }) => ({ id, entity: entity ?? only }));
}
