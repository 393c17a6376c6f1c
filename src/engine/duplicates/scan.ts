import { sql } from 'kysely';
import { snakeCase } from '../../lib/names.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { Ctx, Place } from '../ctx.ts';
import { claimed } from '../long-work/claim.ts';
import { isPassing, reasonOf } from '../long-work/stopped.ts';
import { comparedColumns, comparedOf } from './candidates.ts';
import { type Facing, facingItself, facingOthers, fieldsRead, turned } from './facing.ts';
import { keepPairsOf, type Scanned } from './pairs-of.ts';
import { looksAt, othersLookedAt, readScan, type StoredScan } from './scans.ts';

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
  const facings = entity ? scannedFacings(system, entity) : [];
  if (!entity || facings.length === 0) return forgetScan(system, name);
  await claimed(system.db, `duplicates ${system.workspace.schema} ${name}`, async () => {
    try {
      let scan = await readScan(system, name);
      if (scan?.state === 'waiting') scan = await begin(system, entity, scan);
      if (scan?.state === 'scanning') await scanAll(system, entity, facings, scan);
      else if (scan?.seenTo) await catchUp(system, entity, facings, scan.seenTo);
    } catch (error) {
      if (isPassing(error)) throw error;
      if (!(error instanceof Problem)) onFailure(error);
      await sql`update ${scans(system)} set state = 'failed', finished_at = now(), stopped = ${JSON.stringify(reasonOf(error))}::jsonb
        where entity = ${name} and state in ('waiting', 'scanning')`.execute(system.db);
    }
  });
}

/** What the records of an entity are searched for: one another, and those of others that it declares. */
function scannedFacings(ctx: Ctx, entity: Entity): readonly Facing[] {
  const fieldsOf = ({ fields }: Entity): Entity['fields'] => fields;
  const itself = facingItself(ctx, entity, fieldsOf);
  return itself ? [itself, ...facingOthers(ctx, entity, fieldsOf)] : [];
}

/** The entities whose scan waits, was left unfinished, or has something to catch up with. */
export async function waitingScans(place: Place): Promise<readonly string[]> {
  const { schema } = place.workspace;
  const { rows } = await sql<Pick<StoredScan, 'entity' | 'state' | 'seenTo' | 'looksAt'>>`
    select entity, state, seen_to as "seenTo", looks_at as "looksAt"
    from ${sql.id(schema, 'duplicate_scan')}`.execute(place.db);
  const waiting: string[] = [];
  for (const { entity, state, seenTo, looksAt: made } of rows) {
    let isWaiting = state === 'waiting' || state === 'scanning';
    for (const each of seenTo ? [entity, ...othersLookedAt(made)] : [])
      isWaiting ||= seenTo !== null && (await hasChanged(place, each, seenTo));
    if (isWaiting) waiting.push(entity);
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

async function scanAll(
  ctx: Ctx,
  entity: Entity,
  facings: readonly Facing[],
  scan: StoredScan,
): Promise<void> {
  const fields = fieldsOfAll(facings);
  let { done, place } = scan;
  for (;;) {
    if (ctx.signal?.aborted) return;
    const from = place ?? first;
    const step = await ctx.db.transaction().execute(async (db) => {
      const inner: Ctx = { ...ctx, db };
      const records = await readScanned(inner, entity, fields, sql`r.id > ${from}::uuid`, sql`r.id`);
      for (const facing of facings) await keepPairsOf(inner, facing, records);
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
      where (entity = ${entity.name} or starts_with(entity, ${`${entity.name} `})) and state = 'open' and at < ${startedAt}`.execute(
      db,
    );
  });
}

/** Compares what was written since anew, also of the entities that it is compared with. */
async function catchUp(ctx: Ctx, entity: Entity, facings: readonly Facing[], seenTo: Date): Promise<void> {
  const begun = new Date();
  await catchUpWith(ctx, entity, facings, seenTo);
  for (const facing of facings)
    if (facing.other !== entity) await catchUpWith(ctx, facing.other, [turned(facing)], seenTo);
  if (ctx.signal?.aborted) return;
  await sql`update ${scans(ctx)} set seen_to = ${begun} where entity = ${entity.name}`.execute(ctx.db);
}

/** Compares the records of one entity that were written since, in the order they were written. */
async function catchUpWith(
  ctx: Ctx,
  entity: Entity,
  facings: readonly Facing[],
  seenTo: Date,
): Promise<void> {
  const fields = fieldsOfAll(facings);
  let after = sql`(${new Date(seenTo.getTime() - lateWrites)}, ${first}::uuid)`;
  for (;;) {
    if (ctx.signal?.aborted) return;
    const records = await readScanned(
      ctx,
      entity,
      fields,
      sql`(r.updated_at, r.id) > ${after}`,
      sql`r.updated_at, r.id`,
    );
    await ctx.db.transaction().execute(async (db) => {
      for (const facing of facings) await keepPairsOf({ ...ctx, db }, facing, records);
    });
    const last = records.at(-1);
    if (!last || records.length < batchSize) return;
    after = sql`(${last.writtenAt}::timestamptz, ${last.id}::uuid)`;
  }
}

const fieldsOfAll = (facings: readonly Facing[]): readonly Field[] => [
  ...new Set(facings.flatMap((facing) => fieldsRead(facing, 'own'))),
];

/** The next records with what is compared of them. */
async function readScanned(
  ctx: Ctx,
  entity: Entity,
  fields: readonly Field[],
  condition: ReturnType<typeof sql>,
  order: ReturnType<typeof sql>,
): Promise<readonly (Scanned & { readonly writtenAt: string })[]> {
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
    await sql`delete from ${sql.id(ctx.workspace.schema, table)}
      where entity = ${entity} or starts_with(entity, ${`${entity} `})`.execute(ctx.db);
}
