import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ImportMapping, ImportStateName } from '../../model/import.ts';
import type { Ctx, Place } from '../ctx.ts';
import { emptyReport, type Report } from './report.ts';

/** An import as its row holds it. */
export interface StoredBatch {
  readonly id: string;
  /** What tells the files of one run. */
  readonly set: string;
  readonly fileName: string;
  readonly entity: string;
  readonly source: string;
  readonly state: ImportStateName;
  readonly rows: number;
  readonly position: number;
  readonly created: number;
  readonly updated: number;
  readonly merged: number;
  readonly skipped: number;
  readonly failed: number;
  /** Whether a row of any file of the set was dealt with. */
  readonly isWritten: boolean;
  readonly mapping: ImportMapping;
  readonly report: Report;
  /** Whose it is, whoever else may see it. */
  readonly owner: string | null;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly createdByName: string | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

type Row = Record<string, unknown> & { readonly id: string };

/** Reads imports under a condition over `b`, newest first. */
export async function selectBatches(
  ctx: Place,
  condition: RawBuilder<unknown>,
  limit = 1,
): Promise<readonly StoredBatch[]> {
  const { schema } = ctx.workspace;
  const { rows } = await sql<Row>`
    select b.*, u.name as created_by_name, exists (
      select from ${sql.id(schema, 'import_batch')} s
      where coalesce(s.set, s.id::text) = coalesce(b.set, b.id::text) and s.position > 0) as is_written
    from ${sql.id(schema, 'import_batch')} b
    left join ${sql.id(schema, 'user')} u on u.id = b.created_by_id
    where b.removed_at is null and ${condition} order by b.id desc limit ${limit}`.execute(ctx.db);
  return rows.map(batchOf);
}

function batchOf(row: Row): StoredBatch {
  const count = (name: string): number => Number(row[name] ?? 0);
  const text = (name: string): string => String(row[name] ?? '');
  const report = row.report ? (JSON.parse(text('report')) as Report) : emptyReport;
  return {
    id: row.id,
    set: (row.set as string | null) ?? row.id,
    fileName: text('file_name'),
    entity: text('entity'),
    source: text('source'),
    state: text('state') as ImportStateName,
    rows: count('rows'),
    position: count('position'),
    created: count('created'),
    updated: count('updated'),
    merged: count('merged'),
    skipped: count('skipped'),
    failed: count('failed'),
    isWritten: row.is_written === true,
    mapping: JSON.parse(
      text('mapping') || '{"source":"","match":"externalKey","columns":[]}',
    ) as ImportMapping,
    report,
    owner: (row.owner_id as string | null) ?? null,
    createdAt: row.created_at as Date,
    createdBy: (row.created_by_id as string | null) ?? null,
    createdByName: (row.created_by_name as string | null) ?? null,
    startedAt: (row.started_at as Date | null) ?? null,
    finishedAt: (row.finished_at as Date | null) ?? null,
  };
}

/** Columns of an import that its own progress writes. */
type Changes = Partial<
  Readonly<{
    state: ImportStateName;
    entity: string;
    source: string;
    rows: number;
    position: number;
    created: number;
    updated: number;
    merged: number;
    skipped: number;
    failed: number;
    mapping: ImportMapping;
    report: Report;
    startedAt: Date | null;
    finishedAt: Date | null;
  }>
>;

/** The files of a set: all those opened for one run. */
export const ofSet = (set: string): RawBuilder<SqlBool> => sql`coalesce(b.set, b.id::text) = ${set}`;

/** Keeps others from starting, changing or removing the files of a set until the transaction ends. */
export async function holdSet(ctx: Ctx, set: string): Promise<void> {
  await sql`select b.id from ${sql.id(ctx.workspace.schema, 'import_batch')} b
    where ${ofSet(set)} order by b.id for update`.execute(ctx.db);
}

/**
 * Writes the progress of the imports that meet a condition over `b`, and only while they are in one of `states`;
 * answers how many were. An import's own progress isn't history: it leaves no events, so that undoing its batch never
 * touches the import itself.
 */
export async function writeBatches(
  ctx: Ctx,
  condition: RawBuilder<SqlBool>,
  states: readonly ImportStateName[],
  changes: Changes,
): Promise<number> {
  const { mapping, report, startedAt, finishedAt, ...plain } = changes;
  const columns: Record<string, unknown> = {
    ...plain,
    ...(mapping ? { mapping: JSON.stringify(mapping) } : {}),
    ...(report ? { report: JSON.stringify(report) } : {}),
    ...(startedAt === undefined ? {} : { started_at: startedAt }),
    ...(finishedAt === undefined ? {} : { finished_at: finishedAt }),
  };
  const set = Object.entries(columns).map(([name, value]) => sql`${sql.ref(name)} = ${value}`);
  const { numAffectedRows } = await sql`
    update ${sql.id(ctx.workspace.schema, 'import_batch')} b set ${sql.join(set)}
    where ${condition} and b.state = any(${[...states]}::text[]) and b.removed_at is null`.execute(ctx.db);
  return Number(numAffectedRows ?? 0n);
}

/** Writes the progress of one import; answers whether it was in one of `states`. */
export const writeBatch = async (
  ctx: Ctx,
  id: string,
  states: readonly ImportStateName[],
  changes: Changes,
): Promise<boolean> => (await writeBatches(ctx, sql`b.id = ${id}`, states, changes)) === 1;
