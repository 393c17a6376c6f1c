import { sql } from 'kysely';
import type { Ctx } from '../src/engine/ctx.ts';
import { readCursor, writeCursor } from '../src/engine/query/cursor.ts';
import { listRecords } from '../src/engine/query/list.ts';
import { orderOf, readOrder } from '../src/engine/query/order.ts';
import { openSource } from '../src/engine/query/source.ts';
import { totals } from '../src/engine/query/totals.ts';
import { quote } from '../src/expression/quote.ts';
import { fieldType } from '../src/fields/index.ts';
import { entityOf } from '../src/model/declarations.ts';
import type { Entity } from '../src/model/entity.ts';
import { type Cost, costOf } from './look.ts';

/** The entities that are many. */
const many = ['account', 'contact', 'opportunity'] as const;

/** A page of a list, at two sizes of the same data. */
export interface ListLine {
  readonly name: string;
  readonly small: Cost;
  readonly large: Cost;
}

/** Each declared sort, its first page and one nine tenths down, where there are few records and where there are many. */
export async function sortLines(small: Ctx, large: Ctx): Promise<readonly ListLine[]> {
  const lines: ListLine[] = [];
  for (const name of many) {
    const { sorts, plural } = entityOf(large.workspace.model, name);
    for (const sort of sorts) {
      const [first, deep] = [await sortCosts(small, name, sort), await sortCosts(large, name, sort)];
      lines.push({ name: `${plural} by ${sort}, first page`, small: first.first, large: deep.first });
      lines.push({ name: `${plural} by ${sort}, nine tenths down`, small: first.deep, large: deep.deep });
    }
  }
  return lines;
}

async function sortCosts(ctx: Ctx, name: string, sort: string): Promise<{ first: Cost; deep: Cost }> {
  const entity = entityOf(ctx.workspace.model, name);
  const asked = { sort, fields: entity.list.columns, count: 'none' } as const;
  const after = await deepCursor(ctx, entity, sort);
  return {
    first: await costOf(ctx, () => listRecords(ctx, entity, asked)),
    deep: await costOf(ctx, () => listRecords(ctx, entity, { ...asked, after })),
  };
}

/** The cursor that paging would give after nine tenths of the records. */
async function deepCursor(ctx: Ctx, entity: Entity, sort: string): Promise<string> {
  const page = await listRecords(ctx, entity, { sort, fields: ['id'], limit: 1 });
  const { mark } = readCursor(page.next ?? '');
  const order = readOrder(ctx, entity, sort);
  const source = openSource(ctx, entity);
  const keys = order.keys.map((key) => key.sql(source));
  const id = sql.ref(`${source.alias}.id`);
  const { rows } = await sql<{ id: string; key: string | null }>`
    select ${id} as id, ${keys[0]}::text as key from ${source.from()} where ${sql.ref(`${source.alias}.removed_at`)} is null
    order by ${orderOf(order, keys, id)}
    offset (select count(*) * 9 / 10 from ${sql.id(ctx.workspace.schema, entity.table)}) limit 1`.execute(
    ctx.db,
  );
  return writeCursor({ mark, id: rows[0]?.id ?? '', keys: [rows[0]?.key ?? null] });
}

/** A declared filter with a value, in the order that costs most. */
export interface FilterLine {
  readonly name: string;
  readonly matches: string;
  readonly sort: string;
  readonly cost: Cost;
  /** The middle of all declared sorts, in milliseconds. */
  readonly middle: number;
  /** Counting what matches, up to 10,000, which is asked apart. */
  readonly count: Cost;
}

/**
 * Each declared filter, with the most frequent value that there is and with a rare or absent one, under each declared
 * sort: told is the costliest.
 */
export async function filterLines(ctx: Ctx): Promise<readonly FilterLine[]> {
  const lines: FilterLine[] = [];
  for (const name of many) {
    const entity = entityOf(ctx.workspace.model, name);
    for (const { where, label } of await filtersOf(ctx, entity)) {
      const asked = (sort: string) => () =>
        listRecords(ctx, entity, { where, sort, fields: entity.list.columns, count: 'none' });
      const times: { sort: string; ms: number }[] = [];
      for (const sort of entity.sorts) times.push({ sort, ms: await msOf(asked(sort)) });
      times.sort((one, other) => other.ms - one.ms);
      const [worst] = times;
      if (!worst) continue;
      const counted = await totals(ctx, entity, { where });
      lines.push({
        name: `${entity.plural}: ${label}`,
        matches: counted.complete ? String(counted.groups[0]?.count ?? 0) : 'more than 10,000',
        sort: worst.sort,
        cost: await costOf(ctx, asked(worst.sort)),
        middle: times[Math.floor(times.length / 2)]?.ms ?? 0,
        count: await costOf(ctx, () => totals(ctx, entity, { where })),
      });
    }
  }
  return lines;
}

/** How long something takes the second time it is done. */
async function msOf(work: () => Promise<unknown>): Promise<number> {
  await work();
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** Expressions over the declared filters of an entity, by a frequent and by a rare value. */
async function filtersOf(ctx: Ctx, entity: Entity): Promise<readonly { where: string; label: string }[]> {
  const filters: { where: string; label: string }[] = [];
  for (const name of entity.list.filters) {
    const field = entity.fields[name];
    if (!field) continue;
    for (const [part, { kind, column, exact, narrows }] of Object.entries(
      fieldType(field.type).paths(field),
    )) {
      if (part !== '' && !narrows) continue;
      const path = part === '' ? name : `${name}.${part}`;
      if (kind === 'codes' || kind === 'ids' || kind === 'boolean') continue;
      const values = await valuesOf(ctx, entity, exact ?? column);
      const write = (value: string): string => (kind === 'number' || kind === 'date' ? value : quote(value));
      const [often, seldom] = [values[0], values.at(-1)];
      if (kind === 'dateTime') {
        filters.push({ where: `${path} >= 2026-11-01`, label: `${path} since this month` });
      } else if (often === undefined) {
        filters.push({ where: `${path} is not empty`, label: `${path} is not empty (all are)` });
      } else {
        filters.push({ where: `${path} = ${write(often)}`, label: `${path} = often` });
        if (seldom !== often)
          filters.push({ where: `${path} = ${write(seldom ?? '')}`, label: `${path} = seldom` });
      }
    }
  }
  return filters;
}

/** Values of a column, frequent ones first, among some thousands of records. */
async function valuesOf(ctx: Ctx, entity: Entity, column: string): Promise<readonly string[]> {
  const ref = sql.ref(column);
  const { rows } = await sql<{ value: string }>`
    select value from (select ${ref}::text as value from ${sql.id(ctx.workspace.schema, entity.table)}
      where ${ref} is not null and removed_at is null limit 20000) seen group by value order by count(*) desc, value`.execute(
    ctx.db,
  );
  return rows.map(({ value }) => value);
}
