import type { FileHandle } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Entity } from '../../model/entity.ts';
import { writeWholeFile } from '../backup/whole-file.ts';
import type { Ctx } from '../ctx.ts';
import { openSnapshot, type Snapshot } from '../export/snapshot.ts';
import { openZip } from '../export/zip.ts';
import type { Row } from '../query/selection.ts';
import { columnsSql, valuesOf } from '../record/codec.ts';
import { readCatalog } from '../schema/catalog.ts';
import { entityColumns } from '../schema/desired.ts';
import { productVersion } from '../workspace/product-version.ts';
import { type CarriedTable, carriedTables, secretSettings } from './carried.ts';
import { layout, type Manifest, manifestName } from './manifest.ts';
import { readme } from './readme.ts';

/** Which file a workspace goes into. */
export interface ArchiveOptions {
  readonly path: string;
  /** Puts the file in the place of one that is there. */
  readonly isReplaced?: boolean;
  /** Passwords and API keys, hashed as they are stored, go along. */
  readonly withSecrets?: boolean;
  readonly log?: (line: string) => void;
  /** Rows and bytes of one file at most, but for its last rows; for tests. */
  readonly partRows?: number;
  readonly partBytes?: number;
}

/** An archive that was taken. */
export interface Archive {
  readonly moment: string;
  readonly records: number;
  readonly rows: number;
  /** Of the file. */
  readonly bytes: number;
  /** Columns that nothing declares any more, and which no archive holds. */
  readonly leftOut: readonly string[];
}

const partRows = 500_000;
/** A file of a ZIP archive has less than 4 GB here, and rows may be long. */
const partBytes = 1024 ** 3;

/**
 * Writes everything that a workspace holds at one moment into a ZIP of JSON lines and files, while others go on
 * writing. Memory stays flat; the file is there once it is whole.
 */
export async function writeArchive(ctx: Ctx, o: ArchiveOptions): Promise<Archive> {
  let taken: Omit<Archive, 'bytes'> | null = null;
  const bytes = await writeWholeFile(o.path, o.isReplaced === true, async (file) => {
    const snapshot = await openSnapshot(ctx);
    try {
      taken = await writeAll(snapshot, file, o);
      await file.sync();
    } finally {
      await snapshot.close();
      await file.close();
    }
  });
  if (taken === null) throw new Error('an archive was written without its records');
  return { ...(taken as Omit<Archive, 'bytes'>), bytes };
}

async function writeAll(
  snapshot: Snapshot,
  file: FileHandle,
  o: ArchiveOptions,
): Promise<Omit<Archive, 'bytes'>> {
  const { ctx } = snapshot;
  const { workspace } = ctx;
  const zip = openZip();
  const put = async (name: string, content: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of zip.add(name, content)) await file.writeFile(chunk);
  };
  const withSecrets = o.withSecrets === true;
  const { tables } = await readCatalog(ctx.db, workspace.schema);
  const moment = await momentOf(ctx);
  await put('README.txt', [Buffer.from(readme)]);

  const entities: Manifest['entities'] = [];
  for (const entity of workspace.model.stored) {
    const records = recordLines(snapshot, entity);
    const { rows, files } = await putParts(put, `records/${entity.plural}`, records, o);
    const { name, plural, label } = entity;
    const fields = Object.values(entity.fields).map((field) => ({
      name: field.name,
      type: field.type,
      label: field.label.en,
    }));
    const { en, fr, es } = label.many;
    entities.push({ name, plural, label: { en, fr, es }, fields, rows, files });
    if (rows > 0) o.log?.(`${plural}: ${rows.toLocaleString('en')}`);
  }

  const carried: Manifest['tables'] = [];
  for (const table of carriedTables({ withSecrets })) {
    const lines = tableLines(snapshot, table);
    const { rows, files } = await putParts(put, `tables/${table.name}`, lines, o);
    carried.push({ name: table.name, columns: [...table.columns], rows, files });
    if (rows > 0) o.log?.(`${table.name}: ${rows.toLocaleString('en')}`);
  }

  const files = await putFiles(snapshot, put);
  const manifest: Manifest = {
    format: 'rapport-archive',
    layout,
    productVersion,
    workspace: workspace.name,
    moment,
    withSecrets,
    months: [...(tables.get('event')?.partitions ?? [])].flatMap(monthOf).sort(),
    entities,
    tables: carried,
    files,
  };
  await put(manifestName, [Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)]);
  await file.writeFile(zip.end());
  const records = entities.reduce((sum, { rows }) => sum + rows, 0);
  return {
    moment,
    records,
    rows: carried.reduce((sum, { rows }) => sum + rows, records),
    leftOut: undeclared(workspace.model.stored, tables),
  };
}

type Put = (name: string, content: AsyncIterable<Buffer> | Iterable<Buffer>) => Promise<void>;

/** Writes lines into as many files as they take; answers how many there were, and into which. */
async function putParts(
  put: Put,
  name: string,
  batches: AsyncGenerator<readonly string[]>,
  most: Pick<ArchiveOptions, 'partRows' | 'partBytes'>,
): Promise<{ readonly rows: number; readonly files: string[] }> {
  const files: string[] = [];
  let rows = 0;
  let next = await batches.next();
  while (!next.done) {
    const file = `${name}${files.length === 0 ? '' : `-${files.length + 1}`}.jsonl`;
    await put(
      file,
      (async function* part() {
        let left = { rows: most.partRows ?? partRows, bytes: most.partBytes ?? partBytes };
        for (; !next.done && left.rows > 0 && left.bytes > 0; next = await batches.next()) {
          const lines = Buffer.from(`${next.value.join('\n')}\n`);
          left = { rows: left.rows - next.value.length, bytes: left.bytes - lines.length };
          rows += next.value.length;
          yield lines;
        }
      })(),
    );
    files.push(file);
  }
  return { rows, files };
}

/** Every record of an entity, those in the bin too, as the names and values of its fields. */
async function* recordLines(snapshot: Snapshot, entity: Entity): AsyncGenerator<readonly string[]> {
  const { ctx } = snapshot;
  const table = sql.id(ctx.workspace.schema, entity.table);
  for await (const rows of read(
    snapshot,
    sql`select ${columnsSql(entity, 't')} from ${table} t order by t.id`,
  ))
    yield rows.map((row) => JSON.stringify(valuesOf(entity, row)));
}

/** Every row of a table of the engine, as PostgreSQL tells it in JSON. */
async function* tableLines(snapshot: Snapshot, table: CarriedTable): AsyncGenerator<readonly string[]> {
  const { ctx } = snapshot;
  const columns = sql.join(table.columns.map((column) => sql.ref(column)));
  const kept = table.name === 'setting' ? sql`where name <> all(${[...secretSettings]}::text[])` : sql``;
  const source = sql`select ${columns} from ${sql.id(ctx.workspace.schema, table.name)} ${kept}`;
  for await (const rows of read(snapshot, sql`select row_to_json(t)::text as line from (${source}) t`))
    yield rows.map(({ line }) => String(line));
}

const read = (snapshot: Snapshot, query: ReturnType<typeof sql>): AsyncGenerator<readonly Row[]> => {
  const { sql: text, parameters } = query.compile(snapshot.ctx.db);
  return snapshot.rows({ text, parameters });
};

/** The files that people imported. */
async function putFiles(snapshot: Snapshot, put: Put): Promise<Manifest['files']> {
  const { db, workspace } = snapshot.ctx;
  const [files, pieces] = ['import_file', 'import_piece'].map((name) => sql.id(workspace.schema, name));
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from ${files} f where bytes is not null
      or exists (select from ${pieces} p where p.file = f.id) order by id`.execute(db);
  const done: Manifest['files'] = [];
  for (const { id, name } of rows) {
    const file = `files/${id}/${name.replace(/[\\/:]/g, '_')}`;
    let size = 0;
    const bytesOf = async function* (): AsyncGenerator<Buffer> {
      const whole = await sql<{ bytes: Buffer | null }>`select bytes from ${files} where id = ${id}`.execute(
        db,
      );
      const { rows: numbers } = await sql<{ n: number }>`
        select n from ${pieces} where file = ${id} order by n`.execute(db);
      if (whole.rows[0]?.bytes) {
        size += whole.rows[0].bytes.length;
        yield whole.rows[0].bytes;
      }
      for (const { n } of numbers) {
        const piece = await sql<{ bytes: Buffer }>`
          select bytes from ${pieces} where file = ${id} and n = ${n}`.execute(db);
        const bytes = piece.rows[0]?.bytes ?? Buffer.alloc(0);
        size += bytes.length;
        yield bytes;
      }
    };
    await put(file, bytesOf());
    done.push({ id, file, size });
  }
  return done;
}

async function momentOf({ db }: Ctx): Promise<string> {
  const { rows } = await sql<{ moment: Date }>`select now() as moment`.execute(db);
  return (rows[0]?.moment ?? new Date()).toISOString();
}

/** `event_2026_11` → `2026-11`; the partition of the rest has no month. */
function monthOf(partition: string): readonly string[] {
  const [, year, month] = /_(\d{4})_(\d\d)$/.exec(partition) ?? [];
  return year === undefined || month === undefined ? [] : [`${year}-${month}`];
}

/** Columns of entities' tables that no field has, by table and name. */
function undeclared(
  entities: readonly Entity[],
  tables: Awaited<ReturnType<typeof readCatalog>>['tables'],
): readonly string[] {
  return entities.flatMap((entity) => {
    const declared = new Set(entityColumns(entity).map(({ name }) => name));
    return [...(tables.get(entity.table)?.columns.keys() ?? [])].flatMap((column) =>
      declared.has(column) ? [] : [`${entity.table}.${column}`],
    );
  });
}
