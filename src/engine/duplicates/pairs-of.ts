import { sql } from 'kysely';
import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';
import { candidatesOf, comparedValues, type Sought } from './candidates.ts';
import { type Comparing, scoreOf } from './score.ts';

/** A record whose pairs are looked for. */
export interface Scanned extends Sought {
  readonly id: string;
}

/** Two records that are alike enough, as they are kept; `a` is the older one. */
interface ScoredPair {
  readonly a: string;
  readonly b: string;
  readonly score: number;
  readonly points: Readonly<Record<string, number>>;
}

/**
 * Works out anew which pairs the records are in, and keeps those: what people decided of a pair stays, a pair that is
 * alike no longer goes unless somebody decided on it. Answers how many were alike.
 */
export async function keepPairsOf(
  ctx: Ctx,
  entity: Entity,
  comparing: Comparing,
  records: readonly Scanned[],
): Promise<number> {
  const ids = records.map(({ id }) => id);
  const candidates = await candidatesOf(ctx, entity, comparing, records, { isHeld: false });
  const standing = await standingPairs(ctx, entity, ids);
  const met = new Map<string, readonly [string, string]>(standing.map((pair) => [pair.join(' '), pair]));
  for (const [place, { id }] of records.entries()) {
    for (const other of candidates.get(place) ?? []) {
      const pair = inOrder(id, other);
      met.set(pair.join(' '), pair);
    }
  }
  const values = new Map<string, Values>(records.map((record) => [record.id, record.values]));
  const unknown = new Set([...met.values()].flat().filter((id) => !values.has(id)));
  for (const [id, read] of await comparedValues(ctx, entity, comparing, unknown)) values.set(id, read);
  const alike = [...met.values()].flatMap(([a, b]): ScoredPair[] => {
    const [one, other] = [values.get(a), values.get(b)];
    if (!one || !other) return [];
    const { score, points } = scoreOf(comparing, one, other);
    if (score < comparing.threshold) return [];
    return [{ a, b, score, points: Object.fromEntries(points.map((each) => [each.criterion, each.points])) }];
  });
  await writePairs(ctx, entity, alike);
  const kept = new Set(alike.map(({ a, b }) => `${a} ${b}`));
  await forgetPairs(
    ctx,
    entity,
    standing.filter((pair) => !kept.has(pair.join(' '))),
  );
  return alike.length;
}

const inOrder = (one: string, other: string): readonly [string, string] =>
  one < other ? [one, other] : [other, one];

/** Pairs of the records that nobody decided on. */
async function standingPairs(
  ctx: Ctx,
  entity: Entity,
  ids: readonly string[],
): Promise<readonly (readonly [string, string])[]> {
  const table = sql.id(ctx.workspace.schema, 'duplicate_pair');
  const { rows } = await sql<{ a: string; b: string }>`
    select a, b from ${table} where entity = ${entity.name} and state = 'open' and a = any(${[...ids]}::uuid[])
    union select a, b from ${table} where entity = ${entity.name} and state = 'open' and b = any(${[...ids]}::uuid[])`.execute(
    ctx.db,
  );
  return rows.map(({ a, b }) => [a, b]);
}

/** In the order of their keys, so that two workers never wait for one another in a ring. */
async function writePairs(ctx: Ctx, entity: Entity, pairs: readonly ScoredPair[]): Promise<void> {
  if (pairs.length === 0) return;
  await sql`
    insert into ${sql.id(ctx.workspace.schema, 'duplicate_pair')} as p (entity, a, b, score, points, state, at)
    select ${entity.name}, a, b, score, points, 'open', ${new Date()}
    from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as n(a uuid, b uuid, score int, points jsonb)
    order by a, b
    on conflict (entity, a, b) do update set score = excluded.score, points = excluded.points, at = excluded.at`.execute(
    ctx.db,
  );
}

async function forgetPairs(
  ctx: Ctx,
  entity: Entity,
  pairs: readonly (readonly [string, string])[],
): Promise<void> {
  if (pairs.length === 0) return;
  const gone = pairs.map(([a, b]) => ({ a, b }));
  await sql`
    delete from ${sql.id(ctx.workspace.schema, 'duplicate_pair')} p
    using jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) as n(a uuid, b uuid)
    where p.entity = ${entity.name} and p.a = n.a and p.b = n.b and p.state = 'open'`.execute(ctx.db);
}
