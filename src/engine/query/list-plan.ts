import { type RawBuilder, sql } from 'kysely';
import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import { compileFilter, type Filter, filterSql } from './filter.ts';
import { type Order, orderBy, orderOf, type Position, rangesAfter, readOrder } from './order.ts';
import { type Selection, selectFields } from './selection.ts';
import { openSource } from './source.ts';

/** Most records that are counted, or sorted without an index, before saying "more than that". */
export const bound = 10_000;

/** What a list's statement depends on, besides its asker. */
export interface Asked {
  readonly where: string | undefined;
  readonly sort: string;
  readonly fields: readonly string[] | undefined;
  readonly removed: boolean;
  readonly count: 'bounded' | 'exact' | 'none';
  /** Of a further page: which sort keys of the last record served were missing. */
  readonly nulls: readonly boolean[] | null;
}

/** A parameter that a kept statement leaves open: the page's size, or a value of the cursor. */
export class Slot {
  readonly holds: 'limit' | 'id' | number;
  constructor(holds: 'limit' | 'id' | number) {
    this.holds = holds;
  }
}

/** A statement ready to run but for its slots, and how its rows are read. */
export interface ListPlan {
  readonly text: string;
  readonly parameters: readonly unknown[];
  readonly order: Order;
  readonly selection: Selection;
}

/**
 * Writes the one statement of a page: `page` finds ids and sort keys, then only these records are joined with
 * what is shown of them. A row comes back even when the page is empty, since it carries the count.
 */
export function planList(ctx: Ctx, entity: Entity, asked: Asked): ListPlan {
  const order = readOrder(ctx, entity, asked.sort);
  const filter = compileFilter(ctx, entity, asked.where, asked.removed);
  const position: Position | null = asked.nulls && {
    nulls: asked.nulls,
    key: (index) => new Slot(index),
    id: new Slot('id'),
  };
  const shown = openSource(ctx, entity);
  const selection = selectFields(ctx, shown, asked.fields);
  const pages = order.flat ? flatPage : boundedPage;
  const keys = order.keys.map((_, index) => sql.ref(`p.k${index}`));
  const marks = keys.map((key, index) => sql`${key}::text as ${sql.id(`~k${index}`)}`);
  const statement = sql`with ${pages(ctx, entity, filter, order, position)}
    select c.*, ${sql.join([...selection.columns, ...marks])}
    from (select ${countSql(ctx, entity, filter, order, asked)}) c
    left join page p on true
    left join ${shown.table()} on ${sql.ref(`${shown.alias}.id`)} = p.id${shown.joins()}
    order by ${orderOf(order, keys, sql.ref('p.id'))}`;
  const { sql: text, parameters } = statement.compile(ctx.db);
  return { text, parameters, order, selection };
}

/** A page that an index serves in order: its ranges, each of which stops at the page's size. */
function flatPage(
  ctx: Ctx,
  entity: Entity,
  filter: Filter,
  order: Order,
  position: Position | null,
): RawBuilder<unknown> {
  const source = openSource(ctx, entity);
  const keys = order.keys.map((key) => key.sql(source));
  const id = sql.ref(`${source.alias}.id`);
  const matching = filterSql(ctx, source, filter);
  const range = (after: RawBuilder<unknown>): RawBuilder<unknown> => sql`(select ${columnsOf(keys, id)}
      from ${source.from()} where ${matching}${after} order by ${orderOf(order, keys, id)} ${pageLimit()})`;
  if (!position) return sql`page as materialized ${range(sql``)}`;
  const ranges = rangesAfter(order, position, keys, id).map((after) => range(sql` and ${after}`));
  if (ranges.length === 1) return sql`page as materialized ${ranges[0]}`;
  return sql`page as materialized (select * from (${sql.join(ranges, sql` union all `)}) u
      order by ${orderBy(order)} ${pageLimit()})`;
}

/** A page of an order without an index: at most 10,001 matches are gathered, then sorted. */
function boundedPage(
  ctx: Ctx,
  entity: Entity,
  filter: Filter,
  order: Order,
  position: Position | null,
): RawBuilder<unknown> {
  const source = openSource(ctx, entity);
  const keys = order.keys.map((key) => key.sql(source));
  const matching = filterSql(ctx, source, filter);
  const columns = columnsOf(keys, sql.ref(`${source.alias}.id`));
  const gathered = order.keys.map((_, index) => sql.id(`k${index}`));
  const ranges = position ? rangesAfter(order, position, gathered, sql.id('id')) : [];
  const after =
    ranges.length > 0
      ? sql`where ${sql.join(
          ranges.map((range) => sql`(${range})`),
          sql` or `,
        )}`
      : sql``;
  return sql`matched as materialized (select ${columns} from ${source.from()} where ${matching} limit ${sql.lit(bound + 1)}),
    page as materialized (select * from matched ${after} order by ${orderBy(order)} ${pageLimit()})`;
}

const columnsOf = (keys: readonly RawBuilder<unknown>[], id: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql.join([sql`${id} as id`, ...keys.map((key, index) => sql`${key} as ${sql.id(`k${index}`)}`)]);

/** One more than the page holds, to know whether another follows. */
const pageLimit = (): RawBuilder<unknown> => sql`limit ${new Slot('limit')}::int + 1`;

/** The count, worked out apart only when the first page doesn't hold all matches itself. */
function countSql(ctx: Ctx, entity: Entity, filter: Filter, order: Order, asked: Asked): RawBuilder<unknown> {
  if (!order.flat) return sql`n as "~matched", n as "~total" from (select count(*)::int as n from matched) m`;
  if (asked.count === 'none') return sql`null::int as "~total"`;
  const source = openSource(ctx, entity);
  const matching = filterSql(ctx, source, filter);
  const most = asked.count === 'exact' ? sql`` : sql` limit ${sql.lit(bound + 1)}`;
  const counted = sql`(select count(*)::int from (select 1 from ${source.from()} where ${matching}${most}) n)`;
  if (asked.nulls !== null) return sql`${counted} as "~total"`;
  const served = sql`(select count(*)::int from page)`;
  return sql`case when ${served} <= ${new Slot('limit')}::int then ${served} else ${counted} end as "~total"`;
}
