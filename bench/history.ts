import { sql } from 'kysely';
import type { Ctx, Db } from '../src/engine/ctx.ts';
import { ensurePartitions } from '../src/engine/schema/partitions.ts';

/** How one entity's records are given a past. */
interface Past {
  readonly table: string;
  readonly entity: string;
  /** Changes made of each record since it was created. */
  readonly changes: number;
  readonly field: string;
  /** What change `n` of a record `r` left in the field; with `n` = 0 nothing. */
  readonly value: string;
  /** Sets the columns of the field to what the last change left. */
  readonly set: string;
}

const departments = `(array['Purchasing', 'Sales', 'Finance', 'Quality', 'Production', 'Logistics', 'Legal'])`;

const pasts: readonly Past[] = [
  {
    table: 'account',
    entity: 'account',
    changes: 8,
    field: 'employees',
    value: `to_jsonb(5 + (hashtext(r.id::text) & 2147483647) % 400 + n * 3)`,
    set: `employees = 5 + (hashtext(r.id::text) & 2147483647) % 400 + 24`,
  },
  {
    table: 'contact',
    entity: 'contact',
    changes: 5,
    field: 'department',
    value: `to_jsonb(${departments}[1 + ((hashtext(r.id::text) & 2147483647) + n) % 7])`,
    set: `department = ${departments}[1 + ((hashtext(r.id::text) & 2147483647) + 5) % 7],
      department_fold = lower(${departments}[1 + ((hashtext(r.id::text) & 2147483647) + 5) % 7])`,
  },
  {
    table: 'opportunity',
    entity: 'opportunity',
    changes: 4,
    field: 'description',
    value: `to_jsonb('Call ' || n)`,
    set: `description = 'Call 4', description_fold = 'call 4'`,
  },
];

/** Two years, as days. */
const span = 720;

/**
 * Gives the records of the large size a past of two years: created on days spread over it, changed several times since,
 * with an event for each, so that the log holds more than ten million. Each entity in one transaction, indexes
 * made anew, so a stopped run begins the one under way again and the others are left alone.
 */
export async function giveHistory(system: Ctx, say: (line: string) => void): Promise<void> {
  const { schema } = system.workspace;
  for (let months = span / 30 + 1; months > 0; months -= 3)
    await ensurePartitions(
      system.db,
      schema,
      new Date(Date.UTC(system.now.getUTCFullYear(), system.now.getUTCMonth() - months, 1)),
    );
  for (const past of pasts) {
    const from = performance.now();
    const isNew = await system.db.transaction().execute((db) => giveOne(db, schema, past, system.now));
    const seconds = Math.round((performance.now() - from) / 1000);
    if (isNew) say(`history of ${past.table}: ${past.changes} changes each, in ${seconds} s`);
  }
}

async function giveOne(db: Db, schema: string, past: Past, now: Date): Promise<boolean> {
  const run = (text: string): Promise<unknown> => sql.raw(text).execute(db);
  const table = `${schema}.${past.table}`;
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.id(schema, past.table)} where version = 1 limit 100000`.execute(db);
  // Those that measured creates of earlier runs left are taken away before; a handful may be newer.
  if (rows.length < 100_000) return false;
  const indexes = await sql<{ name: string; definition: string }>`
    select indexname as name, indexdef as definition from pg_indexes
    where schemaname = ${schema} and tablename = ${past.table} and indexname not like '%\\_pkey'`.execute(db);
  for (const { name } of indexes.rows) await run(`drop index ${schema}."${name}"`);
  const moment = `'${now.toISOString()}'::timestamptz`;
  // A whole number of seconds per step, so that the times of record and events are the same to the digit.
  const step = `make_interval(secs => (1 + (hashtext(id::text || 'when') & 2147483647) % ${span}) * 86400 / ${past.changes + 1})`;
  await run(
    `create temporary table past on commit drop as
       select id, owner_id, ${step} as step, ${moment} - ${past.changes + 1} * ${step} as born
       from ${table} where version = 1`,
  );
  await run(`alter table past add primary key (id)`);
  await run(`analyze past`);
  await run(
    `update ${table} r set version = 1 + ${past.changes}, created_at = p.born, updated_at = p.born + ${past.changes} * p.step,
       updated_by_id = p.owner_id, ${past.set}
     from past p where p.id = r.id`,
  );
  await run(`cluster ${table} using ${past.table}_pkey`);
  for (const { definition } of indexes.rows) await run(definition);
  await run(
    `with born as (delete from ${schema}.event e using past p
         where e.entity = '${past.entity}' and e.record = p.id and e.verb = 'create' returning e.*)
     insert into ${schema}.event
       select b.id, p.born, b.actor, b.door, b.batch, b.entity, b.record, b.verb, b.version, b.changes
       from born b join past p on p.id = b.record order by b.record`,
  );
  const before = `case when n = 1 then 'null'::jsonb else ${past.value.replaceAll(/\bn\b/g, '(n - 1)')} end`;
  await run(
    `insert into ${schema}.event (id, at, actor, door, batch, entity, record, verb, version, changes)
     select uuidv7(r.born + n * r.step - clock_timestamp()), r.born + n * r.step, r.owner_id, 'browser', null,
       '${past.entity}', r.id, 'update', n + 1, jsonb_build_object('${past.field}', jsonb_build_array(${before}, ${past.value}))
     from past r cross join generate_series(1, ${past.changes}) n order by n, r.id`,
  );
  return true;
}
