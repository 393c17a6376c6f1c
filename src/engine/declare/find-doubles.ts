import { fieldType } from '../../fields/index.ts';
import type { Labels } from '../../lib/locale.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { Field } from '../../model/field.ts';
import { taken, takenByRetired } from './messages.ts';

/** A name in an entity, with the columns behind it, and what has it. */
export interface Claim {
  /** The record that declares it; null = declared in code. */
  readonly id: string | null;
  readonly retired: boolean;
  readonly entity: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly label: Labels;
  /** The field of the declaration’s record that says the name. */
  readonly at: string;
}

/** What a field claims. */
export const claimOf = (
  entity: string,
  field: Field,
  o: { id: string | null; retired?: boolean },
): Claim => ({
  id: o.id,
  retired: o.retired ?? false,
  entity,
  name: field.name,
  columns: fieldType(field.type)
    .columns(field)
    .map(({ name }) => name),
  label: field.label,
  at: 'name',
});

/** The mistakes of declarations that claim a name or a column which something else has, by record. */
export function findDoubles(claims: readonly Claim[]): ReadonlyMap<string, readonly Mistake[]> {
  const places = new Map<string, Claim[]>();
  for (const claim of claims)
    for (const place of [`name ${claim.name}`, ...claim.columns.map((column) => `column ${column}`)]) {
      const key = `${claim.entity} ${place}`;
      places.set(key, [...(places.get(key) ?? []), claim]);
    }
  const found = new Map<string, Mistake[]>();
  for (const claim of claims) {
    if (claim.id === null) continue;
    const keys = [`name ${claim.name}`, ...claim.columns.map((column) => `column ${column}`)];
    const others = keys
      .flatMap((key) => places.get(`${claim.entity} ${key}`) ?? [])
      .filter((each) => each !== claim);
    const other = others.find((each) => !each.retired) ?? others[0];
    if (!other) continue;
    const params = { name: claim.name, other: other.label };
    const mistake = {
      field: claim.at,
      message: other.retired ? takenByRetired : taken,
      params,
      value: claim.name,
    };
    found.set(claim.id, [...(found.get(claim.id) ?? []), mistake]);
  }
  return found;
}
