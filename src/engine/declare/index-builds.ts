import { sql } from 'kysely';
import { Problem } from '../../lib/problem.ts';
import { administrator } from '../../model/access.ts';
import type { Ctx } from '../ctx.ts';
import { desiredTables } from '../schema/desired.ts';
import { countSetupSql } from '../workspace/setup-version.ts';

/** How far the building of an index has come. */
export interface IndexBuild {
  readonly name: string;
  readonly entity: string | null;
  readonly state: 'waiting' | 'building' | 'done' | 'failed';
  /** Of what is being built: from 0 to 1, as far as PostgreSQL tells. */
  readonly progress: number | null;
  /** What PostgreSQL is doing of it, in its words. */
  readonly phase: string | null;
  /** Why it failed: mostly that records share a value which was to be unique. */
  readonly error: string | null;
  readonly at: string;
}

interface Row {
  readonly name: string;
  readonly state: IndexBuild['state'];
  readonly error: string | null;
  readonly at: Date;
  readonly phase: string | null;
  readonly done: number | null;
  readonly total: number | null;
}

const most = 200;

/** The builds of the workspace, those not done first, then the latest. */
export async function indexBuilds(ctx: Ctx): Promise<readonly IndexBuild[]> {
  refuseOthers(ctx);
  const { schema, model } = ctx.workspace;
  const { rows } = await sql<Row>`
    select s.name, s.state, s.error, s.at, p.phase,
      greatest(p.blocks_done, p.tuples_done)::float8 as done, greatest(p.blocks_total, p.tuples_total)::float8 as total
    from ${sql.id(schema, 'index_step')} s
    left join pg_catalog.pg_namespace n on n.nspname = ${schema}
    left join pg_catalog.pg_class x on x.relname = s.name and x.relnamespace = n.oid
    left join pg_catalog.pg_stat_progress_create_index p on p.index_relid = x.oid
    order by s.state = 'done', s.at desc, s.name limit ${most}`.execute(ctx.db);
  const tables = desiredTables(model);
  const entityOfBuild = (name: string): string | null => {
    const table = tables.find(({ indexes }) => indexes.some((index) => index.name === name))?.name;
    return [...model.entities.values()].find((each) => each.table === table)?.name ?? null;
  };
  return rows.map((row) => ({
    name: row.name,
    entity: entityOfBuild(row.name),
    state: row.state,
    progress: row.done === null || !row.total ? null : Math.min(1, row.done / row.total),
    phase: row.phase,
    error: row.error,
    at: row.at.toISOString(),
  }));
}

/** Lets failed builds be tried again, once what kept them from it was changed; answers how many. */
export async function retryBuilds(ctx: Ctx): Promise<{ readonly waiting: number }> {
  refuseOthers(ctx);
  const { schema, name } = ctx.workspace;
  const { rows } = await sql<{ count: number }>`
    with retried as (
        update ${sql.id(schema, 'index_step')} set state = 'waiting', error = null, at = now()
        where state = 'failed' returning 1),
      counted as (${countSetupSql(schema)})
    select count(*)::int as count, pg_notify('rapport_setup', ${name}) from retried`.execute(ctx.db);
  await ctx.workspace.refresh();
  return { waiting: rows[0]?.count ?? 0 };
}

function refuseOthers(ctx: Ctx): void {
  if (!ctx.who.roles.includes(administrator)) throw new Problem('forbidden');
}
