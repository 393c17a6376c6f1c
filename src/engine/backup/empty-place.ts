import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '../ctx.ts';
import { readCatalog } from '../schema/catalog.ts';
import { qualified } from '../schema/ddl.ts';
import { baseValue } from '../system/base-value.ts';
import { numberSeries } from '../system/number-series.ts';
import { role } from '../system/role.ts';
import { BackupRefused } from './refused.ts';

/** How often to look, since the connections of an app that just stopped are there for a moment longer. */
const looks = 8;

/** Throws a `BackupRefused` while programs other than commands are connected: the app, its workers. */
export async function refuseWhileServed(db: Db): Promise<void> {
  for (let look = 1; await isServed(db); look += 1) {
    if (look === looks)
      throw new BackupRefused('Rapport is running on this database: stop it, restore, then start it again.');
    await pause(150);
  }
}

async function isServed(db: Db): Promise<boolean> {
  const { rows } = await sql`
    select 1 from pg_catalog.pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()
       and application_name like 'rapport%' and application_name not like 'rapport command%'
     limit 1`.execute(db);
  return rows.length > 0;
}

/** What a start writes before anybody has set up anything. */
const seeded: ReadonlySet<string> = new Set([
  role.table,
  baseValue.table,
  numberSeries.table,
  'event',
  'search_entry',
  'setting',
  'schema_state',
  'index_step',
  'session',
  'sign_in_attempt',
]);

/**
 * Locks whoever else out of a schema and throws a `BackupRefused` unless nothing is in it but what a first start
 * writes. Answers whether the schema is there at all.
 */
export async function refuseUnlessEmpty(db: Db, schema: string): Promise<boolean> {
  const { exists, tables } = await readCatalog(db, schema);
  const names = [...tables.keys()];
  if (names.length === 0) return exists;
  await sql
    .raw(`lock table ${names.map((name) => qualified(schema, name)).join(', ')} in access exclusive mode`)
    .execute(db);
  for (const name of names.filter((each) => !seeded.has(each))) {
    const { rows } = await sql`select 1 from ${sql.id(schema, name)} limit 1`.execute(db);
    if (rows.length > 0) throw refusal(schema, `${name} holds records`);
  }
  if (tables.has('event')) {
    const { rows } = await sql`
      select 1 from ${sql.id(schema, 'event')} where actor is not null or door <> 'system' limit 1`.execute(
      db,
    );
    if (rows.length > 0) throw refusal(schema, 'somebody changed its set-up');
  }
  return exists;
}

const refusal = (schema: string, why: string): BackupRefused =>
  new BackupRefused(
    `The workspace isn’t empty (${schema}: ${why}), and restoring would replace it. Restore into an installation ` +
      'that nobody has set up: another data folder (RAPPORT_DATA), database (DATABASE_URL) or workspace (RAPPORT_WORKSPACE).',
  );
