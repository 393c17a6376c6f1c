import { sql } from 'kysely';
import type { Db } from '../ctx.ts';
import { qualified, quoted } from './ddl.ts';

const monthsAhead = 2;
const rest = 'event_default';

/**
 * Makes the partitions of the event log for this month and the next two, and the one that takes the rest; answers the
 * names of those it made. Called at start and daily; what is there already costs one look into the catalog.
 */
export async function ensurePartitions(db: Db, schema: string, now: Date): Promise<readonly string[]> {
  const months = Array.from({ length: monthsAhead + 1 }, (_, ahead) => monthOf(now, ahead));
  const missingOf = async (connection: Db): Promise<readonly string[]> => {
    const present = await partitionsOf(connection, schema);
    return [rest, ...months.map((month) => month.name)].filter((name) => !present.has(name));
  };
  if ((await missingOf(db)).length === 0) return [];
  return db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`rapport partitions ${schema}`}, 0))`.execute(
      transaction,
    );
    // Another process may have made them meanwhile.
    const missing = await missingOf(transaction);
    await sql`set local lock_timeout = '3s'`.execute(transaction);
    if (missing.includes(rest)) {
      const table = `${qualified(schema, rest)} partition of ${qualified(schema, 'event')} default`;
      await sql.raw(`create table ${table}`).execute(transaction);
    }
    for (const month of months) if (missing.includes(month.name)) await makeMonth(transaction, schema, month);
    return missing;
  });
}

interface Month {
  readonly name: string;
  readonly from: string;
  readonly until: string;
}

/** The month `ahead` months after the one of `now`, in UTC. */
function monthOf(now: Date, ahead: number): Month {
  const first = (months: number): string =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1)).toISOString();
  const from = first(ahead);
  return { name: `event_${from.slice(0, 4)}_${from.slice(5, 7)}`, from, until: first(ahead + 1) };
}

async function partitionsOf(db: Db, schema: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ name: string }>`
    select p.relname as name
      from pg_catalog.pg_inherits i
      join pg_catalog.pg_class p on p.oid = i.inhrelid
      join pg_catalog.pg_class t on t.oid = i.inhparent
      join pg_catalog.pg_namespace n on n.oid = t.relnamespace
     where n.nspname = ${schema} and t.relname = 'event'`.execute(db);
  return new Set(rows.map((row) => row.name));
}

/**
 * A table like the log is filled with what the partition of the rest holds of that month, then attached: attaching lets
 * readers and writers of the other partitions go on.
 */
async function makeMonth(transaction: Db, schema: string, month: Month): Promise<void> {
  const run = async (statement: string): Promise<unknown> => sql.raw(statement).execute(transaction);
  const [parent, partition, source] = ['event', month.name, rest].map((name) => qualified(schema, name));
  const range = `${quoted('at')} >= '${month.from}' and ${quoted('at')} < '${month.until}'`;
  await run(`create table ${partition} (like ${parent} including defaults including constraints)`);
  await run(`lock table ${source} in access exclusive mode`);
  await run(
    `with moved as (delete from ${source} where ${range} returning *) insert into ${partition} select * from moved`,
  );
  const bounds = `from ('${month.from}') to ('${month.until}')`;
  await run(`alter table ${parent} attach partition ${partition} for values ${bounds}`);
}
