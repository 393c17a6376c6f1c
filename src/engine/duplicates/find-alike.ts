import type { Entity } from '../../model/entity.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { candidatesOf, comparedValues, type Sought } from './candidates.ts';
import { type Comparing, comparingBy, type Score, scoreOf } from './score.ts';

/** A record that is like another one, and how much. */
export interface Alike extends Score {
  readonly id: string;
}

/** How the asker may compare records of an entity: by the fields he sees; null where none are looked for. */
export function comparingFor(ctx: Ctx, entity: Entity): Comparing | null {
  const matching = ctx.workspace.matchingOf(entity);
  return matching && comparingBy(matching, readableFields(ctx, entity));
}

/**
 * The live records that each of `sought` may be the same as, likeliest first, by its place: two statements, however
 * many are sought. With `isHeld` only records that the asker may read.
 */
export async function findAlike(
  ctx: Ctx,
  entity: Entity,
  comparing: Comparing,
  sought: readonly Sought[],
  o: { readonly isHeld: boolean },
): Promise<readonly (readonly Alike[])[]> {
  const candidates = await candidatesOf(ctx, entity, comparing, sought, o);
  const ids = new Set([...candidates.values()].flatMap((found) => [...found]));
  if (ids.size === 0) return sought.map(() => []);
  const values = await comparedValues(ctx, entity, comparing, ids);
  return sought.map((each, n) =>
    [...(candidates.get(n) ?? [])]
      .flatMap((id): Alike[] => {
        const other = values.get(id);
        return other ? [{ id, ...scoreOf(comparing, each.values, other) }] : [];
      })
      .filter(({ score }) => score >= comparing.threshold)
      .sort((a, b) => b.score - a.score || sumOf(b) - sumOf(a) || (a.id < b.id ? -1 : 1)),
  );
}

/** Beyond what counts as sure, more evidence still goes before less. */
const sumOf = ({ points }: Score): number => points.reduce((sum, point) => sum + point.points, 0);
