import { sql } from 'kysely';
import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import { refuseUnlessEmpty } from '../backup/empty-place.ts';
import { BackupRefused } from '../backup/refused.ts';
import { type Db, systemWho } from '../ctx.ts';
import { declaring } from '../declare/declarations.ts';
import { fullModel } from '../declare/full-model.ts';
import { databaseCode } from '../schema/database-error.ts';
import { desiredTables } from '../schema/desired.ts';
import { ensurePartitions } from '../schema/partitions.ts';
import { planSchema } from '../schema/plan.ts';
import { rebuildWaiting } from '../search/rebuild.ts';
import { dropWorkspace } from '../workspace/drop.ts';
import { loadWorkspace } from '../workspace/load.ts';
import { migrateWorkspace } from '../workspace/migrate.ts';
import { prepareWorkspace } from '../workspace/prepare.ts';
import { isLater, productVersion } from '../workspace/product-version.ts';
import { tellWorkspace } from '../workspace/tell-workspace.ts';
import { schemaOf } from '../workspace/workspace-name.ts';
import { isWorkspaceThere } from '../workspace/workspace-names.ts';
import { carriedTables } from './carried.ts';
import { insertJson, rowsOfRecords } from './insert-lines.ts';
import type { Manifest } from './manifest.ts';
import { type OpenArchive, openArchive } from './read-archive.ts';

/** Which file goes into which workspace of which database. */
export interface RestoreArchiveOptions {
  readonly db: Db;
  readonly model: Model;
  readonly name: string;
  readonly path: string;
  readonly log?: (line: string) => void;
}

/** An archive that became a workspace. */
export interface RestoredArchive {
  readonly manifest: Manifest;
  readonly rows: number;
}

/** Bytes of an imported file in one row. */
const pieceBytes = 1024 ** 2;

/**
 * Makes an equal workspace of an archive, where there is none of that name or nobody has set it up. All its records
 * come in one transaction, so that there is a whole workspace or an empty one; indexes of what people declared and the
 * search are built afterwards, and a crash meanwhile is made good by the next start.
 */
export async function restoreArchive(o: RestoreArchiveOptions): Promise<RestoredArchive> {
  const schema = schemaOf(o.name);
  const log = o.log ?? (() => {});
  const archive = await openArchive(o.path);
  const { manifest } = archive;
  if (isLater(manifest.productVersion, productVersion))
    throw new BackupRefused(
      `It comes from version ${manifest.productVersion} of Rapport, and this is ${productVersion}: restore it with that version or a later one.`,
    );
  const wasThere = await isWorkspaceThere(o.db, o.name);
  await migrateWorkspace({ db: o.db, model: o.model, name: o.name });
  await makeMonths(o.db, schema, manifest.months);
  let rows = 0;
  try {
    await o.db.transaction().execute(async (db) => {
      await sql.raw(`set local lock_timeout = '5s'; set local statement_timeout = 0`).execute(db);
      rows = await load(db, archive, { ...o, schema, log });
      await tellWorkspace(db, o.name);
      await sql`select pg_notify('rapport_setup', ${o.name})`.execute(db);
    });
  } catch (error) {
    if (!wasThere) await takeAway(o);
    const code = databaseCode(error) ?? '';
    if (code === '55P03')
      throw new BackupRefused('The tables of the workspace are in use: nothing was restored. Try again.');
    // Values that no column takes: the lines of the archive were changed.
    if (/^2[23]/.test(code) && error instanceof Error)
      throw new BackupRefused(`It is damaged: the database refuses a line of it (${error.message}).`);
    throw error;
  }
  log('Building indexes and the search');
  await prepareWorkspace({ db: o.db, model: o.model, name: o.name });
  const workspace = await loadWorkspace({ db: o.db, model: o.model, name: o.name });
  await rebuildWaiting({
    who: systemWho,
    workspace,
    locale: 'en',
    timeZone: 'UTC',
    now: new Date(),
    db: o.db,
    door: 'system',
    batch: null,
  });
  return { manifest, rows };
}

/** What was made for an archive goes with it, unless somebody else filled it meanwhile: another archive, or a person. */
async function takeAway({ db, name, log }: RestoreArchiveOptions): Promise<void> {
  const isWanted = (inner: Db): Promise<boolean> =>
    refuseUnlessEmpty(inner, schemaOf(name)).catch((error: unknown) => {
      if (error instanceof BackupRefused) return false;
      throw error;
    });
  try {
    await dropWorkspace({ db, name, isWanted, ...(log ? { log } : {}) });
  } catch (error) {
    // Somebody works in it: an empty one stays.
    if (databaseCode(error) !== '55P03') throw error;
  }
}

/** Gives the log of events the partitions it had: what no month takes lies in that of the rest. */
async function makeMonths(db: Db, schema: string, months: readonly string[]): Promise<void> {
  let after = '';
  for (const month of [...months].sort()) {
    if (month <= after) continue;
    const first = new Date(`${month}-01T00:00:00Z`);
    await ensurePartitions(db, schema, first);
    // The next two months were made with it.
    after = new Date(first.setUTCMonth(first.getUTCMonth() + 2)).toISOString().slice(0, 7);
  }
}

async function load(
  db: Db,
  archive: OpenArchive,
  {
    schema,
    model: base,
    log,
  }: RestoreArchiveOptions & { readonly schema: string; log: (line: string) => void },
): Promise<number> {
  const { manifest } = archive;
  await refuseUnlessEmpty(db, schema);
  await emptied(db, schema, base);
  let rows = 0;
  const take = async (told: Manifest['entities'][number], entity: Entity): Promise<void> => {
    rows += await takeRecords(db, schema, archive, told, entity);
    if (told.rows > 0) log(`${told.plural}: ${told.rows.toLocaleString('en')}`);
  };
  // What people declared comes first: the tables of everything else are made after it.
  const isDeclaring = (name: string): boolean => declaring.some((entity) => entity.name === name);
  for (const entity of declaring) {
    const told = manifest.entities.find(({ name }) => name === entity.name);
    if (told) await take(told, entity);
  }
  const model = await fullModel(db, schema, base);
  for (const step of await planSchema(db, schema, desiredTables(model)))
    if (step.transactional && !step.destructive) await sql.raw(step.sql).execute(db);
  const stored = new Map(model.stored.map((entity) => [entity.name, entity]));
  for (const told of manifest.entities.filter(({ name }) => !isDeclaring(name))) {
    const entity = stored.get(told.name);
    if (entity) await take(told, entity);
    else if (told.rows > 0)
      throw new BackupRefused(
        `This version knows no ${told.plural}: restore it with the version it comes from.`,
      );
  }
  for (const told of manifest.tables) rows += await takeTable(db, schema, archive, told);
  for (const file of manifest.files) await takeFile(db, schema, archive, file);
  return rows;
}

/** Takes away what a first start writes by itself, which comes with the archive. */
async function emptied(db: Db, schema: string, model: Model): Promise<void> {
  const tables = desiredTables(model)
    .map(({ name }) => name)
    .filter((name) => name !== 'schema_state' && name !== 'index_step');
  await sql`truncate ${sql.join(tables.map((name) => sql.id(schema, name)))}`.execute(db);
}

async function takeRecords(
  db: Db,
  schema: string,
  { lines }: OpenArchive,
  told: Manifest['entities'][number],
  entity: Entity,
): Promise<number> {
  let rows = 0;
  for (const file of told.files) {
    for await (const batch of lines(file)) {
      const records = rowsOfRecords(entity, file, batch);
      const columns = Object.keys(records[0] ?? {});
      rows += await insertJson(db, { schema, table: entity.table, columns }, JSON.stringify(records));
    }
  }
  refuseFewer(told.plural, rows, told.rows);
  return rows;
}

async function takeTable(
  db: Db,
  schema: string,
  { manifest, lines }: OpenArchive,
  told: Manifest['tables'][number],
): Promise<number> {
  const known = carriedTables(manifest).find(({ name }) => name === told.name);
  const columns = told.columns.filter((column) => known?.columns.includes(column));
  if (!known || columns.length < told.columns.length)
    throw new BackupRefused(
      `This version knows no table ${told.name} like it: restore it with the version it comes from.`,
    );
  let rows = 0;
  for (const file of told.files) {
    for await (const batch of lines(file))
      rows += await insertJson(db, { schema, table: told.name, columns }, `[${batch.join(',')}]`);
  }
  refuseFewer(told.name, rows, told.rows);
  return rows;
}

/** The files that people imported, cut into pieces as they are kept. */
async function takeFile(
  db: Db,
  schema: string,
  { bytes }: OpenArchive,
  { id, file, size }: Manifest['files'][number],
): Promise<void> {
  let held: Buffer = Buffer.alloc(0);
  let taken = 0;
  let n = 0;
  const keep = async (piece: Buffer): Promise<void> => {
    await sql`insert into ${sql.id(schema, 'import_piece')} (file, n, bytes) values (${id}, ${n}, ${piece})`.execute(
      db,
    );
    n += 1;
  };
  for await (const chunk of bytes(file)) {
    taken += chunk.length;
    held = Buffer.concat([held, chunk]);
    for (; held.length >= pieceBytes; held = held.subarray(pieceBytes))
      await keep(held.subarray(0, pieceBytes));
  }
  if (held.length > 0) await keep(held);
  refuseFewer(file, taken, size);
}

function refuseFewer(what: string, found: number, told: number): void {
  if (found !== told)
    throw new BackupRefused(`It isn’t whole: of ${told} rows or bytes of ${what}, there are ${found}.`);
}
