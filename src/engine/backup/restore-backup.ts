import type pg from 'pg';
import type { Model } from '../../model/declarations.ts';
import type { Db } from '../ctx.ts';
import { databaseCode } from '../schema/database-error.ts';
import { qualified, quoted } from '../schema/ddl.ts';
import { desiredTables } from '../schema/desired.ts';
import { withMigrationLock } from '../schema/migration-lock.ts';
import { MigrationRefused } from '../schema/migration-refused.ts';
import { planSchema } from '../schema/plan.ts';
import type { WantedTable } from '../schema/wanted.ts';
import { migrateWorkspace } from '../workspace/migrate.ts';
import { isLater, productVersion } from '../workspace/product-version.ts';
import { schemaOf } from '../workspace/workspace-name.ts';
import { isWorkspaceThere } from '../workspace/workspace-names.ts';
import { copyIn } from './copy-in.ts';
import { refuseUnlessEmpty, refuseWhileServed } from './empty-place.ts';
import type { BackupHeader, BackupTable } from './header.ts';
import { finishTableSql, makeTableSql } from './make-tables.ts';
import { dbOn, textSettings } from './on-client.ts';
import { BackupRefused } from './refused.ts';
import { type BackupSummary, walkBackup } from './walk.ts';

/** Which file goes into which workspace of which database. */
export interface RestoreOptions {
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly model: Model;
  readonly name: string;
  readonly path: string;
  readonly log?: (line: string) => void;
}

/** A backup that was restored, and what its migration left for a person to decide. */
export interface Restored {
  readonly header: BackupHeader;
  readonly rows: number;
  readonly pending: readonly string[];
}

/**
 * Puts a backup into a workspace that nobody has set up. The file is read to its end and found whole before anything
 * is written; then one transaction makes the tables as they were, fills and checks them; then the workspace is migrated
 * to this version as at any start, and a crash meanwhile is made good by the next one.
 */
export async function restoreBackup(o: RestoreOptions): Promise<Restored> {
  const schema = schemaOf(o.name);
  const log = o.log ?? (() => {});
  log('Checking the file');
  const summary = await walkBackup(o.path, { header: async (header) => refuseLater(header) });
  // One that isn’t there is served by nobody: whoever runs finds it whole, or not at all.
  if (await isWorkspaceThere(o.db, o.name)) await refuseWhileServed(o.db);
  await withMigrationLock(o.db, schema, log, async () => {
    const client = await o.pool.connect();
    let isClean = false;
    try {
      await load(client, schema, desiredTables(o.model), summary, { path: o.path, log });
      isClean = true;
    } catch (error) {
      throw databaseCode(error) === '55P03'
        ? new BackupRefused('The tables of the workspace are in use: stop Rapport, then restore.')
        : error;
    } finally {
      client.release(!isClean);
    }
  });
  const { pending } = await migrateWorkspace({ db: o.db, model: o.model, name: o.name, log });
  return { ...summary, pending };
}

function refuseLater({ productVersion: version }: BackupHeader): void {
  if (isLater(version, productVersion))
    throw new BackupRefused(
      `It comes from version ${version} of Rapport, and this is ${productVersion}: restore it with that version or a later one.`,
    );
}

async function load(
  client: pg.PoolClient,
  schema: string,
  wantedTables: readonly WantedTable[],
  { header, rows: expected }: BackupSummary,
  o: { readonly path: string; readonly log: (line: string) => void },
): Promise<void> {
  const db = dbOn(client);
  const wanted = new Map(wantedTables.map((table) => [table.name, table]));
  const run = async (statements: readonly string[]): Promise<void> => {
    for (const statement of statements) await client.query(statement);
  };
  await run(['begin', textSettings, `set local lock_timeout = '5s'`]);
  if (await refuseUnlessEmpty(db, schema)) await run([`drop schema ${quoted(schema)} cascade`]);
  await run([`create schema ${quoted(schema)}`]);
  for (const table of header.tables) await run(makeTableSql(schema, table, wanted.get(table.name) ?? null));
  const { rows } = await walkBackup(o.path, {
    header: async (found) => {
      if (JSON.stringify(found) !== JSON.stringify(header))
        throw new BackupRefused('The file was changed while it was restored.');
    },
    table: async (table, data) => {
      const copied = await copyIn(client, copySql(schema, table), data);
      if (copied > 0) o.log(`${table.name}: ${copied.toLocaleString('en')} rows`);
      return copied;
    },
  });
  if (rows !== expected) throw new BackupRefused('The file was changed while it was restored.');
  o.log('Building the indexes');
  for (const table of header.tables)
    await run([
      ...finishTableSql(schema, table, wanted.get(table.name) ?? null),
      `analyze ${qualified(schema, table.name)}`,
    ]);
  await refuseUnlessMigratable(db, schema, wantedTables);
  await run(['commit']);
}

function copySql(schema: string, table: BackupTable): string {
  const columns = table.columns.map((column) => quoted(column.name)).join(', ');
  return `copy ${qualified(schema, table.name)} (${columns}) from stdin`;
}

/** What would stop the migration afterwards stops the restoring, which leaves nothing then. */
async function refuseUnlessMigratable(db: Db, schema: string, wanted: readonly WantedTable[]): Promise<void> {
  const steps = await planSchema(db, schema, wanted);
  const reasons = steps.flatMap((step) => (step.refusal === null ? [] : [step.refusal]));
  if (reasons.length > 0) throw new MigrationRefused(schema, reasons);
}
