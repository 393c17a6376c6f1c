import { sql } from 'kysely';
import { Problem } from '../../lib/problem.ts';
import { administrator } from '../../model/access.ts';
import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { SearchBuild } from '../../model/search.ts';
import type { Ctx } from '../ctx.ts';
import { countSetupSql } from '../workspace/setup-version.ts';

/** Counted up when the tokens that entries are made of change: then all are built anew. */
const kindOfEntries = 3;

/** What the search entries of an entity are made of, as a text. */
const looksAt = (entity: Entity): string =>
  JSON.stringify([
    kindOfEntries,
    entity.title,
    entity.search.map((name) => {
      const field = entity.fields[name];
      return [name, field?.type, field?.options.adminOnly === true];
    }),
  ]);

/** Leaves the entities to be built anew whose entries are made of something else than what is declared now. */
export async function noteOutdated(ctx: Ctx, model: Model): Promise<void> {
  const wanted = JSON.stringify(
    [...model.entities.values()].map((entity) => ({ entity: entity.name, looks_at: looksAt(entity) })),
  );
  const table = sql.id(ctx.workspace.schema, 'search_build');
  await sql`insert into ${table} as b (entity, looks_at, state, done, total, place, at)
    select entity, looks_at, 'waiting', 0, null, null, now()
    from jsonb_to_recordset(${wanted}::jsonb) as w(entity text, looks_at text)
    on conflict (entity) do update set looks_at = excluded.looks_at, state = 'waiting', done = 0, total = null,
      place = null, at = excluded.at
    where b.looks_at <> excluded.looks_at`.execute(ctx.db);
}

/** Leaves every entry to be built anew, whatever it is made of; what is there is searched meanwhile. */
export async function askRebuild(ctx: Ctx): Promise<readonly SearchBuild[]> {
  refuseOthers(ctx);
  const { schema, name, model } = ctx.workspace;
  const entities = searched(model).map(({ name: entity }) => entity);
  await noteOutdated(ctx, model);
  await sql`with asked as (
      update ${sql.id(schema, 'search_build')} set state = 'waiting', done = 0, total = null, place = null, at = now()
      where entity = any(${entities}::text[]) and state <> 'waiting'),
    counted as (${countSetupSql(schema)})
    select pg_notify('rapport_setup', ${name})`.execute(ctx.db);
  await ctx.workspace.refresh();
  return searchBuilds(ctx);
}

/** How far the search entries of each entity are built, in the order of the declarations. */
export async function searchBuilds(ctx: Ctx): Promise<readonly SearchBuild[]> {
  refuseOthers(ctx);
  const { rows } = await sql<SearchBuild & { readonly at: Date }>`
    select entity, state, done, total, at from ${sql.id(ctx.workspace.schema, 'search_build')}`.execute(
    ctx.db,
  );
  const byName = new Map(rows.map((row) => [row.entity, row]));
  return searched(ctx.workspace.model).flatMap(({ name }) => {
    const row = byName.get(name);
    return row
      ? [{ entity: name, state: row.state, done: row.done, total: row.total, at: row.at.toISOString() }]
      : [];
  });
}

const searched = (model: Model): readonly Entity[] =>
  [...model.entities.values()].filter(({ search }) => search.length > 0);

function refuseOthers(ctx: Ctx): void {
  if (!ctx.who.roles.includes(administrator)) throw new Problem('forbidden');
}
