import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { type Ctx, systemWho } from '../ctx.ts';
import { createRecords, removeRecords } from '../record/verbs.ts';
import { buildModel } from '../schema/build-model.ts';
import { searchRecords } from '../search/search.ts';
import { systemEntities } from '../system/entities.ts';
import { type OpenPool, openPool } from '../workspace/database.ts';
import { loadWorkspace } from '../workspace/load.ts';
import { migrateWorkspace } from '../workspace/migrate.ts';
import { seedWorkspace } from '../workspace/seed.ts';
import { invoice, ticket } from './numbered.fixture.ts';

let pool: OpenPool;
let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase({ empty: true });
  pool = openPool(database.url);
});
afterAll(async () => {
  await pool.close();
  await database.close();
});

const without = (of: typeof invoice): typeof invoice => {
  const { number: _, ...fields } = of.fields;
  return {
    ...of,
    fields,
    search: ['name'],
    list: { ...of.list, columns: ['name'], filters: ['name'] },
    form: [],
  };
};
const open = async (of: readonly (typeof invoice)[], log?: (line: string) => void): Promise<Ctx> => {
  const model = buildModel({ entities: [...systemEntities, ...of], lists: [] });
  const place = { db: pool.db, model, name: 'main' };
  await migrateWorkspace(place);
  await seedWorkspace({ ...place, ...(log ? { log } : {}) });
  const workspace = await loadWorkspace(place);
  const now = new Date();
  return {
    who: systemWho,
    workspace,
    locale: 'en',
    timeZone: 'UTC',
    now,
    db: pool.db,
    door: 'api',
    batch: null,
  };
};

test('records that were there before get numbers in the order in which they were made, once', async () => {
  const before = [without(invoice), without(ticket)];
  const old = await open(before);
  const entity = before[0] ?? invoice;
  for (let from = 0; from < 2500; from += 500)
    await createRecords(
      old,
      entity,
      Array.from({ length: 500 }, (_, at) => ({ name: `old ${from + at + 1}` })),
    );
  const [gone] = await createRecords(old, entity, [{ name: 'binned' }]);
  await removeRecords(old, entity, [{ id: gone?.id ?? '' }]);
  await createRecords(old, before[1] ?? ticket, [{ name: 'last year' }, { name: 'this year' }]);
  await sql`update w_main.ticket set created_at = '2019-05-05T10:00:00Z' where name = 'last year'`.execute(
    pool.db,
  );
  const { rows: events } = await sql`select from w_main.event`.execute(pool.db);

  const said: string[] = [];
  const ctx = await open([invoice, ticket], (line) => said.push(line));
  const { rows } = await sql<{ number: string; name: string; version: number }>`
    select number, name, version from w_main.invoice order by id`.execute(pool.db);
  expect(rows.map((row) => row.number)).toEqual(
    rows.map((_, at) => `INV-${String(at + 1).padStart(3, '0')}`),
  );
  expect(rows.at(-1)).toMatchObject({ name: 'binned', version: 2 });
  expect(said).toEqual([
    'invoice.number: 2000 records numbered',
    'invoice.number: 2501 records numbered',
    'ticket.number: 2 records numbered',
  ]);
  const { rows: tickets } = await sql<{
    number: string;
  }>`select number from w_main.ticket order by name`.execute(pool.db);
  expect(tickets.map((row) => row.number)).toEqual(['T2019-0001', `T${new Date().getUTCFullYear()}-0001`]);

  const found = await searchRecords(ctx, 'INV-2500');
  expect(found.groups.flatMap(({ items }) => items.map(({ title }) => title))).toEqual(['old 2500']);
  const { rows: later } = await sql`select from w_main.event where entity <> 'number-series'`.execute(
    pool.db,
  );
  expect(later.length).toBe(events.length);

  const [next] = await createRecords(ctx, invoice, [{ name: 'next' }]);
  expect(next?.number).toBe('INV-2502');
  await open([invoice, ticket], (line) => said.push(line));
  expect(said).toHaveLength(3);
});
