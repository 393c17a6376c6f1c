import { Validator } from '@seriousme/openapi-schema-validator';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemWho } from '../../src/engine/ctx.ts';
import { readBatch } from '../../src/engine/import/batch.ts';
import { openImport } from '../../src/engine/import/open.ts';
import { startSet } from '../../src/engine/import/sets.ts';
import { rowsOut } from '../../src/engine/import/view.ts';
import { workOnSet } from '../../src/engine/import/work.ts';
import { ctxOf } from '../doors/write-doors.ts';
import { type Caller, type TestDoors, testDoors } from '../harness/doors.ts';
import { machine } from './machine.fixture.ts';

/** The only place that knows of the new entity besides its own file: one more entry of the model. */
const more = [machine];

let doors: TestDoors;
let sales: Caller;
let stranger: Caller;
let nobody: Caller;
let account: string;
beforeAll(async () => {
  doors = await testDoors({ more });
  [sales, stranger, nobody] = [await doors.user('Sal'), await doors.user('Stu'), await doors.user('Nil', [])];
  const { body } = await sales.program('POST', '/accounts', { name: 'Société Générale des Grues' });
  account = body.id;
});
afterAll(() => doors.close());

const crane = () => ({
  name: 'Crane Ω-12',
  price: { amount: '125000.50', currency: 'EUR' },
  bought: '2026-02-28',
  state: 'rented',
  weight: '1250.75',
  site: account,
});

describe('one more entity of six fields, declared in one file', () => {
  test('has a table with columns of every type, and the indexes of its sorts', async () => {
    const { rows: columns } = await sql<{ name: string; type: string }>`
      select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
      where attrelid = 'w_main.machine'::regclass and attnum > 0 and not attisdropped`.execute(doors.db);
    expect(Object.fromEntries(columns.map(({ name, type }) => [name, type]))).toMatchObject({
      id: 'uuid',
      version: 'integer',
      owner_id: 'uuid',
      teams_ids: 'uuid[]',
      removed_at: 'timestamp with time zone',
      name: 'text',
      name_fold: 'text',
      price: 'numeric(19,4)',
      price_currency: 'text',
      bought: 'date',
      state: 'text',
      weight: expect.stringMatching(/^numeric/) as string,
      site_id: 'uuid',
    });
    const { rows: indexes } = await sql<{ definition: string }>`
      select indexdef as definition from pg_indexes where schemaname = 'w_main' and tablename = 'machine'`.execute(
      doors.db,
    );
    const all = indexes.map(({ definition }) => definition).join('\n');
    expect(all).toMatch(/name_fold/);
    expect(all).toMatch(/bought/);
  });

  test('has every door of REST, with its values as they are meant', async () => {
    const made = await sales.program('POST', '/machines', crane());
    expect(made).toMatchObject({
      status: 201,
      body: {
        ...crane(),
        site: { id: account, label: 'Société Générale des Grues' },
        version: 1,
        owner: { id: sales.id },
      },
    });
    const path = `/machines/${made.body.id}`;
    expect((await sales.program('GET', path)).body).toEqual(made.body);
    const changed = await sales.program('PATCH', path, { version: 1, state: 'idle', weight: null });
    expect(changed).toMatchObject({ status: 200, body: { version: 2, state: 'idle', weight: null } });
    expect((await sales.program('DELETE', path)).status).toBe(200);
    expect((await sales.program('GET', path)).status).toBe(404);
    expect((await sales.program('POST', `${path}/restore`)).body).toMatchObject({
      version: 4,
      state: 'idle',
    });
  });

  test('refuses what its fields refuse, all at once, by field', async () => {
    const answer = await sales.program('POST', '/machines', {
      price: { amount: '1', currency: 'XXL' },
      bought: '2026-02-30',
      state: 'flying',
      weight: '-1',
      site: nobody.id,
      colour: 'red',
    });
    expect(answer.status).toBe(422);
    expect(new Set(answer.body.mistakes.map(({ field }) => field.split('.')[0]))).toEqual(
      new Set(['name', 'price', 'bought', 'state', 'weight', 'site', 'colour']),
    );
  });

  test('is listed, filtered, sorted, grouped and summed, through its reference too', async () => {
    await sales.program('POST', '/machines', [
      { ...crane(), name: 'Lift A', price: { amount: '10', currency: 'EUR' }, bought: '2027-01-01' },
      { ...crane(), name: 'lift b', price: { amount: '20.25', currency: 'EUR' }, bought: '2025-01-01' },
      { ...crane(), name: 'LIFT C', price: { amount: '5', currency: 'USD' }, bought: '2026-01-01' },
    ]);
    const where = 'name starts with "lift" and site.name contains "generale" and weight > 1000';
    const query = new URLSearchParams({ where, sort: '-bought', fields: 'name,site.name' }).toString();
    const { body } = await sales.program('GET', `/machines?${query}`);
    expect(body.items.map((item) => [item.name, item['site.name']])).toEqual([
      ['Lift A', 'Société Générale des Grues'],
      ['LIFT C', 'Société Générale des Grues'],
      ['lift b', 'Société Générale des Grues'],
    ]);
    const sums = new URLSearchParams({ where, by: 'state', sums: 'price' }).toString();
    expect((await sales.program('GET', `/machines/totals?${sums}`)).body.groups).toMatchObject([
      {
        key: 'rented',
        count: 3,
        sums: {
          price: [
            { currency: 'EUR', sum: expect.stringMatching(/^30\.25/) as string },
            { currency: 'USD', sum: expect.stringMatching(/^5/) as string },
          ],
        },
      },
    ]);
  });

  test('is described for list and form, in the reader’s language', async () => {
    await doors.admin.browser('PATCH', '/me', { locale: 'fr' });
    const { body } = await doors.admin.browser('GET', '/describe');
    await doors.admin.browser('PATCH', '/me', { locale: 'en' });
    const told = (body.entities as { name: string }[]).find(({ name }) => name === 'machine');
    expect(told).toMatchObject({
      plural: 'machines',
      label: { one: 'Machine', many: 'Machines' },
      navigation: true,
      searchable: true,
      importable: true,
      list: { columns: ['name', 'state', 'price', 'bought', 'site'], sort: 'name' },
      form: [
        { label: 'Machine', fields: ['name', 'state', 'site', 'owner'] },
        { label: 'Valeur', fields: ['price', 'bought', 'weight'] },
      ],
      can: { create: true, update: true, remove: true, import: true },
    });
    const fields = (told as unknown as { fields: { name: string; type: string; label: string }[] }).fields;
    expect(fields.find(({ name }) => name === 'state')).toMatchObject({
      type: 'choice',
      label: 'État',
      values: [
        { code: 'idle', label: 'Libre' },
        { code: 'rented', label: 'Loué' },
      ],
    });
  });

  test('is in the OpenAPI document, which stays valid, and its answers fit its schema', async () => {
    const { body: document } = await sales.program('GET', '/openapi.json');
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    const { paths, components } = document as unknown as {
      paths: Record<string, object>;
      components: { schemas: Record<string, { properties: Record<string, unknown>; required?: string[] }> };
    };
    expect(Object.keys(paths).filter((path) => path.startsWith('/machines'))).toEqual(
      expect.arrayContaining(['/machines', '/machines/{id}', '/machines/{id}/history']),
    );
    expect(components.schemas.MachineInput?.required).toEqual(['name']);
    const { body: made } = await sales.program('POST', '/machines', crane());
    const described = Object.keys(components.schemas.Machine?.properties ?? {});
    expect(described).toEqual(expect.arrayContaining(Object.keys(made)));
  });

  test('is found by quick search, by the words of two of its fields', async () => {
    await sales.program('POST', '/machines', { ...crane(), name: 'Zébulon' });
    const { body } = await sales.program('GET', '/search?q=zebu');
    expect(body.groups).toMatchObject([{ entity: 'machine', items: [{ title: 'Zébulon' }] }]);
  });

  test('is filled from a file, whose columns find their fields by themselves, and the import can be undone', async () => {
    const file = `Name;Bought;State;Weight;Price;Site\nCrane of a file;28/02/2026;Rented;1.250,75;99,90 €;Société Générale des Grues\n;28/02/2026;Rented;1;1;\n`;
    const ctx = ctxOf(doors, sales, 'api');
    const id = await openImport(ctx, { entity: 'machine', fileName: 'cranes.csv', bytes: Buffer.from(file) });
    const { columns } = (await readBatch(ctx, id)).mapping;
    expect(columns.map(({ column, to }) => [column, to])).toEqual([
      ['Name', 'name'],
      ['Bought', 'bought'],
      ['State', 'state'],
      ['Weight', 'weight'],
      ['Price', 'price'],
      ['Site', 'site'],
    ]);
    await startSet(ctx, id, 'run');
    await workOnSet({ ...ctx, who: systemWho, door: 'import' }, id);
    const { items } = await rowsOut(ctx, id, { limit: 10 });
    expect(items).toMatchObject([
      { outcome: 'created', record: { entity: 'machine' } },
      { outcome: 'failed', mistakes: [{ field: 'name', code: 'required' }] },
    ]);
    const path = `/machines/${items[0]?.record?.id}`;
    expect((await sales.program('GET', path)).body).toMatchObject({
      name: 'Crane of a file',
      bought: '2026-02-28',
      state: 'rented',
      weight: '1250.75',
      price: { amount: '99.90', currency: 'EUR' },
      site: { id: account },
    });
    await startSet(ctx, id, 'undo');
    await workOnSet({ ...ctx, who: systemWho, door: 'import' }, id);
    expect((await sales.program('GET', path)).status).toBe(404);
    expect((await sales.program('GET', `${path}?removed=1`)).status).toBe(200);
  });

  test('remembers who changed what', async () => {
    const { body: made } = await sales.program('POST', '/machines', crane());
    await sales.program('PATCH', `/machines/${made.id}`, {
      version: 1,
      state: 'idle',
      price: { amount: '9.90' },
    });
    const { body } = await sales.program('GET', `/machines/${made.id}/history`);
    expect(body.items).toMatchObject([
      {
        verb: 'update',
        version: 2,
        actor: { id: sales.id, label: 'Sal' },
        changes: [
          {
            field: 'price',
            before: { amount: '125000.50', currency: 'EUR' },
            after: { amount: '9.90', currency: 'EUR' },
          },
          { field: 'state', beforeLabel: 'Rented', afterLabel: 'Idle' },
        ],
      },
      { verb: 'create', version: 1 },
    ]);
  });

  test('is closed to whom its declaration closes it, open to whom it opens', async () => {
    const { body: made } = await sales.program('POST', '/machines', crane());
    const path = `/machines/${made.id}`;
    expect((await nobody.program('GET', '/machines')).status).toBe(403);
    expect((await nobody.program('POST', '/machines', crane())).status).toBe(403);
    expect((await stranger.program('GET', path)).body).toMatchObject({
      name: 'Crane Ω-12',
      site: { label: null },
    });
    expect((await stranger.program('PATCH', path, { version: 1, state: 'idle' })).status).toBe(403);
    expect((await stranger.program('DELETE', path)).status).toBe(403);
    expect((await sales.program('DELETE', path)).status).toBe(200);
  });
});
