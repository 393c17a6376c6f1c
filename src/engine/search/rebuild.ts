import { sql } from 'kysely';
import type { Entity } from '../../model/entity.ts';
import type { SearchBuild } from '../../model/search.ts';
import type { Ctx } from '../ctx.ts';
import { fullModel } from '../declare/full-model.ts';
import { buildEntries } from './build-entries.ts';
import { noteOutdated } from './search-builds.ts';

/** How many records have been looked at, of how many. */
export type TellProgress = (entity: Entity, done: number, total: number) => void;

interface Waiting extends Pick<SearchBuild, 'entity' | 'done' | 'total'> {
  readonly place: string | null;
}

/**
 * Builds the search entries that wait for it, batch by batch, while people search and write. One process at a time:
 * false when another is at it. Killed, the next one goes on behind the last batch.
 */
export async function rebuildWaiting(ctx: Ctx, tell: TellProgress = () => {}): Promise<boolean> {
  const { schema, declaredInCode } = ctx.workspace;
  return ctx.db.connection().execute(async (connection) => {
    const key = sql`hashtextextended(${`rapport builds the search of ${schema}`}, 0)`;
    const { rows } = await sql<{ taken: boolean }>`select pg_try_advisory_lock(${key}) as taken`.execute(
      connection,
    );
    if (rows[0]?.taken !== true) return false;
    const here = { ...ctx, db: connection };
    try {
      await noteOutdated(here, await fullModel(connection, schema, declaredInCode));
      let hasBuilt = false;
      for (let next = await nextWaiting(here); next && !ctx.signal?.aborted; next = await nextWaiting(here)) {
        const model = await fullModel(connection, schema, declaredInCode);
        const entity = model.entities.get(next.entity);
        if (entity) await build(here, entity, next, tell);
        else await forget(here, next.entity);
        hasBuilt = true;
      }
      if (hasBuilt && !ctx.signal?.aborted) await forgetWords(here);
      return true;
    } finally {
      await sql`select pg_advisory_unlock(${key})`.execute(connection).catch(() => {});
    }
  });
}

async function nextWaiting(ctx: Ctx): Promise<Waiting | null> {
  const { rows } = await sql<Waiting>`
    select entity, done, total, place from ${sql.id(ctx.workspace.schema, 'search_build')}
    where state <> 'done' order by state = 'waiting', at, entity limit 1`.execute(ctx.db);
  return rows[0] ?? null;
}

async function build(ctx: Ctx, entity: Entity, from: Waiting, tell: TellProgress): Promise<void> {
  const { schema } = ctx.workspace;
  const table = sql.id(schema, 'search_build');
  const total = from.total ?? (await countOf(ctx, entity));
  let { done, place } = from;
  await sql`update ${table} set state = 'building', total = ${total}, at = now() where entity = ${entity.name}`.execute(
    ctx.db,
  );
  for (;;) {
    if (ctx.signal?.aborted) return;
    const built = await buildEntries(ctx, entity, place);
    done += built.records;
    place = built.last;
    if (place === null) await dropStray(ctx, entity);
    const state = place === null ? 'done' : 'building';
    // Asked for anew meanwhile, it begins anew.
    const { rows } =
      await sql`update ${table} set done = ${done}, place = ${place}::uuid, state = ${state}, at = now()
      where entity = ${entity.name} and state = 'building' returning 1`.execute(ctx.db);
    tell(entity, done, Math.max(done, total));
    if (place === null || rows.length === 0) return;
  }
}

async function countOf(ctx: Ctx, entity: Entity): Promise<number> {
  if (entity.search.length === 0) return 0;
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${sql.id(ctx.workspace.schema, entity.table)} where removed_at is null`.execute(
    ctx.db,
  );
  return rows[0]?.count ?? 0;
}

/** Entries whose record is gone: a save leaves none, a meddling hand may. */
const dropStray = (ctx: Ctx, entity: Entity): Promise<unknown> =>
  sql`delete from ${sql.id(ctx.workspace.schema, 'search_entry')} e where e.entity = ${entity.name} and not exists (
    select 1 from ${sql.id(ctx.workspace.schema, entity.table)} r where r.id = e.record and r.removed_at is null)`.execute(
    ctx.db,
  );

const forget = (ctx: Ctx, entity: string): Promise<unknown> =>
  sql`delete from ${sql.id(ctx.workspace.schema, 'search_build')} where entity = ${entity}`.execute(ctx.db);

const wordsAtOnce = 500;

/** Forgets the words that no entry holds any more, and all but one of those that two writers added. */
async function forgetWords(ctx: Ctx): Promise<void> {
  const { schema } = ctx.workspace;
  const [words, entries] = [sql.id(schema, 'search_word'), sql.id(schema, 'search_entry')];
  let after = '';
  for (;;) {
    if (ctx.signal?.aborted) return;
    const { rows } = await sql<{ last: string | null; count: number }>`
      with looked_at as (
          select word, made, made > min(made) over (partition by word) as is_double from ${words}
          where word > ${after} order by word limit ${sql.lit(wordsAtOnce)}),
        gone as (delete from ${words} w using looked_at l where w.word = l.word and w.made = l.made
          and (l.is_double or not exists (
            select 1 from ${entries} e where e.words @@ quote_literal(l.word)::tsquery)))
      select max(word) as last, count(*)::int as count from looked_at`.execute(ctx.db);
    const [seen] = rows;
    if (!seen?.last || seen.count < wordsAtOnce) return;
    after = seen.last;
  }
}
