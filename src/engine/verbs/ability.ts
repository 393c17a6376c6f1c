import { fieldType } from '../../fields/index.ts';
import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import { conditionOf, isAvailable } from './availability.ts';

type Row = Readonly<Record<string, unknown>>;

/** How it is told, for each record served, which verbs can be done to it. */
export interface VerbAbility {
  /** Root columns the answer is worked out from. */
  readonly columns: readonly string[];
  /** Names of verbs, by what the reader may do to the record otherwise. */
  read(row: Row, can: { readonly update: boolean; readonly remove: boolean }): readonly string[];
}

/** Works out `can.verbs` without a statement of its own; null for an entity without verbs. */
export function verbAbility(ctx: Ctx, entity: Entity): VerbAbility | null {
  const verbs = ctx.workspace.model.verbs.get(entity.name) ?? [];
  if (verbs.length === 0) return null;
  const asked = new Set(
    verbs.flatMap((verb) => conditionOf(ctx, entity, verb)?.paths.map(({ field }) => field) ?? []),
  );
  const typed = [...asked].map((field) => [field, fieldType(field.type)] as const);
  return {
    columns: ['removed_at', ...typed.flatMap(([field, type]) => type.columns(field).map(({ name }) => name))],
    read(row, can) {
      if (row.removed_at !== null) return [];
      const values = Object.fromEntries(typed.map(([field, type]) => [field.name, type.fromRow(row, field)]));
      return verbs
        .filter((verb) => can[verb.needs] && isAvailable(ctx, entity, verb, values))
        .map((verb) => verb.name);
    },
  };
}
