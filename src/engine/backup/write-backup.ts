import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type pg from 'pg';
import { qualified, quoted } from '../schema/ddl.ts';
import { productVersion } from '../workspace/product-version.ts';
import { schemaOf } from '../workspace/workspace-name.ts';
import { type WriteBackup, writeBackupFile } from './backup-file.ts';
import { copyOut } from './copy-out.ts';
import { dataFrames, frame, magic } from './frames.ts';
import {
  type BackupHeader,
  type BackupTable,
  type BackupTrailer,
  formatVersion,
  type TableEnd,
} from './header.ts';
import { dbOn, textSettings } from './on-client.ts';
import { BackupRefused } from './refused.ts';
import { tablesOf } from './tables.ts';

/** Which workspace of which database goes into which file. */
export interface BackupOptions {
  readonly pool: pg.Pool;
  readonly name: string;
  readonly path: string;
  /** Puts the file in the place of one that is there. */
  readonly isReplaced?: boolean;
  readonly log?: (line: string) => void;
  /** Called when the moment is fixed and before rows are read, with PostgreSQL's name of the snapshot. */
  readonly onSnapshot?: (snapshot: string) => Promise<void>;
}

/** A backup that was taken. */
export interface Backup {
  readonly moment: string;
  readonly tables: number;
  readonly rows: number;
  /** Of the file. */
  readonly bytes: number;
}

/**
 * Writes a workspace as it is at one moment into a file, while others go on writing: one transaction that reads one
 * snapshot, each table through `copy`, never more than a few blocks in memory.
 */
export async function writeBackup(o: BackupOptions): Promise<Backup> {
  const schema = schemaOf(o.name);
  let taken: Omit<Backup, 'bytes'> | null = null;
  const bytes = await writeBackupFile(o.path, o.isReplaced === true, async (write) => {
    const client = await o.pool.connect();
    let isClean = false;
    try {
      taken = await writeAll(client, schema, write, o);
      isClean = true;
    } finally {
      // Within a copy that failed, nothing else can be said on the connection.
      client.release(!isClean);
    }
  });
  if (taken === null) throw new Error('a backup was written without its rows');
  return { ...(taken as Omit<Backup, 'bytes'>), bytes };
}

async function writeAll(
  client: pg.PoolClient,
  schema: string,
  write: WriteBackup,
  o: BackupOptions,
): Promise<Omit<Backup, 'bytes'>> {
  const header = await beginAtOneMoment(client, schema, o.name);
  if (o.onSnapshot) {
    const { rows } = await client.query<{ id: string }>('select pg_export_snapshot() as id');
    await o.onSnapshot(rows[0]?.id ?? '');
  }
  const whole = createHash('sha256');
  const part = async (kind: 'header' | 'table' | 'end', said: string): Promise<void> => {
    const payload = Buffer.from(said);
    whole.update(payload);
    await write(frame(kind, payload));
  };
  await write(magic);
  await part('header', JSON.stringify(header));
  let rows = 0;
  for (const table of header.tables) {
    await part('table', table.name);
    const end = await writeRows(client, schema, table, write);
    await part('end', JSON.stringify(end));
    if (end.rows > 0) o.log?.(`${table.name}: ${end.rows.toLocaleString('en')} rows`);
    rows += end.rows;
  }
  const trailer: BackupTrailer = { tables: header.tables.length, sha256: whole.digest('hex') };
  await write(frame('trailer', Buffer.from(JSON.stringify(trailer))));
  await client.query('commit');
  return { moment: header.moment, tables: header.tables.length, rows };
}

/** Begins the transaction whose snapshot is the backup, with every table kept as it is declared until the end. */
async function beginAtOneMoment(client: pg.PoolClient, schema: string, name: string): Promise<BackupHeader> {
  const db = dbOn(client);
  for (let tries = 1; ; tries += 1) {
    const seen = await tablesOf(db, schema);
    if (!seen.some((table) => table.name === 'event'))
      throw new BackupRefused(`There is no workspace “${name}” in this database: nothing to back up.`);
    await client.query(`begin isolation level repeatable read read only; ${textSettings}`);
    await client.query(`set local lock_timeout = '10s'`);
    const locked = [...seen.map((table) => table.name), 'schema_state'];
    // Before the snapshot: a lock that had to wait would otherwise come with the state before the wait.
    await client.query(
      `lock table ${locked.map((table) => qualified(schema, table)).join(', ')} in access share mode`,
    );
    const tables = await tablesOf(db, schema);
    if (JSON.stringify(tables) === JSON.stringify(seen)) {
      const state = await stateOf(client, schema);
      return { format: formatVersion, ...state, workspace: name, tables: [...tables] };
    }
    await client.query('rollback');
    if (tries === 5)
      throw new BackupRefused('The workspace is being migrated: take the backup once that is done.');
  }
}

async function stateOf(
  client: pg.PoolClient,
  schema: string,
): Promise<Pick<BackupHeader, 'moment' | 'productVersion' | 'fingerprint'>> {
  const { rows } = await sql<{ moment: Date; productVersion: string | null; fingerprint: string | null }>`
    select clock_timestamp() as moment, s.product_version as "productVersion", s.fingerprint
      from (select 1) as one left join ${sql.id(schema, 'schema_state')} s on s.id = 1`.execute(dbOn(client));
  const [state] = rows;
  return {
    moment: (state?.moment ?? new Date()).toISOString(),
    productVersion: state?.productVersion ?? productVersion,
    fingerprint: state?.fingerprint ?? '',
  };
}

async function writeRows(
  client: pg.PoolClient,
  schema: string,
  table: BackupTable,
  write: WriteBackup,
): Promise<TableEnd> {
  const columns = table.columns.map((column) => quoted(column.name)).join(', ');
  const found = createHash('sha256');
  let bytes = 0;
  // A select rather than the table itself, which for one with partitions says nothing of what they hold.
  const statement = `copy (select ${columns} from ${qualified(schema, table.name)}) to stdout`;
  const rows = await copyOut(client, statement, async (block) => {
    found.update(block);
    bytes += block.length;
    for (const data of dataFrames(block)) await write(data);
  });
  return { rows, bytes, sha256: found.digest('hex') };
}
