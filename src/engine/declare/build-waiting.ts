import { sql } from 'kysely';
import type { Ctx, Db } from '../ctx.ts';
import { applyLater } from '../schema/apply-later.ts';
import { desiredTables } from '../schema/desired.ts';
import { withMigrationLock } from '../schema/migration-lock.ts';
import { planSchema } from '../schema/plan.ts';
import { countSetupSql } from '../workspace/setup-version.ts';
import { fullModel } from './full-model.ts';

/**
 * Builds what declarations left for later: indexes, without keeping writers out, checks of rows that were there before;
 * and drops the indexes of what was retired. What is built is served from then on, in every
 * process. Safe to be asked for by several processes at once, and to be killed: the next one goes on.
 */
export async function buildWaiting(ctx: Ctx): Promise<void> {
  const { schema, declaredInCode } = ctx.workspace;
  await withMigrationLock(
    ctx.db,
    schema,
    () => {},
    async (connection) => {
      while (await isBuildWaiting(connection, schema)) {
        const model = await fullModel(connection, schema, declaredInCode);
        const wanted = desiredTables(model);
        const waiting = await waitingNames(connection, schema);
        const steps = (await planSchema(connection, schema, wanted)).filter(
          ({ kind, name, transactional, destructive }) =>
            !transactional && !destructive && (kind !== 'create-index' || waiting.has(name ?? '')),
        );
        await applyLater(connection, schema, steps, () => {});
        // What nothing wants any more waits for nothing.
        const left = steps.flatMap(({ kind, name }) =>
          kind === 'create-index' && name !== null ? [name] : [],
        );
        const gone = [...waiting].filter((name) => !left.includes(name));
        await sql`delete from ${sql.id(schema, 'index_step')}
          where state in ('waiting', 'building') and name = any(${gone})`.execute(connection);
        await tellEverybody(ctx, connection);
      }
    },
  );
}

/** Whether an index of a workspace waits for a builder, or was left by one that was killed. */
export const isBuildWaiting = async (db: Db, schema: string): Promise<boolean> =>
  (await waitingNames(db, schema)).size > 0;

async function waitingNames(db: Db, schema: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ name: string }>`
    select name from ${sql.id(schema, 'index_step')} where state in ('waiting', 'building')`.execute(db);
  return new Set(rows.map(({ name }) => name));
}

/** Counts the set-up up: what rests on the indexes is served from the next request on. */
const tellEverybody = (ctx: Ctx, db: Db): Promise<unknown> =>
  sql`with counted as (${countSetupSql(ctx.workspace.schema)})
    select pg_notify('rapport_setup', ${ctx.workspace.name})`.execute(db);
