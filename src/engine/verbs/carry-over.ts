import { fieldType } from '../../fields/index.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { Values } from '../../model/record.ts';
import { sameValue } from '../../model/rule.ts';
import { readableFields, writableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';

/** Fields every record has that belong to the work on it, and so go along. */
const shared = new Set(['owner', 'teams']);

/**
 * What a record of `from` hands on to a new one of `to`: each filled field that has the same name and means the same
 * on both sides, fields added while running included. Only what the asker may see goes along.
 */
export function carriedOver(ctx: Ctx, from: Entity, to: Entity, values: Values): Values {
  const targets = writableFields(ctx, to);
  return Object.fromEntries(
    Object.values(readableFields(ctx, from)).flatMap((field) => {
      const target = Object.hasOwn(targets, field.name) ? targets[field.name] : undefined;
      const value = values[field.name] ?? null;
      return target && value !== null && isOpen(target) && isLike(field, target) ? [[field.name, value]] : [];
    }),
  );
}

const isOpen = (field: Field): boolean => !field.readOnly && (!field.system || shared.has(field.name));

/** The same type, and where it points at something, the same thing. */
const isLike = (one: Field, other: Field): boolean =>
  one.type === other.type &&
  sameValue(fieldType(one.type).target?.(one) ?? null, fieldType(other.type).target?.(other) ?? null);
