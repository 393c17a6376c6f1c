import { type RawBuilder, sql } from 'kysely';
import { isId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { DuplicatePair, DuplicatePairs, PairState } from '../../model/duplicate.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { RecordOut, Values } from '../../model/record.ts';
import { accessSql, refuseReading } from '../access/access.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { readMany } from '../query/read.ts';
import { comparedValues } from './candidates.ts';
import { type Facing, fieldsRead, turned } from './facing.ts';
import { facingsOrRefuse } from './find-duplicates.ts';
import { reasonsOf } from './reasons.ts';
import { mayScan, readScan, scanOut } from './scans.ts';

const badCursor = message(
  'duplicate-bad-cursor',
  'This isn’t where a page of duplicates ended: take “next” of the page before.',
  'Ce n’est pas la fin d’une page de doublons : prenez « next » de la page précédente.',
  'No es el final de una página de duplicados: tome «next» de la página anterior.',
);
const notCompared = message(
  'duplicate-not-compared',
  '{label} aren’t compared with “{given}”. Give one of: {names}.',
  '{label} : pas de comparaison avec « {given} ». Donnez l’une de : {names}.',
  '{label} no se comparan con «{given}». Dé una de: {names}.',
);
const noPair = message(
  'duplicate-no-pair',
  '{label}: these two aren’t told as duplicates, or you may not see both. Take a pair of the list.',
  '{label} : ces deux fiches ne sont pas signalées comme doublons, ou vous ne pouvez pas voir les deux. Prenez une paire de la liste.',
  '{label}: estos dos registros no figuran como duplicados, o no puede ver ambos. Tome un par de la lista.',
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

/** Which pairs of an entity are meant: those with records of `other`, or among one another. */
export interface PairsAsked {
  readonly with?: string;
}

/**
 * Pairs of records that may be the same, likeliest first: only those of which the asker may read both, by what he may
 * see of them and as they are now. With them how far the scan is.
 */
export async function listPairs(
  ctx: Ctx,
  entity: Entity,
  asked: PairsAsked & { readonly state?: PairState; readonly limit?: number; readonly after?: string },
): Promise<DuplicatePairs> {
  const facing = facingAsked(ctx, entity, asked);
  const { state = 'open', limit = 20 } = asked;
  const items: DuplicatePair[] = [];
  let next: string | null = asked.after ?? null;
  for (let look = 0; look < mostLooks && items.length < limit; look += 1) {
    const wanted: number = limit - items.length;
    const rows = await selectPairs(ctx, facing, { state, limit: wanted + 1, after: next });
    const shown: readonly PairRow[] = rows.slice(0, wanted);
    items.push(...(await tellPairs(ctx, facing, shown)));
    const last: PairRow | undefined = shown.at(-1);
    next = rows.length > wanted && last ? [last.score, last.a, last.b].join('_') : null;
    if (next === null) break;
  }
  // Of two entities, the one that declares it is searched.
  const scan = await readScan(ctx, facing.own.name);
  return {
    items,
    next,
    scan: scan && scanOut(ctx, facing.own, scan),
    canScan: mayScan(ctx, facing.own),
  };
}

/** Keeps what somebody decided of a pair: that it is none, or that it is open again. */
export async function decidePair(
  ctx: Ctx,
  entity: Entity,
  {
    records,
    state,
    ...asked
  }: PairsAsked & { readonly records: readonly [string, string]; readonly state: PairState },
): Promise<void> {
  const facing = facingAsked(ctx, entity, asked);
  const { own, other, pairs, comparing } = facing;
  const params = { label: entity.label.many };
  // Only pairs that he is told of: what he may not see may be all by which two records are one.
  const { rows } = await sql<{ a: string; b: string; may: boolean }>`
    select p.a, p.b, ${accessSql(ctx, own, 'update', 'ra')} or ${accessSql(ctx, other, 'update', 'rb')} as may
    from ${bothReadable(ctx, facing)} and p.a = any(${[...records]}::uuid[]) and p.b = any(${[...records]}::uuid[])
      and ${seenScore(ctx, facing)} >= ${comparing.threshold}`.execute(ctx.db);
  const [found] = rows;
  if (!found) throw new Problem('not-found', { message: noPair, params });
  if (!found.may) throw new Problem('forbidden', { message: notYours, params });
  const isDecided = state !== 'open';
  await sql`update ${sql.id(ctx.workspace.schema, 'duplicate_pair')}
    set state = ${state}, decided_by = ${isDecided ? ctx.who.userId : null}, decided_at = ${isDecided ? ctx.now : null}
    where entity = ${pairs} and a = ${found.a}::uuid and b = ${found.b}::uuid`.execute(ctx.db);
}

/** How the asker compares what he asks of, from the side of the entity that declares it. */
function facingAsked(ctx: Ctx, entity: Entity, asked: PairsAsked): Facing {
  refuseReading(ctx, entity);
  const facings = facingsOrRefuse(ctx, entity);
  const { with: name = entity.name } = asked;
  const facing = facings.find(({ other }) => other.name === name);
  if (facing) return facing.declares ? facing : turned(facing);
  const names = facings.map(({ other }) => other.name).join(', ');
  const params = { label: entity.label.many, given: name, names };
  throw new Problem('invalid', { mistakes: [{ field: 'with', message: notCompared, params, value: name }] });
}

/** Pairs of live records, both readable. */
function bothReadable(ctx: Ctx, { pairs, own, other }: Facing): RawBuilder<unknown> {
  const { schema } = ctx.workspace;
  return sql`${sql.id(schema, 'duplicate_pair')} p
    join ${sql.id(schema, own.table)} ra on ra.id = p.a and ra.removed_at is null
    join ${sql.id(schema, other.table)} rb on rb.id = p.b and rb.removed_at is null
    where p.entity = ${pairs} and ${accessSql(ctx, own, 'read', 'ra')} and ${accessSql(ctx, other, 'read', 'rb')}`;
}

async function selectPairs(
  ctx: Ctx,
  facing: Facing,
  o: { readonly state: PairState; readonly limit: number; readonly after: string | null },
): Promise<readonly PairRow[]> {
  const score = seenScore(ctx, facing);
  const after = o.after === null ? sql`true` : sql`(${score}, p.a, p.b) < ${readCursor(o.after)}`;
  const { rows } = await sql<PairRow>`
    select p.a, p.b, ${score} as score, p.state, p.decided_by as "decidedBy", u.name as "decidedByName",
      p.decided_at as "decidedAt"
    from ${sql.id(ctx.workspace.schema, 'user')} u right join (select p.* from ${bothReadable(ctx, facing)}) p
      on u.id = p.decided_by
    where p.state = ${o.state} and ${after} and ${score} >= ${facing.comparing.threshold}
    order by ${score} desc, p.a desc, p.b desc limit ${sql.lit(o.limit)}`.execute(ctx.db);
  return rows;
}

/** The points of what the asker sees: what he may not see of a record doesn't count for him. */
function seenScore(ctx: Ctx, { own, other, comparing }: Facing): RawBuilder<number> {
  const [fields, others] = [readableFields(ctx, own), readableFields(ctx, other)];
  const { criteria = [], across = [] } = ctx.workspace.matchingOf(own) ?? {};
  const names = across.find(({ entity }) => entity === other.name)?.fields;
  const isSeen = (name: string): boolean => {
    const otherName = own === other ? name : names?.[name];
    return otherName === undefined || (Object.hasOwn(fields, name) && Object.hasOwn(others, otherName));
  };
  const hidden = criteria.filter(({ anyOf }) => !anyOf.every(isSeen)).map(({ name }) => name);
  const seen = comparing.comparisons
    .map(({ criterion }) => criterion.name)
    .filter((name) => !hidden.includes(name));
  if (hidden.length === 0) return sql<number>`p.score`;
  return sql<number>`(select coalesce(least(100, sum(value::int)), 0)::int from jsonb_each_text(p.points)
    where key = any(${seen}::text[]))`;
}

function readCursor(text: string): RawBuilder<unknown> {
  const [, score, a, b] = /^(\d{1,3})_([0-9a-f-]{36})_([0-9a-f-]{36})$/.exec(text) ?? [];
  if (!score || !isId(a) || !isId(b)) throw new Problem('malformed', { message: badCursor });
  return sql`(${Number(score)}, ${a}::uuid, ${b}::uuid)`;
}

async function tellPairs(
  ctx: Ctx,
  facing: Facing,
  rows: readonly PairRow[],
): Promise<readonly DuplicatePair[]> {
  const { own, other, comparing } = facing;
  const sides = [
    { entity: own, ids: [...new Set(rows.map(({ a }) => a))], fields: fieldsRead(facing, 'own') },
    { entity: other, ids: [...new Set(rows.map(({ b }) => b))], fields: fieldsRead(facing, 'other') },
  ] as const;
  if (rows.length === 0) return [];
  const [ofA, ofB] = [await readSide(ctx, sides[0]), await readSide(ctx, sides[1])];
  return rows.flatMap(({ a, b, state, decidedBy, decidedByName, decidedAt }): DuplicatePair[] => {
    const [one, another] = [ofA.get(a), ofB.get(b)];
    if (!one || !another) return [];
    const judged = facing.judge({ id: a, values: one.values }, { id: b, values: another.values });
    if (state === 'open' && (judged?.score ?? 0) < comparing.threshold) return [];
    return [
      {
        entities: [own.name, other.name],
        records: [one.record, another.record],
        score: judged?.score ?? 0,
        reasons: reasonsOf(judged?.points ?? [], ctx.locale),
        state,
        decidedBy: decidedBy === null ? null : { id: decidedBy, label: decidedByName },
        decidedAt: decidedAt?.toISOString() ?? null,
      },
    ];
  });
}

/** Records as they are read and as they are compared, by id. */
async function readSide(
  ctx: Ctx,
  o: { readonly entity: Entity; readonly ids: readonly string[]; readonly fields: readonly Field[] },
): Promise<ReadonlyMap<string, { readonly record: RecordOut; readonly values: Values }>> {
  const values = await comparedValues(ctx, o.entity, o.fields, o.ids);
  const records = await readMany(ctx, o.entity, o.ids);
  return new Map(records.map((record) => [record.id, { record, values: values.get(record.id) ?? {} }]));
}
