import { createReadStream } from 'node:fs';
import { sql } from 'kysely';
import pg from 'pg';
import { copyIn } from '../src/engine/backup/copy-in.ts';
import type { Db } from '../src/engine/ctx.ts';

/** What the yardstick took, in seconds. */
export interface RawTimes {
  /** The file by COPY into a table of texts without an index. */
  readonly copy: number;
  /** The same records, events, keys and words by statements of the same size into tables with the same indexes. */
  readonly inserts: number;
  /** Rows written of each table. */
  readonly rows: Readonly<Record<string, number>>;
}

/** What the import itself keeps of its progress, which isn't part of the yardstick. */
const bookkeeping = new Set([
  'import_batch',
  'import_file',
  'import_piece',
  'import_row',
  'import_aside',
  'session',
  'api_key',
]);

/**
 * Writes what the product made of a file once more by raw SQL: the file is copied in, and the finished rows of every
 * table it filled are inserted into tables of the same shape with the same indexes, a transaction per `chunk` records.
 */
export async function importRaw(
  db: Db,
  url: string,
  o: {
    readonly from: string;
    readonly to: string;
    readonly file: string;
    readonly columns: readonly string[];
    readonly chunk: number;
  },
): Promise<RawTimes> {
  await sql`drop schema if exists stage cascade`.execute(db);
  await sql`create schema stage`.execute(db);
  const tables: { name: string; columns: readonly string[]; rows: number }[] = [];
  for (const name of await tablesOf(db, o.from)) {
    if (bookkeeping.has(name)) continue;
    const [ours, theirs] = [await count(db, o.from, name), await count(db, o.to, name)];
    if (ours <= theirs || ours < 1000) continue;
    const columns = await columnsOf(db, o.from, name);
    const list = sql.join(columns.map((column) => sql.ref(column)));
    await sql`create table ${sql.id('stage', name)} as
      select row_number() over () as stage_n, ${list} from ${sql.id(o.from, name)}`.execute(db);
    await sql`create unique index on ${sql.id('stage', name)} (stage_n)`.execute(db);
    tables.push({ name, columns, rows: ours });
  }
  await sql`checkpoint`.execute(db).catch(() => {});
  const copy = await timed(() => copyFile(url, o.file, o.columns));
  const records = Math.max(...tables.map(({ rows }) => rows));
  const inserts = await timed(async () => {
    const pieces = Math.ceil(records / o.chunk);
    for (let piece = 0; piece < pieces; piece += 1) {
      await db.transaction().execute(async (inner) => {
        for (const { name, columns, rows } of tables) {
          const size = Math.ceil(rows / pieces);
          const list = sql.join(columns.map((column) => sql.ref(column)));
          await sql`insert into ${sql.id(o.to, name)} (${list}) select ${list} from ${sql.id('stage', name)}
            where stage_n > ${piece * size} and stage_n <= ${(piece + 1) * size} on conflict do nothing`.execute(
            inner,
          );
        }
      });
    }
  });
  const rows: Record<string, number> = {};
  for (const { name } of tables) rows[name] = await count(db, o.to, name);
  await sql`drop schema stage cascade`.execute(db);
  return { copy, inserts, rows };
}

async function copyFile(url: string, file: string, columns: readonly string[]): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const list = columns.map((column) => `${client.escapeIdentifier(column)} text`).join(', ');
    await client.query(`create table stage.file (${list})`);
    await copyIn(client, 'copy stage.file from stdin with (format csv, header true)', createReadStream(file));
  } finally {
    await client.end();
  }
}

async function tablesOf(db: Db, schema: string): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${schema} and c.relkind in ('r', 'p') and not c.relispartition order by 1`.execute(db);
  return rows.map(({ name }) => name);
}

async function columnsOf(db: Db, schema: string, table: string): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select column_name as name from information_schema.columns
    where table_schema = ${schema} and table_name = ${table} and is_generated = 'NEVER' order by ordinal_position`.execute(
    db,
  );
  return rows.map(({ name }) => name);
}

async function count(db: Db, schema: string, table: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${sql.id(schema, table)}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Seconds that work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}
