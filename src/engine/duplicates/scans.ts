import { sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { DuplicateMatching, DuplicateScan } from '../../model/duplicate.ts';
import type { Entity } from '../../model/entity.ts';
import { levelFor, refuseReading } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { type Said, saidOut } from '../long-work/said.ts';
import { facingsOrRefuse } from './find-duplicates.ts';

const notYours = message(
  'duplicate-scan-forbidden',
  '{label}: only who may see all of them has all of them searched for duplicates. Ask an administrator.',
  '{label} : seul qui peut toutes les voir peut y faire chercher les doublons. Adressez-vous à un administrateur.',
  '{label}: solo quien puede verlas todas puede hacer buscar duplicados en todas. Pídaselo a un administrador.',
);
const notScanning = message(
  'duplicate-scan-not-running',
  '{label}: no search for duplicates is under way, so there is nothing to cancel.',
  '{label} : aucune recherche de doublons n’est en cours, il n’y a rien à annuler.',
  '{label}: no hay ninguna búsqueda de duplicados en curso, no hay nada que cancelar.',
);

/** A scan as it is kept, one per entity. */
export interface StoredScan {
  readonly entity: string;
  readonly state: DuplicateScan['state'];
  readonly done: number;
  readonly total: number | null;
  /** The last record that was looked at. */
  readonly place: string | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly stopped: Said | null;
  /** By what records were compared, as a text. */
  readonly looksAt: string | null;
  /** What was written before this moment is in the pairs. */
  readonly seenTo: Date | null;
}

/** By what records of an entity are compared now, as a text. */
export function looksAt(ctx: Ctx, entity: Entity): string {
  const { across = [], ...itself } = ctx.workspace.matchingOf(entity) ?? {};
  return JSON.stringify(across.length > 0 ? { ...itself, across } : itself);
}

/** The other entities whose records were compared too, of such a text. */
export function othersLookedAt(text: string | null): readonly string[] {
  const made = JSON.parse(text ?? 'null') as Partial<DuplicateMatching> | null;
  return (made?.across ?? []).map(({ entity }) => entity);
}

/** Whether somebody may have all records searched: who sees them all. */
export const mayScan = (ctx: Ctx, entity: Entity): boolean => levelFor(ctx, entity, 'read') === 'all';

/** The scan of an entity; null when there was none. */
export async function readScan(ctx: Ctx, entity: string): Promise<StoredScan | null> {
  const { rows } = await sql<StoredScan>`
    select entity, state, done, total, place, started_at as "startedAt", finished_at as "finishedAt", stopped,
      looks_at as "looksAt", seen_to as "seenTo"
    from ${sql.id(ctx.workspace.schema, 'duplicate_scan')} where entity = ${entity}`.execute(ctx.db);
  return rows[0] ?? null;
}

/** A scan as its reader sees it. */
export const scanOut = (
  ctx: Ctx,
  entity: Entity,
  { state, done, total, startedAt, finishedAt, stopped, looksAt: made }: StoredScan,
): DuplicateScan => ({
  state,
  done,
  total,
  startedAt: startedAt.toISOString(),
  finishedAt: finishedAt?.toISOString() ?? null,
  stopped: saidOut(stopped, ctx.locale),
  isOutdated: made !== null && made !== looksAt(ctx, entity),
});

/** Leaves all records to be searched for duplicates, from the beginning; one that is under way goes on. */
export async function askScan(ctx: Ctx, entity: Entity): Promise<DuplicateScan> {
  refuseScanning(ctx, entity);
  await sql`
    insert into ${sql.id(ctx.workspace.schema, 'duplicate_scan')} as s (entity, state, done, started_at)
    values (${entity.name}, 'waiting', 0, ${ctx.now})
    on conflict (entity) do update set state = 'waiting', done = 0, total = null, place = null,
      started_at = excluded.started_at, finished_at = null, stopped = null
    where s.state not in ('waiting', 'scanning')`.execute(ctx.db);
  return currentScan(ctx, entity);
}

/** Ends a scan under way; the pairs it found stay. */
export async function cancelScan(ctx: Ctx, entity: Entity): Promise<DuplicateScan> {
  refuseScanning(ctx, entity);
  const { numAffectedRows } = await sql`
    update ${sql.id(ctx.workspace.schema, 'duplicate_scan')} set state = 'cancelled', finished_at = ${ctx.now}
    where entity = ${entity.name} and state in ('waiting', 'scanning')`.execute(ctx.db);
  if (numAffectedRows === 0n)
    throw new Problem('conflict', { message: notScanning, params: { label: entity.label.many } });
  return currentScan(ctx, entity);
}

async function currentScan(ctx: Ctx, entity: Entity): Promise<DuplicateScan> {
  const scan = await readScan(ctx, entity.name);
  if (!scan) throw new Error(`the scan of ${entity.name} is gone`);
  return scanOut(ctx, entity, scan);
}

/** Refuses who may not have all records searched, and where nothing tells duplicates. */
export function refuseScanning(ctx: Ctx, entity: Entity): void {
  refuseReading(ctx, entity);
  facingsOrRefuse(ctx, entity);
  if (!mayScan(ctx, entity))
    throw new Problem('forbidden', { message: notYours, params: { label: entity.label.many } });
}
