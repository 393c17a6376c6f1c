import { sql } from 'kysely';
import type { Db } from '../ctx.ts';
import { databaseCode } from './database-error.ts';
import { qualified, quoted } from './ddl.ts';

const ahead = 2;

/**
 * Makes the partitions of the event log for this month and the next two, and the one that takes the rest. Called
 * at start and daily; what is there already costs one look into the catalog.
 */
export async function ensurePartitions(db: Db, schema: string, now: Date): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select p.relname as name
      from pg_catalog.pg_inherits i
      join pg_catalog.pg_class p on p.oid = i.inhrelid
      join pg_catalog.pg_class t on t.oid = i.inhparent
      join pg_catalog.pg_namespace n on n.oid = t.relnamespace
     where n.nspname = ${schema} and t.relname = 'event'`.execute(db);
  const present = new Set(rows.map((row) => row.name));
  const made: string[] = [];
  if (!present.has('event_default')) {
    await sql
      .raw(`create table if not exists ${qualified(schema, 'event_default')}
      partition of ${qualified(schema, 'event')} default`)
      .execute(db);
    made.push('event_default');
  }
  for (let offset = 0; offset <= ahead; offset += 1) {
    const month = monthOf(now, offset);
    if (present.has(month.name)) continue;
    await makeMonth(db, schema, month);
    made.push(month.name);
  }
  return made;
}

interface Month {
  readonly name: string;
  readonly from: string;
  readonly until: string;
}

/** The month `offset` months after the one of `now`, in UTC. */
function monthOf(now: Date, offset: number): Month {
  const first = (months: number): string =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1)).toISOString();
  const from = first(offset);
  return { name: `event_${from.slice(0, 4)}_${from.slice(5, 7)}`, from, until: first(offset + 1) };
}

/**
 * A table like the log is filled with what the default partition holds of that month, then attached: attaching
 * lets readers and writers of the other partitions go on.
 */
async function makeMonth(db: Db, schema: string, month: Month): Promise<void> {
  const [parent, partition, rest] = ['event', month.name, 'event_default'].map((name) =>
    qualified(schema, name),
  );
  const range = `${quoted('at')} >= '${month.from}' and ${quoted('at')} < '${month.until}'`;
  try {
    await db.transaction().execute(async (transaction) => {
      const run = async (statement: string): Promise<unknown> => sql.raw(statement).execute(transaction);
      await run("set local lock_timeout = '3s'");
      await run(`create table ${partition} (like ${parent} including defaults including constraints)`);
      await run(`lock table ${rest} in access exclusive mode`);
      await run(
        `with moved as (delete from ${rest} where ${range} returning *) insert into ${partition} select * from moved`,
      );
      await run(
        `alter table ${parent} attach partition ${partition} for values from ('${month.from}') to ('${month.until}')`,
      );
    });
  } catch (error) {
    // Another process made it in the same moment.
    if (databaseCode(error) !== '42P07') throw error;
  }
}
