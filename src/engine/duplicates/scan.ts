import { sql } from 'kysely';
import { snakeCase } from '../../lib/names.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Ctx, Place } from '../ctx.ts';
import { claimed } from '../long-work/claim.ts';
import { isPassing, reasonOf } from '../long-work/stopped.ts';
import { comparedColumns, comparedOf } from './candidates.ts';
import { keepPairsOf, type Scanned } from './pairs-of.ts';
import { looksAt, readScan, type StoredScan } from './scans.ts';
import { type Comparing, comparedFields, comparingBy } from './score.ts';

/** Records compared at a time, in one transaction. */
const batchSize = 300;
/** What was begun so long before a look may have been written after it, in milliseconds. */
const lateWrites = 5 * 60_000;
const first = '00000000-0000-0000-0000-000000000000';

/**
 * Goes through with a scan that waits, or was left by a killed worker behind its last batch; and of a finished one looks
 * at what was written since. One worker at a time. What stops it is kept with it.
 */
export async function workOnScan(
  system: Ctx,
  name: string,
  onFailure: (error: unknown) => void = () => {},
): Promise<void> {
  const entity = system.workspace.model.entities.get(name);
  const matching = entity ? system.workspace.matchingOf(entity) : null;
  if (!entity || !matching) return forgetScan(system, name);
  const comparing = comparingBy(matching, entity.fields);
  await claimed(system.db, `duplicates ${system.workspace.schema} ${name}`, async () => {
    try {
      let scan = await readScan(system, name);
      if (scan?.state === 'waiting') scan = await begin(system, entity, scan);
      if (scan?.state === 'scanning') await scanAll(system, entity, comparing, scan);
      else if (scan?.seenTo) await catchUp(system, entity, comparing, scan.seenTo);
    } catch (error) {
      if (isPassing(error)) throw error;
      if (!(error instanceof Problem)) onFailure(error);
      await sql`update ${scans(system)} set state = 'failed', finished_at = now(), stopped = ${JSON.stringify(reasonOf(error))}::jsonb
        where entity = ${name} and state in ('waiting', 'scanning')`.execute(system.db);
    }
  });
}

/** The entities whose scan waits, was left unfinished, or has something to catch up with. */
export async function waitingScans(place: Place): Promise<readonly string[]> {
  const { schema } = place.workspace;
  const { rows } = await sql<{ entity: string; state: string; seenTo: Date | null }>`
    select entity, state, seen_to as "seenTo" from ${sql.id(schema, 'duplicate_scan')}`.execute(place.db);
  const waiting: string[] = [];
  for (const { entity, state, seenTo } of rows) {
    const isBusy = state === 'waiting' || state === 'scanning';
    if (isBusy || (seenTo && (await hasChanged(place, entity, seenTo)))) waiting.push(entity);
  }
  return waiting;
}

async function hasChanged({ db, workspace }: Place, entity: string, since: Date): Promise<boolean> {
  const name = sql.id(workspace.schema, snakeCase(entity));
  const { rows } = await sql<{ table: string | null }>`
    select to_regclass(${`"${workspace.schema}"."${snakeCase(entity)}"`})::text as table`.execute(db);
  if (!rows[0]?.table) return true;
  const changed = await sql`
    select from ${name} where updated_at > ${since} and removed_at is null limit 1`.execute(db);
  return changed.rows.length > 0;
}

const scans = (ctx: Ctx) => sql.id(ctx.workspace.schema, 'duplicate_scan');

async function begin(ctx: Ctx, entity: Entity, scan: StoredScan): Promise<StoredScan> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${sql.id(ctx.workspace.schema, entity.table)} where removed_at is null`.execute(
    ctx.db,
  );
  const total = rows[0]?.count ?? 0;
  await sql`update ${scans(ctx)} set state = 'scanning', total = ${total}, looks_at = ${looksAt(ctx, entity)}
    where entity = ${entity.name} and state = 'waiting'`.execute(ctx.db);
  return (await readScan(ctx, entity.name)) ?? scan;
}

async function scanAll(ctx: Ctx, entity: Entity, comparing: Comparing, scan: StoredScan): Promise<void> {
  let { done, place } = scan;
  for (;;) {
    if (ctx.signal?.aborted) return;
    const from = place ?? first;
    const step = await ctx.db.transaction().execute(async (db) => {
      const inner: Ctx = { ...ctx, db };
      const records = await readScanned(inner, entity, comparing, sql`r.id > ${from}::uuid`, sql`r.id`);
      await keepPairsOf(inner, entity, comparing, records);
      const last = records.at(-1)?.id ?? null;
      const { numAffectedRows } = await sql`
        update ${scans(ctx)} set done = ${done + records.length}, place = coalesce(${last}::uuid, place)
        where entity = ${entity.name} and state = 'scanning'`.execute(db);
      return { last, count: records.length, isWanted: numAffectedRows === 1n };
    });
    if (!step.isWanted) return;
    done += step.count;
    place = step.last ?? place;
    if (step.count < batchSize) break;
  }
  await end(ctx, entity, scan);
}

/** What this scan didn’t meet again is no pair any more: a record of it is in the bin. */
async function end(ctx: Ctx, entity: Entity, { startedAt }: StoredScan): Promise<void> {
  await ctx.db.transaction().execute(async (db) => {
    const { numAffectedRows } = await sql`
      update ${scans(ctx)} set state = 'done', finished_at = now(), seen_to = ${startedAt}
      where entity = ${entity.name} and state = 'scanning'`.execute(db);
    if (numAffectedRows === 0n) return;
    await sql`delete from ${sql.id(ctx.workspace.schema, 'duplicate_pair')}
      where entity = ${entity.name} and state = 'open' and at < ${startedAt}`.execute(db);
  });
}

/** Compares what was written since anew, in the order it was written. */
async function catchUp(ctx: Ctx, entity: Entity, comparing: Comparing, seenTo: Date): Promise<void> {
  const begun = new Date();
  let after = sql`(${new Date(seenTo.getTime() - lateWrites)}, ${first}::uuid)`;
  for (;;) {
    if (ctx.signal?.aborted) return;
    const records = await readScanned(
      ctx,
      entity,
      comparing,
      sql`(r.updated_at, r.id) > ${after}`,
      sql`r.updated_at, r.id`,
    );
    await ctx.db.transaction().execute((db) => keepPairsOf({ ...ctx, db }, entity, comparing, records));
    const last = records.at(-1);
    if (!last || records.length < batchSize) break;
    after = sql`(${last.writtenAt}::timestamptz, ${last.id}::uuid)`;
  }
  await sql`update ${scans(ctx)} set seen_to = ${begun} where entity = ${entity.name}`.execute(ctx.db);
}

/** The next records with what is compared of them. */
async function readScanned(
  ctx: Ctx,
  entity: Entity,
  comparing: Comparing,
  condition: ReturnType<typeof sql>,
  order: ReturnType<typeof sql>,
): Promise<readonly (Scanned & { readonly writtenAt: string })[]> {
  const fields = comparedFields(comparing);
  const { rows } = await sql<Record<string, unknown> & { readonly id: string; readonly written_at: string }>`
    select r.updated_at::text as written_at, ${comparedColumns(fields, 'r')}
    from ${sql.id(ctx.workspace.schema, entity.table)} r
    where r.removed_at is null and ${condition} order by ${order} limit ${sql.lit(batchSize)}`.execute(
    ctx.db,
  );
  return rows.map((row) => ({ id: row.id, writtenAt: row.written_at, values: comparedOf(fields, row) }));
}

/** The entity is gone, or its duplicates are no longer looked for. */
async function forgetScan(ctx: Ctx, entity: string): Promise<void> {
  for (const table of ['duplicate_scan', 'duplicate_pair'])
    await sql`delete from ${sql.id(ctx.workspace.schema, table)} where entity = ${entity}`.execute(ctx.db);
}
