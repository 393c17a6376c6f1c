import { sql } from 'kysely';
import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import { candidatesOf, comparedValues, type Sought } from './candidates.ts';
import { type Facing, fieldsRead } from './facing.ts';
import type { Score } from './score.ts';

/** A record that is like another one, and how much. */
export interface Alike extends Score {
  readonly entity: Entity;
  readonly id: string;
}

/**
 * The live records that each of `sought` may be the same as, likeliest first, by its place: two statements, however
 * many are sought. With `isHeld` only records that the asker may read.
 */
export async function findAlike(
  ctx: Ctx,
  facing: Facing,
  sought: readonly Sought[],
  o: { readonly isHeld: boolean },
): Promise<readonly (readonly Alike[])[]> {
  const { other: entity, comparing } = facing;
  const candidates = await candidatesOf(ctx, entity, comparing, sought, o);
  const ids = new Set([...candidates.values()].flatMap((found) => [...found]));
  if (ids.size === 0) return sought.map(() => []);
  const values = await comparedValues(ctx, entity, fieldsRead(facing, 'other'), ids);
  return sought.map((each, n) =>
    [...(candidates.get(n) ?? [])]
      .flatMap((id): Alike[] => {
        const found = values.get(id);
        const score = found ? facing.judge(each, { id, values: found }) : null;
        return score ? [{ entity, id, ...score }] : [];
      })
      .filter(({ score }) => score >= comparing.threshold)
      .sort(likeliestFirst),
  );
}

/**
 * The same among everything that an entity's records are compared with, as its asker may read it. `besides` are ids of
 * records that aren't told, nor what somebody said isn't the same as one of them.
 */
export async function findAlikeAnywhere(
  ctx: Ctx,
  facings: readonly Facing[],
  sought: readonly Sought[],
  besides: readonly (string | null)[],
): Promise<readonly (readonly Alike[])[]> {
  const found: (readonly (readonly Alike[])[])[] = [];
  for (const facing of facings) found.push(await findAlike(ctx, facing, sought, { isHeld: true }));
  const apart = await keptApart(
    ctx,
    facings.map(({ pairs }) => pairs),
    besides.filter((id) => id !== null),
  );
  return sought.map((_, n) =>
    found
      .flatMap((each) => each[n] ?? [])
      .filter(({ id }) => !apart.has(id))
      .sort(likeliestFirst),
  );
}

/** The records, and those of which somebody said that they aren't the same as one of them. */
async function keptApart(
  ctx: Ctx,
  pairs: readonly string[],
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const table = sql.id(ctx.workspace.schema, 'duplicate_pair');
  const decided = sql`entity = any(${[...pairs]}::text[]) and state = 'not-duplicate'`;
  const { rows } = await sql<{ id: string }>`
    select b as id from ${table} where ${decided} and a = any(${[...ids]}::uuid[])
    union select a from ${table} where ${decided} and b = any(${[...ids]}::uuid[])`.execute(ctx.db);
  return new Set([...ids, ...rows.map(({ id }) => id)]);
}

const likeliestFirst = (a: Alike, b: Alike): number =>
  b.score - a.score || sumOf(b) - sumOf(a) || (a.id < b.id ? -1 : 1);

/** Beyond what counts as sure, more evidence still goes before less. */
const sumOf = ({ points }: Score): number => points.reduce((sum, point) => sum + point.points, 0);
