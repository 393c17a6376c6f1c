import { fieldType } from '../../fields/index.ts';
import type { Labels } from '../../lib/locale.ts';
import type { Field } from '../../model/field.ts';
import type { Ctx } from '../ctx.ts';

/** A code that a field may hold, with what is told about it. */
export interface Code {
  readonly code: string;
  readonly label: Labels;
  readonly active: boolean;
  readonly class: string | null;
  readonly probability: string | null;
  readonly color: string | null;
}

/** The codes of a choice or base-value field in their order, inactive ones included; null for other fields. */
export function codesOf(ctx: Ctx, field: Field): readonly Code[] | null {
  const list = listOf(field);
  if (list !== null) return ctx.workspace.baseValues.all(list);
  const values = field.options.values;
  if (!Array.isArray(values)) return null;
  return (values as readonly { code: string; label: Labels; color?: string }[]).map(
    ({ code, label, color }) => ({
      code,
      label,
      active: true,
      class: null,
      probability: null,
      color: color ?? null,
    }),
  );
}

/** The list whose codes a field holds; null for other fields. */
export function listOf(field: Field): string | null {
  const target = fieldType(field.type).target?.(field);
  return target?.to === 'list' ? target.list : null;
}
