import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OpenPool } from '../workspace/database.ts';
import { migrateWorkspace } from '../workspace/migrate.ts';
import { emptyDatabase, modelOf } from '../workspace/migrating.fixture.ts';
import { ensurePartitions } from './partitions.ts';

let pool: OpenPool;

beforeAll(async () => {
  pool = await emptyDatabase();
  await migrateWorkspace({ db: pool.db, model: modelOf(), name: 'main' });
});
afterAll(() => pool.close());

const addEvent = (at: string) =>
  sql`insert into w_main.event (id, at, door, entity, record, verb, version, changes)
    values (gen_random_uuid(), ${at}::timestamptz, 'api', 'boat', gen_random_uuid(), 'create', 1, '{}')`.execute(
    pool.db,
  );

const home = async (at: string): Promise<string | undefined> =>
  (
    await sql<{ home: string }>`
      select tableoid::regclass::text as home from w_main.event where at = ${at}::timestamptz`.execute(
      pool.db,
    )
  ).rows[0]?.home;

describe('the event log', () => {
  test('has a partition for the month and the next two, over the turn of a year', async () => {
    expect(await ensurePartitions(pool.db, 'w_main', new Date('2040-11-30T23:59:59Z'))).toEqual([
      'event_2040_11',
      'event_2040_12',
      'event_2041_01',
    ]);
    expect(await ensurePartitions(pool.db, 'w_main', new Date('2040-11-30T23:59:59Z'))).toEqual([]);
    await addEvent('2040-12-31T23:59:59.999Z');
    await addEvent('2041-01-01T00:00:00Z');
    expect(await home('2040-12-31T23:59:59.999Z')).toBe('w_main.event_2040_12');
    expect(await home('2041-01-01T00:00:00Z')).toBe('w_main.event_2041_01');
  });

  test('takes an event of any other time, and moves it once its month gets a partition', async () => {
    await addEvent('2050-05-05T05:05:05Z');
    expect(await home('2050-05-05T05:05:05Z')).toBe('w_main.event_default');
    await ensurePartitions(pool.db, 'w_main', new Date('2050-04-01T00:00:00Z'));
    expect(await home('2050-05-05T05:05:05Z')).toBe('w_main.event_2050_05');
  });

  test('gets its partitions once when two processes make them together', async () => {
    const now = new Date('2060-01-01T00:00:00Z');
    const made = await Promise.all([1, 2].map(() => ensurePartitions(pool.db, 'w_main', now)));
    expect([...new Set(made.flat())].sort()).toEqual(['event_2060_01', 'event_2060_02', 'event_2060_03']);
  });
});
