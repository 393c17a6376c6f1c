import { type RawBuilder, sql } from 'kysely';
import type { Entity } from '../../model/entity.ts';
import { accessSql, levelFor, mayEver } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { titleSql } from '../query/title.ts';
import { detailSql } from './detail.ts';
import { readSearch } from './search-query.ts';
import { foundBySeenWords, hasUnseenWords } from './seen-words.ts';

/** A record found. */
export interface Found {
  readonly id: string;
  readonly title: string;
  /** What tells it from others of the same title. */
  readonly detail: string | null;
}

/** What was found, by entity in the order of the declarations. */
export interface SearchResult {
  readonly groups: readonly { readonly entity: string; readonly items: readonly Found[] }[];
}

/**
 * Index entries looked at, of title matches and of others: beyond so many, a search is too short to mean anything.
 * More for who may read only some of them, so that his own are among them.
 */
const mostHits = { ofAll: 1_000, ofSome: 5_000 };
const mostPerEntity = 50;
/** Records found that are asked about again, for who may not see every field that is searched. */
const mostLookedAtAgain = 1_000;

/**
 * Quick search by beginnings of words, accents and case ignored, and by phone digits; only records the reader may
 * read, those first whose title matches. One statement, with bounded work.
 */
export async function searchRecords(
  ctx: Ctx,
  text: string,
  o: { readonly entities?: readonly string[]; readonly limit?: number } = {},
): Promise<SearchResult> {
  const query = readSearch(text);
  const entities = [...ctx.workspace.model.entities.values()].filter(
    (entity) =>
      entity.search.length > 0 &&
      (!o.entities || o.entities.includes(entity.name)) &&
      mayEver(ctx, entity, 'read'),
  );
  if (query === null || entities.length === 0) return { groups: [] };
  const limit = Math.min(Math.max(Math.trunc(o.limit ?? 8), 1), mostPerEntity);
  const isVeiled = entities.map((entity) => hasUnseenWords(ctx, entity));
  const branches = entities.map((entity, index) =>
    foundSql(ctx, entity, index, isVeiled[index] ? mostLookedAtAgain : limit),
  );
  const readsAll = entities.every((entity) => levelFor(ctx, entity, 'read') === 'all');
  const most = sql.lit(readsAll ? mostHits.ofAll : mostHits.ofSome);
  const hits = (words: string): RawBuilder<unknown> => sql`select entity, record, title
      from ${sql.id(ctx.workspace.schema, 'search_entry')}
      where words @@ ${words}::tsquery and entity = any(${entities.map(({ name }) => name)}::text[])`;
  // Others are looked for only when titles didn't give enough; a negated query would read the whole table.
  const { rows } = await sql<{ entity: number; id: string; title: string | null; detail: string | null }>`
    with titled as materialized (${hits(`(${query.all}) & (${query.inTitle})`)} limit ${most}),
    other as materialized (${hits(query.all)}
      limit case when (select count(*) from titled) < ${most} then ${most} else 0 end),
    hit as materialized (select *, true as in_title from titled union all
      select *, false from other where record not in (select record from titled))
    select * from (${sql.join(branches, sql` union all `)}) found
    order by entity, place`.execute(ctx.db);
  const groups = await Promise.all(
    entities.map(async (entity, index) => {
      const own = rows.filter((row) => row.entity === index);
      const ids = own.map(({ id }) => id);
      const seen = isVeiled[index] ? await foundBySeenWords(ctx, entity, ids, query) : null;
      return {
        entity: entity.name,
        items: own
          .filter(({ id }) => seen?.has(id) ?? true)
          .slice(0, limit)
          .map(({ id, title, detail }) => ({ id, title: title ?? '', detail: detail || null })),
      };
    }),
  );
  return { groups: groups.filter(({ items }) => items.length > 0) };
}

function foundSql(ctx: Ctx, entity: Entity, index: number, limit: number): RawBuilder<unknown> {
  const alias = 'r';
  const title = titleSql(ctx, entity, alias);
  const best = sql`h.in_title desc, h.title collate "C", h.record`;
  return sql`(select ${sql.lit(index)} as entity, row_number() over (order by ${best}) as place, r.id,
      ${title} as title, ${detailSql(ctx, entity, alias)} as detail
    from hit h join ${sql.id(ctx.workspace.schema, entity.table)} r on r.id = h.record
    where h.entity = ${entity.name} and r.removed_at is null and ${accessSql(ctx, entity, 'read', alias)}
    order by ${best} limit ${sql.lit(limit)})`;
}
