import { sql } from 'kysely';
import type { Values } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';
import { candidatesOf, comparedValues, type Sought } from './candidates.ts';
import { type Facing, fieldsRead, turned } from './facing.ts';

/** A record whose pairs are looked for. */
export interface Scanned extends Sought {
  readonly id: string;
}

/** Two records that are alike enough, as they are kept, in order. */
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
export async function keepPairsOf(ctx: Ctx, facing: Facing, records: readonly Scanned[]): Promise<number> {
  const { own, other, comparing } = facing;
  const candidates = await candidatesOf(ctx, other, comparing, records, { isHeld: false });
  const standing = await standingPairs(
    ctx,
    facing,
    records.map(({ id }) => id),
  );
  const met = new Map(standing.map((pair) => [pair.join(' '), pair]));
  for (const [place, { id }] of records.entries()) {
    for (const found of candidates.get(place) ?? []) {
      const pair = inOrder(facing, id, found);
      met.set(pair.join(' '), pair);
    }
  }
  const mine = new Map<string, Values>(records.map((record) => [record.id, record.values]));
  // Pairs of one entity may have the record that is looked at on either side.
  const others = own === other ? mine : new Map<string, Values>();
  const [one, two] = facing.declares ? [mine, others] : [others, mine];
  const unknown = new Set([...met.values()].flat().filter((id) => !one.has(id) && !two.has(id)));
  for (const [id, read] of await comparedValues(ctx, other, fieldsRead(facing, 'other'), unknown))
    others.set(id, read);
  const declared = facing.declares ? facing : turned(facing);
  const alike = [...met.values()].flatMap(([a, b]): ScoredPair[] => {
    const [first, second] = [one.get(a), two.get(b)];
    const judged =
      first && second ? declared.judge({ id: a, values: first }, { id: b, values: second }) : null;
    if (!judged || judged.score < comparing.threshold) return [];
    const points = Object.fromEntries(judged.points.map((each) => [each.criterion, each.points]));
    return [{ a, b, score: judged.score, points }];
  });
  await writePairs(ctx, facing, alike);
  const kept = new Set(alike.map(({ a, b }) => `${a} ${b}`));
  await forgetPairs(
    ctx,
    facing,
    standing.filter((pair) => !kept.has(pair.join(' '))),
  );
  return alike.length;
}

/** The older one first; of two entities, the record of the one that declares it. */
function inOrder({ own, other, declares }: Facing, id: string, found: string): readonly [string, string] {
  const isFirst = own === other ? id < found : declares;
  return isFirst ? [id, found] : [found, id];
}

/** Pairs of the records that nobody decided on. */
async function standingPairs(
  ctx: Ctx,
  { pairs, own, other, declares }: Facing,
  ids: readonly string[],
): Promise<readonly (readonly [string, string])[]> {
  const table = sql.id(ctx.workspace.schema, 'duplicate_pair');
  const places = own === other ? ['a', 'b'] : [declares ? 'a' : 'b'];
  const parts = places.map(
    (place) => sql`select a, b from ${table}
      where entity = ${pairs} and state = 'open' and ${sql.ref(place)} = any(${[...ids]}::uuid[])`,
  );
  const { rows } = await sql<{ a: string; b: string }>`${sql.join(parts, sql` union `)}`.execute(ctx.db);
  return rows.map(({ a, b }) => [a, b]);
}

/** In the order of their keys, so that two workers never wait for one another in a ring. */
async function writePairs(ctx: Ctx, facing: Facing, pairs: readonly ScoredPair[]): Promise<void> {
  if (pairs.length === 0) return;
  await sql`
    insert into ${sql.id(ctx.workspace.schema, 'duplicate_pair')} as p (entity, a, b, score, points, state, at)
    select ${facing.pairs}, a, b, score, points, 'open', ${new Date()}
    from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as n(a uuid, b uuid, score int, points jsonb)
    order by a, b
    on conflict (entity, a, b) do update set score = excluded.score, points = excluded.points, at = excluded.at`.execute(
    ctx.db,
  );
}

async function forgetPairs(
  ctx: Ctx,
  facing: Facing,
  pairs: readonly (readonly [string, string])[],
): Promise<void> {
  if (pairs.length === 0) return;
  const gone = pairs.map(([a, b]) => ({ a, b }));
  await sql`
    delete from ${sql.id(ctx.workspace.schema, 'duplicate_pair')} p
    using jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) as n(a uuid, b uuid)
    where p.entity = ${facing.pairs} and p.a = n.a and p.b = n.b and p.state = 'open'`.execute(ctx.db);
}
