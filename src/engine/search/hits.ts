import { type RawBuilder, sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import type { Entity } from '../../model/entity.ts';
import { accessSql, levelFor } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { boundedRead } from '../query/bounded-read.ts';
import { keepPlan } from '../query/plan-cache.ts';
import { statementName } from '../query/prepared.ts';
import { titleSql } from '../query/title.ts';
import { detailSql } from './detail.ts';
import { seenFields } from './matched-part.ts';
import { everyTerm, everyTermInTitle, type SearchQuery } from './search-query.ts';

/**
 * Index entries looked at, of each rank: beyond so many, a search is too short to mean anything. More for who may
 * read only some of them, so that his own are among them.
 */
const mostHits = { ofAll: 1_000, ofSome: 5_000 };

/** Hits of better ranks with which worse ones aren't looked for: beginnings of words cost more than words in full. */
const plentyOfHits = { ofAll: 200, ofSome: 1_000 };

/** How long a search may take, in seconds. */
const longest = 10;

/** A record that a search hits and its reader may read. */
export interface Hit {
  /** Place of its entity among those asked. */
  readonly entity: number;
  readonly id: string;
  readonly title: string | null;
  readonly detail: string | null;
  /** 0: every word in full, one of them in the title; 1: a title word begins so; 2: in full elsewhere; 3: the rest. */
  readonly rank: number;
  /** The columns of the fields that are searched and that the reader may see. */
  readonly row: Readonly<Record<string, unknown>>;
}

/** A parameter that a kept statement leaves open: a text of the search, or how many records of an entity. */
class Slot {
  readonly holds: 'best' | 'titled' | 'all' | 'exactly' | number;
  constructor(holds: Slot['holds']) {
    this.holds = holds;
  }
}

interface HitPlan {
  readonly text: string;
  readonly parameters: readonly unknown[];
}

/**
 * The records hit, by entity: best rank first, the reader's own before others', then the latest changed; of each
 * entity as many as `limits` says. One statement, its work and its time bounded, written once for a reader and planned
 * once for all who have his roles; a choice of entities of one's own (`isChosen`) is planned each time.
 */
export async function readHits(
  ctx: Ctx,
  entities: readonly Entity[],
  query: SearchQuery,
  o: { readonly limits: readonly number[]; readonly isChosen: boolean },
): Promise<readonly Hit[]> {
  const [first] = entities;
  if (!first) return [];
  const names = entities.map(({ name }) => name);
  const plan = keepPlan(ctx, first, ['search', names], undefined, () => planHits(ctx, entities));
  const all = everyTerm(query, 'anyOf');
  const exactly = everyTerm(query, 'exactly');
  const texts = {
    best: everyTermInTitle(query, 'exactly'),
    titled: everyTermInTitle(query, 'anyOf'),
    all,
    exactly,
  };
  const parameters = plan.parameters.map((value) => {
    if (!(value instanceof Slot)) return value;
    return typeof value.holds === 'number' ? (o.limits[value.holds] ?? 0) : texts[value.holds];
  });
  const name = o.isChosen ? {} : { name: statementName(plan.text) };
  return boundedRead<Hit>(ctx, longest, { text: plan.text, parameters, ...name });
}

function planHits(ctx: Ctx, entities: readonly Entity[]): HitPlan {
  const readsAll = entities.every((entity) => levelFor(ctx, entity, 'read') === 'all');
  const reach = readsAll ? 'ofAll' : 'ofSome';
  const [most, plenty] = [sql.lit(mostHits[reach]), sql.lit(plentyOfHits[reach])];
  const entries = sql.id(ctx.workspace.schema, 'search_entry');
  const names = sql.join(entities.map(({ name }) => sql.lit(name)));
  const hits = (words: Slot['holds'], rank: RawBuilder<unknown>): RawBuilder<unknown> => sql`
    select entity, record, ${rank} as rank from ${entries}
    where words @@ ${new Slot(words)}::tsquery and entity in (${names})`;
  const unlessFull = (before: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`limit case when ${before} < ${plenty} then ${most} else 0 end`;
  const best = sql`(select count(*) from best)`;
  const left = unlessFull(sql`${best} + (select count(*) from titled)`);
  const branches = entities.map((entity, index) => branchSql(ctx, entity, index));
  const inFull = sql`case when words @@ ${new Slot('exactly')}::tsquery then 2 else 3 end`;
  // Each is looked for only when those before didn't give enough; a negated query would read the whole table.
  const { sql: text, parameters } = sql`
    with best as materialized (${hits('best', sql`0`)} limit ${most}),
      titled as materialized (${hits('titled', sql`1`)} ${unlessFull(best)}),
      other as materialized (${hits('all', inFull)} ${left}),
      hit as materialized (select entity, record, min(rank) as rank
        from (select * from best union all select * from titled union all select * from other) looked_at
        group by entity, record)
    select * from (${sql.join(branches, sql` union all `)}) found order by entity, place`.compile(ctx.db);
  return { text, parameters };
}

function branchSql(ctx: Ctx, entity: Entity, index: number): RawBuilder<unknown> {
  const alias = 'r';
  const isOwn = Object.hasOwn(entity.fields, 'owner')
    ? sql`coalesce(r.owner_id = ${ctx.who.userId}::uuid, false) desc, `
    : sql``;
  const best = sql`h.rank, ${isOwn}r.updated_at desc, r.id desc`;
  return sql`(select ${sql.lit(index)} as entity, row_number() over (order by ${best}) as place, r.id, h.rank,
      ${titleSql(ctx, entity, alias)} as title, ${detailSql(ctx, entity, alias)} as detail,
      ${rowSql(ctx, entity, alias)} as row
    from hit h join ${sql.id(ctx.workspace.schema, entity.table)} r on r.id = h.record
    where h.entity = ${entity.name} and r.removed_at is null and ${accessSql(ctx, entity, 'read', alias)}
    order by ${best} limit ${new Slot(index)}::int)`;
}

/** Decimals go as text, as the driver gives them elsewhere. */
function rowSql(ctx: Ctx, entity: Entity, alias: string): RawBuilder<unknown> {
  const columns = seenFields(ctx, entity).flatMap((field) => fieldType(field.type).columns(field));
  if (columns.length === 0) return sql`'{}'::jsonb`;
  const pairs = columns.map(({ name, sql: type }) => {
    const column = sql.ref(`${alias}.${name}`);
    return sql`${sql.lit(name)}, ${/^(numeric|bigint)/.test(type) ? sql`${column}::text` : column}`;
  });
  return sql`jsonb_build_object(${sql.join(pairs)})`;
}
