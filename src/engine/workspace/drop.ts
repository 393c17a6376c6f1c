import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '../ctx.ts';
import { withMigrationLock } from '../schema/migration-lock.ts';
import { tellWorkspace } from './tell-workspace.ts';
import { schemaOf } from './workspace-name.ts';

/** How often tables in use are asked for before giving up, and how long each time. */
const tries = 20;
const waitForTables = '3s';

/**
 * Drops a workspace with everything in it, at once and for good: it is whole or gone, never in between. Every process
 * hears of it. With `isWanted` only while that holds, asked when nobody else can change it any more. Throws, having
 * dropped nothing, when its tables stay in use.
 */
export async function dropWorkspace(o: {
  readonly db: Db;
  readonly name: string;
  readonly log?: (line: string) => void;
  readonly isWanted?: (db: Db) => Promise<boolean>;
}): Promise<void> {
  const schema = schemaOf(o.name);
  const log = o.log ?? (() => {});
  await withMigrationLock(o.db, schema, log, async (connection) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await connection.transaction().execute(async (db) => {
          await sql.raw(`set local lock_timeout = '${waitForTables}'`).execute(db);
          if (o.isWanted && !(await o.isWanted(db))) return;
          await sql`drop schema ${sql.id(schema)} cascade`.execute(db);
          await tellWorkspace(db, o.name);
        });
      } catch (error) {
        const { code } = error as { readonly code?: unknown };
        if ((code !== '55P03' && code !== '40P01') || attempt === tries) throw error;
        log(`the tables are in use: trying again (${attempt} of ${tries})`);
        await pause(250);
      }
    }
  });
}
