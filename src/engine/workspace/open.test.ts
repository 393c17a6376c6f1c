import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { labels } from '../../lib/locale.ts';
import type { BaseList } from '../../model/base-list.ts';
import { buildModel } from '../schema/build-model.ts';
import { systemEntities } from '../system/entities.ts';
import { type OpenPool, openPool } from './database.ts';
import { migrateWorkspace } from './migrate.ts';
import { emptyDatabase } from './migrating.fixture.ts';
import { type OpenWorkspace, openWorkspace } from './open.ts';
import { seedWorkspace } from './seed.ts';

const colour: BaseList = {
  name: 'colour',
  label: labels('Colours', 'Couleurs', 'Colores'),
  hasProbability: true,
  values: [
    { code: 'red', label: labels('Red', 'Rouge', 'Rojo'), probability: '10', color: 'red' },
    { code: 'blue', label: labels('Blue', 'Bleu', 'Azul') },
  ],
};
const model = buildModel({ entities: systemEntities, lists: [colour] });
let pool: OpenPool & { readonly url: string };
let workspace: OpenWorkspace;

beforeAll(async () => {
  pool = await emptyDatabase();
  await migrateWorkspace({ db: pool.db, model, name: 'main' });
  await Promise.all([1, 2].map(() => seedWorkspace({ db: pool.db, model, name: 'main' })));
  workspace = await openWorkspace({ db: pool.db, model, name: 'main' });
});
afterAll(async () => {
  await workspace.close();
  await pool.close();
});

const labelOf = (code: string): string | undefined => workspace.baseValues.find('colour', code)?.label.en;

describe('a new workspace', () => {
  test('has the declared values of each list once, in their order, with their history', async () => {
    expect(workspace.baseValues.all('colour').map((value) => value.code)).toEqual(['red', 'blue']);
    expect(workspace.baseValues.find('colour', 'red')).toMatchObject({
      label: { en: 'Red', fr: 'Rouge', es: 'Rojo' },
      probability: '10.00',
      color: 'red',
      class: null,
      active: true,
    });
    const { rows } = await sql`select count(*) as count from w_main.event
      where entity = 'base-value' and verb = 'create' and door = 'system' and version = 1`.execute(pool.db);
    expect(rows).toEqual([{ count: 2 }]);
  });

  test('has a role for each that access rules name', async () => {
    const { rows } = await sql`select code, name from w_main.role order by code`.execute(pool.db);
    expect(rows).toEqual([
      { code: 'administrator', name: 'Administrator' },
      { code: 'sales', name: 'Sales' },
    ]);
  });

  test('does not get back what somebody removed', async () => {
    await sql`update w_main.role set removed_at = now() where code = 'sales'`.execute(pool.db);
    await seedWorkspace({ db: pool.db, model, name: 'main' });
    expect((await sql`select code from w_main.role`.execute(pool.db)).rows).toHaveLength(2);
  });
});

describe('an open workspace', () => {
  test('follows what another process commits, and only that', async () => {
    const other = openPool(pool.url, { max: 1 });
    await other.db.transaction().execute(async (db) => {
      await sql`update w_main.base_value set label_en = 'Crimson' where code = 'red'`.execute(db);
      await sql`insert into w_main.setting (name, value) values ('currency', '"MXN"')`.execute(db);
      await sql`select pg_notify('rapport_setup', 'main')`.execute(db);
      expect(labelOf('red')).toBe('Red');
    });
    await other.close();
    await expect.poll(() => labelOf('red')).toBe('Crimson');
    expect(workspace.currency).toBe('MXN');
  });

  test('knows a change at once when it is told to refresh, even while it is reading', async () => {
    const reading = workspace.refresh();
    await sql`update w_main.base_value set label_en = 'Navy' where code = 'blue'`.execute(pool.db);
    await workspace.refresh();
    expect(labelOf('blue')).toBe('Navy');
    await reading;
  });

  test('catches up after its listening connection was lost', async () => {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'rapport (listening)' and datname = current_database()`.execute(pool.db);
    await sql`update w_main.base_value set label_en = 'Sky' where code = 'blue'`.execute(pool.db);
    await expect.poll(() => labelOf('blue')).toBe('Sky');
    await sql`update w_main.base_value set label_en = 'Teal' where code = 'blue'`.execute(pool.db);
    await sql`select pg_notify('rapport_setup', 'main')`.execute(pool.db);
    await expect.poll(() => labelOf('blue')).toBe('Teal');
  });
});

describe('the pool', () => {
  test('answers numbers, decimals, days, moments and arrays as the engine writes them', async () => {
    const { rows } =
      await sql`select 9007199254740991::int8 as "big", 12.50::numeric as "decimal", date '2026-11-22' as "day",
      timestamptz '2026-11-22T09:00:00Z' as "moment", array['a', 'b'] as "texts",
      array['018f0000-0000-7000-8000-000000000000'::uuid] as "ids"`.execute(pool.db);
    expect(rows).toEqual([
      {
        big: 9007199254740991,
        decimal: '12.50',
        day: '2026-11-22',
        moment: new Date('2026-11-22T09:00:00Z'),
        texts: ['a', 'b'],
        ids: ['018f0000-0000-7000-8000-000000000000'],
      },
    ]);
  });
});
