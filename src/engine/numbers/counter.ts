import { type RawBuilder, sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import { numberRegex, periodOn } from '../../model/number-series.ts';
import type { Ctx, Db, NumberSeries } from '../ctx.ts';
import { readAtOnce, statementName } from '../query/prepared.ts';
import { isFastLaneOpen } from '../workspace/fast-lane.ts';
import type { SerialPlace } from './series.ts';

/** Where counting happens: within a transaction, or beside all transactions on the pool itself. */
export interface Counting {
  readonly ctx: Ctx;
  readonly place: SerialPlace;
  readonly series: NumberSeries;
  /** The day on which the numbers are given, `YYYY-MM-DD`. */
  readonly day: string;
}

/** Transactions that hold the counters of series, by what they are: they go on counting where they began. */
const held = new WeakMap<Db, Set<string>>();

/** Whether the numbers of a series are to be taken within the transaction under way. */
export const isCountedWithin = ({ ctx, series }: Counting): boolean =>
  series.gapFree ||
  (ctx.db.isTransaction &&
    (held.get(ctx.db)?.has(series.code) === true || !isFastLaneOpen(ctx.workspace.numbers.pool)));

/**
 * Takes `count` numbers in a row and answers the last one. `within` the transaction under way they are given back when
 * it is rolled back, and whoever else wants numbers of the series waits until it ends; otherwise they are taken beside
 * it, at once and for good.
 */
export async function takeNumbers(counting: Counting, count: number, within: boolean): Promise<number> {
  const { series, ctx, day } = counting;
  const period = periodOn(series.restart, day);
  const next = sql`set given = greatest(c.given, ${series.start - 1}::bigint) + ${count}::bigint`;
  const last = await move(
    counting,
    within,
    sql`update ${counterTable(ctx)} c ${next}
        where series = ${series.code} and period = ${period} ${within ? sql`` : briefly} returning given`,
  );
  if (last !== null) return last;
  // The first numbers of a period: above those that records brought along, or had under an earlier setting.
  const first = Math.max(await highestUsed(ctx.db, counting), series.start - 1) + count;
  const made = await move(
    counting,
    within,
    sql`insert into ${counterTable(ctx)} as c (series, period, given)
        values (${series.code}, ${period}, ${first}::bigint)
        on conflict (series, period) do update ${next} returning given`,
  );
  if (made === null) throw new Error(`the series ${series.code} gave no number`);
  return made;
}

/** Beside others nobody waits long: who holds the counter may be waiting for the same connection. */
const briefly = sql`and set_config('lock_timeout', '2000', true) is not null`;

/** Lets a series go on above `reached`, and forgets the numbers below it that this process took ahead. */
export async function raiseCounter(counting: Counting, reached: number, within: boolean): Promise<void> {
  const { ctx, series, day } = counting;
  const period = periodOn(series.restart, day);
  const raised = await move(
    counting,
    within,
    sql`insert into ${counterTable(ctx)} as c (series, period, given)
        values (${series.code}, ${period}, ${Math.max(reached, series.start - 1)}::bigint)
        on conflict (series, period) do update set given = excluded.given where c.given < excluded.given
        returning given`,
  );
  if (raised === null) return;
  const { blocks } = ctx.workspace.numbers;
  for (const key of blocks.keys()) if (key.startsWith(`${series.code} `)) blocks.delete(key);
}

/** The highest number given so far in the period of a day; 0 when none was. */
export async function numbersGiven(db: Db, { ctx, series, day }: Omit<Counting, 'place'>): Promise<number> {
  const { rows } = await sql<{ given: number }>`
    select given from ${counterTable(ctx)}
    where series = ${series.code} and period = ${periodOn(series.restart, day)}`.execute(db);
  return rows[0]?.given ?? 0;
}

/** The highest number that any record holds in the period of a day, those in the bin included. */
export async function highestUsed(db: Db, { ctx, place, series, day }: Counting): Promise<number> {
  const path = fieldType(place.field.type).paths(place.field)[''];
  const column = sql.ref(`t.${path?.exact ?? path?.column ?? ''}`);
  const digits = sql`substring(${column} from ${numberRegex(series, day)})`;
  const { rows } = await sql<{ highest: number | null }>`
    select max(${digits}::bigint) as highest
    from ${sql.id(ctx.workspace.schema, place.entity.table)} t where ${column} is not null`.execute(db);
  return rows[0]?.highest ?? 0;
}

const counterTable = (ctx: Ctx) => sql.id(ctx.workspace.schema, 'number_counter');

/** Runs a statement that moves a counter on. */
async function move(
  { ctx, series }: Counting,
  within: boolean,
  statement: RawBuilder<unknown>,
): Promise<number | null> {
  const db = within ? ctx.db : ctx.workspace.numbers.pool;
  if (within && db.isTransaction) held.set(db, (held.get(db) ?? new Set()).add(series.code));
  const { sql: text, parameters } = statement.compile(db);
  const rows = await readAtOnce<{ given: number }>(db, statementName(text), text, parameters);
  return rows[0]?.given ?? null;
}
