import { CompiledQuery, type RawBuilder, sql } from 'kysely';
import { isId } from '../../lib/ids.ts';
import type { Entity } from '../../model/entity.ts';
import type { RecordOut } from '../../model/record.ts';
import { accessFilter, refuseReading } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { mergedInto, readableMergedInto } from '../record/merged-into.ts';
import type { Prepared } from '../workspace/fast-lane.ts';
import { refuseMissing } from './mistakes.ts';
import { keepPlan } from './plan-cache.ts';
import { readAtOnce, statementName } from './prepared.ts';
import { type Row, type Selection, selectFields } from './selection.ts';
import { openSource } from './source.ts';

/** How a record is read by its id. */
export interface ReadOptions {
  /** Removed records too. */
  readonly removed?: boolean;
  /** Fields and paths through references; all fields when left out. */
  readonly fields?: readonly string[];
}

/**
 * One record with its labels, in one statement; of one that was merged, the one it went into. One in the bin that was
 * merged names that one as `mergedInto`. Refused as not found when absent or not readable.
 */
export async function readRecord(
  ctx: Ctx,
  entity: Entity,
  id: string,
  o: ReadOptions = {},
): Promise<RecordOut> {
  refuseReading(ctx, entity);
  const [record] = await readMany(ctx, entity, [id], o);
  if (!record) return readInstead(ctx, entity, id, o);
  if (typeof record['removedAt'] !== 'string') return record;
  const into = (await readableMergedInto(ctx, entity, [id])).get(id);
  return into === undefined ? record : { ...record, mergedInto: into };
}

/** The record that one which was merged went into: the id of that one answers with it for ever. */
async function readInstead(ctx: Ctx, entity: Entity, id: string, o: ReadOptions): Promise<RecordOut> {
  const into = isId(id) ? (await mergedInto(ctx, entity, [id])).get(id) : undefined;
  const [record] = into === undefined ? [] : await readMany(ctx, entity, [into], o);
  if (!record) throw refuseMissing(entity, id);
  return record;
}

/** The records of these ids that the reader may see, in the order asked, in one statement. */
export async function readMany(
  ctx: Ctx,
  entity: Entity,
  ids: readonly string[],
  o: ReadOptions = {},
): Promise<readonly RecordOut[]> {
  const wanted = ids.filter(isId);
  const plan = keptPlan(ctx, entity, o, wanted.length === 1);
  if (wanted.length === 0) return [];
  const asked = wanted.length === 1 ? wanted[0] : wanted;
  const parameters = plan.parameters.map((value) => (value === wantedIds ? asked : value));
  const rows: readonly Row[] =
    plan.name === null
      ? (await ctx.db.executeQuery<Row>(CompiledQuery.raw(plan.text, parameters))).rows
      : await readAtOnce(ctx.db, plan.name, plan.text, parameters);
  if (rows.length < 2) return rows.map(plan.selection.read);
  const found = new Map(rows.map((row) => [row.id as string, row]));
  return wanted.flatMap((id) => {
    const row = found.get(id);
    return row ? [plan.selection.read(row)] : [];
  });
}

/** A record that is read by a statement sent together with the one that writes it; `rows` are null until it is. */
export interface ReadBack {
  readonly statement: Prepared;
  rows: readonly Row[] | null;
  /** The record in these rows as the reader may see it; null when it isn't there for him. */
  readonly read: (rows: readonly Row[]) => RecordOut | null;
}

/** How the record of this id is read right after it is written: the same that `readMany` answers. */
export function readBackOf(ctx: Ctx, entity: Entity, id: string, o: ReadOptions = {}): ReadBack | null {
  const { name, text, parameters, selection } = keptPlan(ctx, entity, o, true);
  if (name === null) return null;
  const values = parameters.map((value) => (value === wantedIds ? id : value));
  return {
    statement: { name, text, values },
    rows: null,
    read: ([row]) => (row ? selection.read(row) : null),
  };
}

/** Stands for the ids in a kept statement. */
const wantedIds = { stands: 'for the ids asked' };

interface ReadPlan {
  /** Of the statement that connections keep: one record with all its fields. */
  readonly name: string | null;
  readonly text: string;
  readonly parameters: readonly unknown[];
  readonly selection: Selection;
}

const keptPlan = (ctx: Ctx, entity: Entity, o: ReadOptions, single: boolean): ReadPlan =>
  keepPlan(ctx, entity, ['read', o.fields, o.removed, single], undefined, () =>
    makePlan(ctx, entity, o, single),
  );

function makePlan(ctx: Ctx, entity: Entity, o: ReadOptions, single: boolean): ReadPlan {
  const source = openSource(ctx, entity);
  const selection = selectFields(ctx, source, o.fields);
  const id = sql.ref(`${source.alias}.id`);
  const conditions: RawBuilder<unknown>[] = [
    single ? sql`${id} = ${wantedIds}::uuid` : sql`${id} = any(${wantedIds}::uuid[])`,
  ];
  if (!o.removed) conditions.push(sql`${sql.ref(`${source.alias}.removed_at`)} is null`);
  const access = accessFilter(ctx, entity, 'read', source.alias);
  if (access) conditions.push(access);
  const { sql: text, parameters } = sql`select ${sql.join(selection.columns)} from ${source.from()}
    where ${sql.join(conditions, sql` and `)}`.compile(ctx.db);
  return { name: single && !o.fields ? statementName(text) : null, text, parameters, selection };
}
