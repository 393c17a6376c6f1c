import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MigrationRefused } from '../schema/migration-refused.ts';
import type { OpenPool } from './database.ts';
import { isMigrated, migrateWorkspace, planWorkspace } from './migrate.ts';
import { boat, columnsOf, emptyDatabase, fields, indexesOf, modelOf, putBoat } from './migrating.fixture.ts';

let pool: OpenPool;

beforeAll(async () => {
  pool = await emptyDatabase();
});
afterAll(() => pool.close());

const migrate = (name: string, model: ReturnType<typeof modelOf>, allowDestructive = false) =>
  migrateWorkspace({ db: pool.db, model, name, allowDestructive });

/** What a migration refused for. */
async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(MigrationRefused);
  return (error as MigrationRefused).reasons.join('\n');
}

describe('a workspace is refused', () => {
  test.each(['', 'Main', '1st', 'a_b', 'a"b', 'über', 'a'.repeat(42)])('the name “%s”', async (name) => {
    await expect(migrate(name, modelOf(boat()))).rejects.toThrow(/can’t name a workspace/);
  });

  test('a type that its values can’t become, and nothing at all is changed', async () => {
    await migrate('type', modelOf(boat({ length: fields.length })));
    await putBoat(pool.db, 'w_type', { name: 'Ann', length: 12 });
    const before = await columnsOf(pool.db, 'w_type', 'boat');
    const next = modelOf(boat({ length: fields.lengthAsText, harbour: fields.harbour }));
    expect(await refusal(migrate('type', next))).toMatch(/^boat\.length holds bigint.* now says text/);
    expect(await columnsOf(pool.db, 'w_type', 'boat')).toEqual(before);
    expect(await isMigrated({ db: pool.db, model: next, name: 'type' })).toBe(false);
  });

  test('a unique field whose records hold the same value, which is named', async () => {
    await migrate('twice', modelOf(boat()));
    await putBoat(pool.db, 'w_twice', { name: 'Ann', name_fold: 'ann' });
    const second = await putBoat(pool.db, 'w_twice', { name: 'ANN', name_fold: 'ann' });
    const next = modelOf(boat({ name: fields.uniqueName }));
    expect(await refusal(migrate('twice', next))).toMatch(/\(name_fold\)=\(ann\) is duplicated/);
    expect(await isMigrated({ db: pool.db, model: next, name: 'twice' })).toBe(false);

    await sql`update ${sql.id('w_twice', 'boat')} set removed_at = now() where id = ${second}`.execute(
      pool.db,
    );
    await migrate('twice', next);
    expect(await isMigrated({ db: pool.db, model: next, name: 'twice' })).toBe(true);
  });

  test('a value taken out of a choice while records hold it', async () => {
    await migrate('choice', modelOf(boat({ rig: fields.rig('sloop', 'ketch') })));
    await putBoat(pool.db, 'w_choice', { name: 'Ann', rig: 'ketch' });
    const next = modelOf(boat({ rig: fields.rig('sloop', 'yawl') }));
    expect(await refusal(migrate('choice', next))).toMatch(/^1 rows of boat hold a value of rig/);
  });

  test('to an older program than the one that migrated it', async () => {
    await migrate('newer', modelOf(boat({ length: fields.length })));
    await sql`update w_newer.schema_state set product_version = '999.0.0'`.execute(pool.db);
    expect(await refusal(migrate('newer', modelOf(boat())))).toMatch(/version 999\.0\.0/);
  });
});

describe('a workspace', () => {
  test('is made from nothing, and the second start finds nothing to do', async () => {
    const model = modelOf(boat());
    const place = { db: pool.db, model, name: 'first' };
    expect(await isMigrated(place)).toBe(false);
    const first = await migrateWorkspace(place);
    expect(first.applied).toContain('create the table boat');
    expect(first.pending).toEqual([]);
    expect(await isMigrated(place)).toBe(true);
    expect(await migrateWorkspace(place)).toEqual({ applied: [], pending: [] });
    expect(await planWorkspace(place)).toEqual([]);
  });

  test('is made once by processes that start together', async () => {
    const model = modelOf(boat());
    const done = await Promise.all([1, 2, 3].map(() => migrate('together', model)));
    expect(done.filter(({ applied }) => applied.length > 0)).toHaveLength(1);
    expect(await isMigrated({ db: pool.db, model, name: 'together' })).toBe(true);
  });

  test('may have a hyphen in its name', async () => {
    await migrate('pilot-2', modelOf(boat()));
    expect(await columnsOf(pool.db, 'w_pilot-2', 'boat')).toHaveProperty('name_fold', 'text');
  });

  test('shows the plan before it runs', async () => {
    await migrate('plan', modelOf(boat()));
    const steps = await planWorkspace({
      db: pool.db,
      model: modelOf(boat({ length: fields.length })),
      name: 'plan',
    });
    expect(steps.map((step) => step.sql)).toEqual(['alter table "w_plan"."boat" add column "length" bigint']);
  });

  test('keeps its records when a field and its sort are added', async () => {
    await migrate('added', modelOf(boat()));
    const id = await putBoat(pool.db, 'w_added', { name: 'Ann' });
    const { applied } = await migrate('added', modelOf(boat({ length: fields.length }, ['-length'])));
    expect(applied[0]).toBe('add the column boat.length (bigint)');
    const { rows } = await sql`select id, name, length from w_added.boat`.execute(pool.db);
    expect(rows).toEqual([{ id, name: 'Ann', length: null }]);
    const shapes = [...(await indexesOf(pool.db, 'w_added', 'boat')).values()];
    expect(shapes.some((shape) => shape.endsWith('(length, id, owner_id) WHERE (removed_at IS NULL)'))).toBe(
      true,
    );
  });

  test('widens a whole number to a decimal, its values unchanged', async () => {
    await migrate('widened', modelOf(boat()));
    await sql`alter table w_widened.boat add column size smallint`.execute(pool.db);
    await putBoat(pool.db, 'w_widened', { name: 'Ann', size: 12 });
    const { applied } = await migrate('widened', modelOf(boat({ size: fields.length })));
    expect(applied).toEqual(['widen boat.size from smallint to bigint']);
    expect((await sql`select size from w_widened.boat`.execute(pool.db)).rows).toEqual([{ size: 12 }]);
  });

  test('lets a choice take further values', async () => {
    await migrate('wider', modelOf(boat({ rig: fields.rig('sloop') })));
    await putBoat(pool.db, 'w_wider', { name: 'Ann', rig: 'sloop' });
    await migrate('wider', modelOf(boat({ rig: fields.rig('sloop', 'ketch') })));
    await putBoat(pool.db, 'w_wider', { name: 'Bea', rig: 'ketch' });
    await expect(putBoat(pool.db, 'w_wider', { name: 'Cat', rig: 'kayak' })).rejects.toThrow(/check/);
  });

  test('keeps and tells of what nothing declares any more, until it is told to drop it', async () => {
    await migrate(
      'kept',
      modelOf(boat({ length: fields.length, number: { ...fields.length, unique: true } })),
    );
    await putBoat(pool.db, 'w_kept', { name: 'Ann', length: 12 });
    const next = modelOf(boat({ length: fields.length }));
    expect((await migrate('kept', next)).pending).toEqual([
      'drop the column boat.number, which nothing declares any more',
    ]);
    expect(await columnsOf(pool.db, 'w_kept', 'boat')).toHaveProperty('number');
    expect(await isMigrated({ db: pool.db, model: next, name: 'kept' })).toBe(true);

    const gone = modelOf();
    expect((await migrate('kept', gone)).pending).toEqual([
      'drop the table boat, which nothing declares any more',
    ]);
    expect((await migrate('kept', next, true)).pending).toEqual([]);
    expect(await columnsOf(pool.db, 'w_kept', 'boat')).not.toHaveProperty('number');
    expect((await sql`select length from w_kept.boat`.execute(pool.db)).rows).toEqual([{ length: 12 }]);
  });

  test('replaces a column by an empty one of another type only when told to', async () => {
    await migrate('replaced', modelOf(boat({ length: fields.length }, ['length'])));
    await putBoat(pool.db, 'w_replaced', { name: 'Ann', length: 12 });
    await migrate('replaced', modelOf(boat({ length: fields.lengthAsText }, ['length'])), true);
    expect((await sql`select name, length from w_replaced.boat`.execute(pool.db)).rows).toEqual([
      { name: 'Ann', length: null },
    ]);
  });

  test('waits for a table in use, without keeping others waiting for long', async () => {
    await migrate('busy', modelOf(boat()));
    const user = await pool.pool.connect();
    await user.query('begin');
    await user.query('select 1 from w_busy.boat');
    const lines: string[] = [];
    const model = modelOf(boat({ length: fields.length }));
    const running = migrateWorkspace({ db: pool.db, model, name: 'busy', log: (line) => lines.push(line) });
    await expect.poll(() => lines).toContain('the tables are in use: trying again (1 of 20)');
    await user.query('commit');
    user.release();
    expect((await running).applied).toHaveLength(1);
  });
});
