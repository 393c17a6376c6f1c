import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyLater } from '../schema/apply-later.ts';
import { desiredTables } from '../schema/desired.ts';
import { index } from '../schema/object-name.ts';
import { planSchema } from '../schema/plan.ts';
import { type OpenPool, openPool } from './database.ts';
import { isMigrated, migrateWorkspace } from './migrate.ts';
import { boat, emptyDatabase, fields, indexesOf, modelOf, putBoat } from './migrating.fixture.ts';

let pool: OpenPool & { readonly url: string };

beforeAll(async () => {
  pool = await emptyDatabase();
});
afterAll(() => pool.close());

const steps = async (schema: string) =>
  (
    await sql<{
      name: string;
      state: string;
    }>`select name, state from ${sql.id(schema, 'index_step')}`.execute(pool.db)
  ).rows;

describe('the index of a table with records', () => {
  test('is built again after the process that built it was killed', async () => {
    await migrateWorkspace({ db: pool.db, model: modelOf(boat({ length: fields.length })), name: 'crash' });
    await putBoat(pool.db, 'w_crash', { name: 'Ann', length: 1 });
    const model = modelOf(boat({ length: fields.length }, ['length']));

    // A writer that doesn't end keeps the build from ending, and then the builder is shot.
    const writer = await pool.pool.connect();
    await writer.query('begin');
    await writer.query('update w_crash.boat set length = 2');
    const doomed = openPool(pool.url, { max: 1, applicationName: 'doomed' });
    const killed = migrateWorkspace({ db: doomed.db, model, name: 'crash' }).catch((error: unknown) => error);
    await expect.poll(() => steps('w_crash')).toEqual([expect.objectContaining({ state: 'building' })]);
    await expect
      .poll(async () => {
        const { rows } = await sql`select 1 from pg_index i join pg_class x on x.oid = i.indexrelid
          where x.relname like 'boat_length_%' and not i.indisvalid`.execute(pool.db);
        return rows.length;
      })
      .toBe(1);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'doomed'`.execute(
      pool.db,
    );
    expect(await killed).toBeInstanceOf(Error);
    await writer.query('commit');
    writer.release();
    await doomed.close();

    expect(await isMigrated({ db: pool.db, model, name: 'crash' })).toBe(false);
    const { applied } = await migrateWorkspace({ db: pool.db, model, name: 'crash' });
    expect(applied).toEqual([expect.stringMatching(/^build the index boat_length_id_owner_id_ix_/)]);
    expect(await steps('w_crash')).toEqual([expect.objectContaining({ state: 'done' })]);
    expect(
      [...(await indexesOf(pool.db, 'w_crash', 'boat')).keys()].some((name) =>
        name.startsWith('boat_length_'),
      ),
    ).toBe(true);
    expect(await isMigrated({ db: pool.db, model, name: 'crash' })).toBe(true);
  });

  test('goes when no sort is declared for it any more, and comes without keeping writers out', async () => {
    await migrateWorkspace({
      db: pool.db,
      model: modelOf(boat({ length: fields.length }, ['length'])),
      name: 'goes',
    });
    await putBoat(pool.db, 'w_goes', { name: 'Ann', length: 1 });
    const model = modelOf(boat({ length: fields.length }, ['createdAt']));
    const { applied } = await migrateWorkspace({ db: pool.db, model, name: 'goes' });
    expect(applied.map((line) => line.replace(/_[0-9a-f]{8}/, ''))).toEqual([
      'build the index boat_created_at_id_owner_id_ix',
      'drop the index boat_length_id_owner_id_ix, which nothing declares any more',
    ]);
  });

  test('of an index somebody made by hand, nothing is said', async () => {
    const model = modelOf(boat());
    await migrateWorkspace({ db: pool.db, model, name: 'hand' });
    await sql`create index by_hand on w_hand.boat (version)`.execute(pool.db);
    expect(await planSchema(pool.db, 'w_hand', desiredTables(model))).toEqual([]);
  });

  test('is built partition by partition where the table has them', async () => {
    const model = modelOf(boat());
    await migrateWorkspace({ db: pool.db, model, name: 'parts' });
    await sql`insert into w_parts.event (id, at, door, entity, record, verb, version, changes)
      values (gen_random_uuid(), now(), 'api', 'boat', gen_random_uuid(), 'create', 1, '{}')`.execute(
      pool.db,
    );
    const byActor = index('event', ['actor', 'at']);
    const wanted = desiredTables(model).map((table) =>
      table.name === 'event' ? { ...table, indexes: [...table.indexes, byActor] } : table,
    );
    const plan = await planSchema(pool.db, 'w_parts', wanted);
    expect(plan.filter((step) => step.sql.includes('concurrently'))).toHaveLength(4);
    await applyLater(pool.db, 'w_parts', plan, () => {});
    expect(await planSchema(pool.db, 'w_parts', wanted)).toEqual([]);
    expect((await indexesOf(pool.db, 'w_parts', 'event')).has(byActor.name)).toBe(true);
  });
});

describe('the order of a list', () => {
  test('reads a declared sort from its index in both directions, pages after a key and the missing ones included', async () => {
    const model = modelOf(boat({ length: fields.length }, ['-length']));
    await migrateWorkspace({ db: pool.db, model, name: 'order' });
    await sql`insert into w_order.boat (id, version, created_at, updated_at, name, name_fold, length)
      select gen_random_uuid(), 1, now(), now(), 'b' || n, 'b' || n, nullif(n % 1000, 0) from generate_series(1, 5000) n`.execute(
      pool.db,
    );
    await sql`analyze w_order.boat`.execute(pool.db);
    const zero = '00000000-0000-0000-0000-000000000000';
    for (const rest of [
      'order by length asc nulls last, id asc',
      'order by length desc nulls first, id desc',
      `and (length, id) > (500, '${zero}') order by length asc, id asc`,
      `and (length, id) < (500, '${zero}') order by length desc, id desc`,
      `and length is null and id > '${zero}' order by length asc nulls last, id asc`,
      `and length is null and id < '${zero}' order by length desc nulls first, id desc`,
    ]) {
      const { rows } = await sql<Record<'QUERY PLAN', string>>`explain select * from w_order.boat
        where removed_at is null ${sql.raw(rest)} limit 50`.execute(pool.db);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan, rest).toMatch(/Index Scan (Backward )?using boat_length_id_owner_id_ix_/);
      expect(plan, rest).not.toMatch(/Sort|Filter: .*length/);
    }
  });
});
