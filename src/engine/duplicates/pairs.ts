import { type RawBuilder, sql } from 'kysely';
import { isId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { DuplicatePair, DuplicatePairs, PairState } from '../../model/duplicate.ts';
import type { Entity } from '../../model/entity.ts';
import { accessSql, refuseReading } from '../access/access.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { readMany } from '../query/read.ts';
import { comparedValues } from './candidates.ts';
import { comparingOrRefuse } from './find-duplicates.ts';
import { reasonsOf } from './reasons.ts';
import { mayScan, readScan, scanOut } from './scans.ts';
import { type Comparing, scoreOf } from './score.ts';

const badCursor = message(
  'duplicate-bad-cursor',
  'This isn’t where a page of duplicates ended: take “next” of the page before.',
  'Ce n’est pas la fin d’une page de doublons : prenez « next » de la page précédente.',
  'No es el final de una página de duplicados: tome «next» de la página anterior.',
);
const noPair = message(
  'duplicate-no-pair',
  '{label}: these two aren’t told as duplicates, or you may not see both. Take a pair of the list.',
  '{label} : ces deux fiches ne sont pas signalées comme doublons, ou vous ne pouvez pas voir les deux. Prenez une paire de la liste.',
  '{label}: estas dos fichas no figuran como duplicadas, o no puede ver ambas. Tome un par de la lista.',
);
const notYours = message(
  'duplicate-decide-forbidden',
  '{label}: only who may change one of the two decides whether they are the same.',
  '{label} : seul qui peut modifier l’une des deux décide si elles sont la même.',
  '{label}: solo quien puede cambiar una de las dos decide si son la misma.',
);

/** Pages looked at for one that is asked: pairs that are alike no longer are left out. */
const mostLooks = 5;

interface PairRow {
  readonly a: string;
  readonly b: string;
  readonly score: number;
  readonly state: PairState;
  readonly decidedBy: string | null;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
}

/**
 * Pairs of records that may be the same, likeliest first: only those of which the asker may read both, by what he may
 * see of them and as they are now. With them how far the scan is.
 */
export async function listPairs(
  ctx: Ctx,
  entity: Entity,
  asked: { readonly state?: PairState; readonly limit?: number; readonly after?: string },
): Promise<DuplicatePairs> {
  refuseReading(ctx, entity);
  const comparing = comparingOrRefuse(ctx, entity);
  const { state = 'open', limit = 20 } = asked;
  const items: DuplicatePair[] = [];
  let next: string | null = asked.after ?? null;
  for (let look = 0; look < mostLooks && items.length < limit; look += 1) {
    const wanted: number = limit - items.length;
    const rows = await selectPairs(ctx, entity, comparing, { state, limit: wanted + 1, after: next });
    const shown: readonly PairRow[] = rows.slice(0, wanted);
    items.push(...(await tellPairs(ctx, entity, comparing, shown)));
    const last: PairRow | undefined = shown.at(-1);
    next = rows.length > wanted && last ? [last.score, last.a, last.b].join('_') : null;
    if (next === null) break;
  }
  const scan = await readScan(ctx, entity.name);
  return { items, next, scan: scan && scanOut(ctx, entity, scan), canScan: mayScan(ctx, entity) };
}

/** Keeps what somebody decided of a pair: that it is none, or that it is open again. */
export async function decidePair(
  ctx: Ctx,
  entity: Entity,
  { records, state }: { readonly records: readonly [string, string]; readonly state: PairState },
): Promise<void> {
  refuseReading(ctx, entity);
  comparingOrRefuse(ctx, entity);
  const [a, b] = [...records].sort();
  const params = { label: entity.label.many };
  const { rows } = await sql<{ may: boolean }>`
    select ${accessSql(ctx, entity, 'update', 'ra')} or ${accessSql(ctx, entity, 'update', 'rb')} as may
    from ${bothReadable(ctx, entity)} and p.a = ${a}::uuid and p.b = ${b}::uuid`.execute(ctx.db);
  const [found] = rows;
  if (!found) throw new Problem('not-found', { message: noPair, params });
  if (!found.may) throw new Problem('forbidden', { message: notYours, params });
  const isDecided = state !== 'open';
  await sql`update ${sql.id(ctx.workspace.schema, 'duplicate_pair')}
    set state = ${state}, decided_by = ${isDecided ? ctx.who.userId : null}, decided_at = ${isDecided ? ctx.now : null}
    where entity = ${entity.name} and a = ${a}::uuid and b = ${b}::uuid`.execute(ctx.db);
}

/** Pairs of live records, both readable. */
function bothReadable(ctx: Ctx, entity: Entity): RawBuilder<unknown> {
  const table = sql.id(ctx.workspace.schema, entity.table);
  return sql`${sql.id(ctx.workspace.schema, 'duplicate_pair')} p
    join ${table} ra on ra.id = p.a and ra.removed_at is null
    join ${table} rb on rb.id = p.b and rb.removed_at is null
    where p.entity = ${entity.name} and ${accessSql(ctx, entity, 'read', 'ra')} and ${accessSql(ctx, entity, 'read', 'rb')}`;
}

async function selectPairs(
  ctx: Ctx,
  entity: Entity,
  comparing: Comparing,
  o: { readonly state: PairState; readonly limit: number; readonly after: string | null },
): Promise<readonly PairRow[]> {
  const score = seenScore(ctx, entity, comparing);
  const after = o.after === null ? sql`true` : sql`(${score}, p.a, p.b) < ${readCursor(o.after)}`;
  const { rows } = await sql<PairRow>`
    select p.a, p.b, ${score} as score, p.state, p.decided_by as "decidedBy", u.name as "decidedByName",
      p.decided_at as "decidedAt"
    from ${sql.id(ctx.workspace.schema, 'user')} u right join (select p.* from ${bothReadable(ctx, entity)}) p
      on u.id = p.decided_by
    where p.state = ${o.state} and ${after} and ${score} >= ${comparing.threshold}
    order by ${score} desc, p.a desc, p.b desc limit ${sql.lit(o.limit)}`.execute(ctx.db);
  return rows;
}

/** The points of what the asker sees: what he may not see of a record doesn't count for him. */
function seenScore(ctx: Ctx, entity: Entity, comparing: Comparing): RawBuilder<number> {
  const fields = readableFields(ctx, entity);
  const all = ctx.workspace.matchingOf(entity)?.criteria ?? [];
  const seen = comparing.comparisons.filter(({ criterion }) => criterion.anyOf.every((name) => fields[name]));
  if (seen.length === all.length) return sql<number>`p.score`;
  const names = seen.map(({ criterion }) => criterion.name);
  return sql<number>`(select coalesce(least(100, sum(value::int)), 0)::int from jsonb_each_text(p.points)
    where key = any(${names}::text[]))`;
}

function readCursor(text: string): RawBuilder<unknown> {
  const [, score, a, b] = /^(\d{1,3})_([0-9a-f-]{36})_([0-9a-f-]{36})$/.exec(text) ?? [];
  if (!score || !isId(a) || !isId(b)) throw new Problem('malformed', { message: badCursor });
  return sql`(${Number(score)}, ${a}::uuid, ${b}::uuid)`;
}

async function tellPairs(
  ctx: Ctx,
  entity: Entity,
  comparing: Comparing,
  rows: readonly PairRow[],
): Promise<readonly DuplicatePair[]> {
  const ids = [...new Set(rows.flatMap(({ a, b }) => [a, b]))];
  if (ids.length === 0) return [];
  const records = new Map((await readMany(ctx, entity, ids)).map((record) => [record.id, record]));
  const values = await comparedValues(ctx, entity, comparing, ids);
  return rows.flatMap(({ a, b, state, decidedBy, decidedByName, decidedAt }): DuplicatePair[] => {
    const [one, other] = [records.get(a), records.get(b)];
    if (!one || !other) return [];
    const { score, points } = scoreOf(comparing, values.get(a) ?? {}, values.get(b) ?? {});
    if (state === 'open' && score < comparing.threshold) return [];
    return [
      {
        records: [one, other],
        score,
        reasons: reasonsOf(points, ctx.locale),
        state,
        decidedBy: decidedBy === null ? null : { id: decidedBy, label: decidedByName },
        decidedAt: decidedAt?.toISOString() ?? null,
      },
    ];
  });
}
