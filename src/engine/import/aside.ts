import { sql } from 'kysely';
import { fold } from '../../lib/fold.ts';
import { keepableJson } from '../../lib/keepable.ts';
import type { ReferenceBy } from '../../model/import.ts';
import type { Ctx } from '../ctx.ts';
import { mostOfName } from './chunk-stream.ts';
import { type Places, places } from './last-rows.ts';
import type { FileRow } from './read/table-reader.ts';
import { rowPage } from './row-pages.ts';

/** A record that a row names and that isn't there yet. */
export interface Missing {
  /** The target it fills. */
  readonly to: string;
  /** The entities it may be of. */
  readonly names: readonly string[];
  readonly by: ReferenceBy | null;
  readonly text: string;
}

/** A row that waits for records which may come later in the run. */
export interface AsideRow {
  readonly row: FileRow;
  /** What the row's own record is called in the file. */
  readonly name: string | null;
  readonly missing: readonly Missing[];
}

/** A row put aside as it is kept: with the record that it made already, where only the naming is still to come. */
export interface KeptAside extends AsideRow {
  readonly record: string | null;
}

const tableOf = (ctx: Ctx) => sql.id(ctx.workspace.schema, 'import_aside');

/** Puts rows aside; one that is there already waits for what it says now. */
export async function putAside(
  ctx: Ctx,
  batch: string,
  rows: readonly (AsideRow & { readonly record?: string })[],
): Promise<void> {
  if (rows.length === 0) return;
  const sent = rows.map(({ row, name, missing, record }) => ({
    row: row.place + 1,
    line: row.line,
    cells: row.cells,
    name,
    missing,
    record: record ?? null,
  }));
  await sql`insert into ${tableOf(ctx)} (batch, "row", line, cells, name, missing, record)
    select ${batch}::uuid, r."row", r.line, r.cells, r.name, r.missing, r.record
    from jsonb_populate_recordset(null::${tableOf(ctx)}, ${keepableJson(sent)}::jsonb) r
    on conflict (batch, "row") do update set missing = excluded.missing, record = excluded.record`.execute(
    ctx.db,
  );
}

/** Takes rows back that were dealt with. */
export async function takeBack(ctx: Ctx, batch: string, rows: readonly FileRow[]): Promise<void> {
  const places = rows.map(({ place }) => place + 1);
  await sql`delete from ${tableOf(ctx)} where batch = ${batch} and "row" = any(${places}::integer[])`.execute(
    ctx.db,
  );
}

/** How many rows of an import wait to be written. */
export async function countAside(ctx: Ctx, batch: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${tableOf(ctx)} where batch = ${batch} and record is null`.execute(
    ctx.db,
  );
  return rows[0]?.count ?? 0;
}

/** Of these names those for which a row of the import waits. */
export async function namesAside(
  ctx: Ctx,
  batch: string,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ name: string }>`
    select distinct name from ${tableOf(ctx)} where batch = ${batch} and name = any(${[...names]}::text[])`.execute(
    ctx.db,
  );
  return new Set(rows.map(({ name }) => name));
}

/** How a page of waiting rows is asked for. */
export interface AsideWanted {
  readonly batch: string;
  /** Rows whose record is made and lacks only what it names. */
  readonly isMade: boolean;
  readonly isBackwards: boolean;
  readonly after: number | null;
}

/** Waiting rows in their order, or from the last on; of rows of the same record only the first. */
export async function readAside(ctx: Ctx, o: AsideWanted): Promise<readonly KeptAside[]> {
  const after =
    o.after === null
      ? sql`true`
      : o.isBackwards
        ? sql`a."row" < ${o.after + 1}`
        : sql`a."row" > ${o.after + 1}`;
  const made = o.isMade ? sql`a.record is not null` : sql`a.record is null`;
  const page = rowPage({
    columns: ['row', 'line', 'cells', 'name', 'missing', 'record'],
    from: sql`${tableOf(ctx)} a where a.batch = ${o.batch} and ${made} and ${after}
      and not exists (select from ${tableOf(ctx)} b
        where b.batch = a.batch and b.name = a.name and b."row" < a."row")`,
    isBackwards: o.isBackwards,
  });
  const { rows } = await sql<{
    row: number;
    line: number;
    cells: readonly string[];
    name: string | null;
    missing: readonly Missing[];
    record: string | null;
  }>`${page}`.execute(ctx.db);
  return rows.map(({ row, line, cells, name, missing, record }) => ({
    row: { place: row - 1, line, cells },
    name,
    missing,
    record,
  }));
}

/** What can be said of a waiting row when none can be written as it is. */
export type Hope = 'ring' | 'none' | 'unsure';

/**
 * Whether waiting rows of these files make what this one names: each of them (a ring, or rows behind one), or not, as
 * far as can be told by what the rows call themselves.
 */
export async function hopesOf(
  ctx: Ctx,
  files: readonly { readonly id: string; readonly entity: string }[],
  rows: readonly KeptAside[],
): Promise<ReadonlyMap<number, Hope>> {
  const called = (text: string): readonly string[] =>
    [text, `~${fold(text)}`].map((name) => name.slice(0, mostOfName));
  const texts = new Set(rows.flatMap(({ missing }) => missing.flatMap(({ text }) => called(text))));
  const { rows: waiting } = await sql<{ batch: string; name: string }>`
    select batch, name from ${tableOf(ctx)}
    where batch = any(${files.map(({ id }) => id)}::uuid[]) and name = any(${[...texts]}::text[])`.execute(
    ctx.db,
  );
  const entityOfFile = new Map(files.map(({ id, entity }) => [id, entity]));
  const coming = new Set(waiting.map(({ batch, name }) => `${entityOfFile.get(batch) ?? ''} ${name}`));
  const comes = ({ names, text }: Missing): boolean =>
    names.some((entity) => called(text).some((name) => coming.has(`${entity} ${name}`)));
  return new Map(
    rows.map(({ row, missing }) => {
      const lost = missing.filter((each) => !comes(each));
      const hope = lost.length === 0 ? 'ring' : lost.some(({ by }) => by === 'key') ? 'none' : 'unsure';
      return [row.place, hope] as const;
    }),
  );
}

/** Of the waiting rows of these files, by file, those that another one may name: with them, what waits in a ring moves again. */
export async function namedAside(
  ctx: Ctx,
  files: readonly string[],
): Promise<ReadonlyMap<string, Pick<Places, 'has'>>> {
  // What rows are recognised by is folded: of those nobody is left out.
  const { rows } = await sql<{ batch: string; row: number }>`
    select a.batch, a."row" from ${tableOf(ctx)} a
    where a.batch = any(${[...files]}::uuid[]) and a.record is null and (a.name like '~%' or a.name in (
      select left(m->>'text', ${mostOfName}) from ${tableOf(ctx)} b, jsonb_array_elements(b.missing) m
      where b.batch = any(${[...files]}::uuid[])))`.execute(ctx.db);
  const named = new Map<string, Places>();
  for (const { batch, row } of rows) {
    const held = named.get(batch) ?? places();
    held.add(row - 1);
    named.set(batch, held);
  }
  return named;
}

/** Forgets the waiting rows of an import that starts anew or is thrown away. */
export async function clearAside(ctx: Ctx, batch: string): Promise<void> {
  await sql`delete from ${tableOf(ctx)} where batch = ${batch}`.execute(ctx.db);
}
