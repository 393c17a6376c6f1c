import type { EntityDescription, FieldDescription } from '../../model/description.ts';
import { fieldNamed } from '../data/describe.ts';

/** The field in which the reader says that a record is one of another entity: the contact that a lead is; null = none. */
export function namingField(entity: EntityDescription, other: string): FieldDescription | null {
  const names = entity.comparedWith.find((each) => each.entity === other)?.named ?? [];
  const fields = names.flatMap((name) => fieldNamed(entity, name) ?? []);
  return fields.find(({ readOnly }) => !readOnly) ?? null;
}
