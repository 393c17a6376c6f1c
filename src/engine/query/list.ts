import type { Entity } from '../../model/entity.ts';
import type { Page } from '../../model/record.ts';
import { refuseReading } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { boundedRead } from './bounded-read.ts';
import { type Cursor, fingerprint, readCursor, writeCursor } from './cursor.ts';
import { type Asked, bound, type ListPlan, planList, Slot } from './list-plan.ts';
import { refuseCursor, refuseLimit, refuseSortSize } from './mistakes.ts';
import { defaultSort, type Order } from './order.ts';
import { keepPlan } from './plan-cache.ts';
import type { Row } from './selection.ts';

/** Which records of an entity are asked for, and how much of each. */
export interface ListOptions {
  /** A filter in the expression language. */
  readonly where?: string;
  /** `-amount,name`; the entity's own order when left out. */
  readonly sort?: string;
  /** Fields and paths through references, `account.name`; all fields when left out. */
  readonly fields?: readonly string[];
  /** 1 to 200, by default 50. */
  readonly limit?: number;
  /** `next` of the page before. */
  readonly after?: string;
  /** By default bounded on the first page and none on others. */
  readonly count?: 'bounded' | 'exact' | 'none';
  /** The bin instead of the live records. */
  readonly removed?: boolean;
}

/** Most records of a page. */
export const largestPage = 200;

/** How long a page may take: a filter that no index serves reads the whole table. */
const pageSeconds = 15;

/** How long a page with an exact count may take. */
const exactSeconds = 30;

/**
 * A page of records, in one statement: filter, sort, related fields, labels and a bounded count together. Pages
 * of a declared sort stay flat at any size; other sorts are exact up to 10,000 matches and refused beyond.
 */
export async function listRecords(ctx: Ctx, entity: Entity, o: ListOptions = {}): Promise<Page> {
  refuseReading(ctx, entity);
  const limit = o.limit ?? 50;
  if (!Number.isInteger(limit) || limit < 1 || limit > largestPage) throw refuseLimit(o.limit, largestPage);
  const after = o.after ?? null;
  const cursor = after === null ? null : readCursor(after);
  const asked: Asked = {
    where: o.where,
    sort: o.sort ?? defaultSort(ctx, entity),
    fields: o.fields,
    removed: o.removed === true,
    count: o.count ?? (cursor ? 'none' : 'bounded'),
    nulls: cursor?.keys.map((key) => key === null) ?? null,
  };
  const mark = fingerprint(entity.name, asked.sort, asked.where ?? '', asked.removed);
  if (after !== null && cursor?.mark !== mark) throw refuseCursor(after);
  const plan = keepPlan(ctx, entity, Object.values(asked), o.where, () => planList(ctx, entity, asked));
  if (after !== null && cursor?.keys.length !== plan.order.keys.length) throw refuseCursor(after);
  const seconds = asked.count === 'exact' ? exactSeconds : pageSeconds;
  const rows = await run(ctx, plan, { limit, cursor, after, seconds });
  if (!plan.order.flat && (rows[0]?.['~matched'] as number) > bound)
    throw refuseSortSize(ctx, entity, asked.sort, bound);
  return pageOf(plan, rows, limit, asked.count, mark);
}

async function run(
  ctx: Ctx,
  plan: ListPlan,
  {
    limit,
    cursor,
    after,
    seconds,
  }: {
    readonly limit: number;
    readonly cursor: Cursor | null;
    readonly after: string | null;
    readonly seconds: number;
  },
): Promise<readonly Row[]> {
  const parameters = plan.parameters.map((value) => {
    if (!(value instanceof Slot)) return value;
    if (value.holds === 'limit') return limit;
    return value.holds === 'id' ? cursor?.id : cursor?.keys[value.holds];
  });
  try {
    return await boundedRead<Row>(ctx, seconds, { text: plan.text, parameters });
  } catch (error) {
    // A key that PostgreSQL can't read as its column's type comes from a cursor somebody made up.
    if (after !== null && isDataError(error)) throw refuseCursor(after);
    throw error;
  }
}

const isDataError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('22');

function pageOf(
  plan: ListPlan,
  rows: readonly Row[],
  limit: number,
  count: Asked['count'],
  mark: string,
): Page {
  const found = rows[0]?.id === null ? [] : rows;
  const served = found.length > limit ? found.slice(0, limit) : found;
  const last = found.length > limit ? served.at(-1) : undefined;
  const total = rows[0]?.['~total'];
  return {
    items: served.map(plan.selection.read),
    next: last ? writeCursor({ mark, id: last.id as string, keys: keysOf(plan.order, last) }) : null,
    total:
      count === 'none' || typeof total !== 'number' || (count !== 'exact' && total > bound) ? null : total,
  };
}

const keysOf = (order: Order, row: Row): readonly (string | null)[] =>
  order.keys.map((_, index) => (row[`~k${index}`] ?? null) as string | null);
