import { type RawBuilder, sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import type { Entity } from '../../model/entity.ts';
import { accessSql, levelFor } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { boundedRead } from '../query/bounded-read.ts';
import { titleSql } from '../query/title.ts';
import { detailSql } from './detail.ts';
import { seenFields } from './matched-part.ts';
import { everyTerm, type SearchQuery, someTerm } from './search-query.ts';

/**
 * Index entries looked at, of each rank: beyond so many, a search is too short to mean anything. More for who may
 * read only some of them, so that his own are among them.
 */
const mostHits = { ofAll: 1_000, ofSome: 5_000 };

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

/**
 * The records hit, by entity: best rank first, the reader's own before others', then the latest changed; of each
 * entity as many as `limits` says. One statement, its work and its time bounded.
 */
export async function readHits(
  ctx: Ctx,
  entities: readonly Entity[],
  query: SearchQuery,
  limits: readonly number[],
): Promise<readonly Hit[]> {
  const readsAll = entities.every((entity) => levelFor(ctx, entity, 'read') === 'all');
  const most = sql.lit(readsAll ? mostHits.ofAll : mostHits.ofSome);
  const entries = sql.id(ctx.workspace.schema, 'search_entry');
  const names = entities.map(({ name }) => name);
  const all = everyTerm(query, 'anyOf');
  const exactly = everyTerm(query, 'exactly');
  const hits = (words: string, rank: RawBuilder<unknown>): RawBuilder<unknown> => sql`
    select entity, record, ${rank} as rank from ${entries}
    where words @@ ${words}::tsquery and entity = any(${names}::text[])`;
  const unlessFull = (before: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`limit case when ${before} < ${most} then ${most} else 0 end`;
  const best = sql`(select count(*) from best)`;
  const left = unlessFull(sql`${best} + (select count(*) from titled)`);
  const branches = entities.map((entity, index) => branchSql(ctx, entity, index, limits[index] ?? 0));
  // Each is looked for only when those before didn't give enough; a negated query would read the whole table.
  const statement = sql<Hit>`
    with best as materialized (
        ${hits(`(${exactly}) & (${someTerm(query, 'exactlyInTitle')})`, sql`0`)} limit ${most}),
      titled as materialized (${hits(`(${all}) & (${someTerm(query, 'inTitle')})`, sql`1`)}
        ${unlessFull(best)}),
      other as materialized (${hits(all, sql`case when words @@ ${exactly}::tsquery then 2 else 3 end`)} ${left}),
      hit as materialized (select entity, record, min(rank) as rank
        from (select * from best union all select * from titled union all select * from other) looked_at
        group by entity, record)
    select * from (${sql.join(branches, sql` union all `)}) found order by entity, place`;
  const { sql: text, parameters } = statement.compile(ctx.db);
  return boundedRead<Hit>(ctx, longest, { text, parameters });
}

function branchSql(ctx: Ctx, entity: Entity, index: number, limit: number): RawBuilder<unknown> {
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
    order by ${best} limit ${sql.lit(limit)})`;
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
