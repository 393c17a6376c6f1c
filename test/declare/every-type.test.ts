import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemWho } from '../../src/engine/ctx.ts';
import { readBatch } from '../../src/engine/import/batch.ts';
import { openImport } from '../../src/engine/import/open.ts';
import { startSet } from '../../src/engine/import/sets.ts';
import { workOnSet } from '../../src/engine/import/work.ts';
import { ctxOf } from '../doors/write-doors.ts';
import { type Caller, type TestDoors, testDoors } from '../harness/doors.ts';
import { declarableTypes, declareAll, samples } from './every-type.fixture.ts';

let doors: TestDoors;
let admin: Caller;
let sales: Caller;
let account: string;
beforeAll(async () => {
  doors = await testDoors();
  admin = doors.admin;
  sales = await doors.user('Sal');
  account = (await admin.program('POST', '/accounts', { name: 'Maison Élan' })).body.id;
  const project = {
    oneEn: 'Project',
    oneFr: 'Projet',
    manyEn: 'Projects',
    manyFr: 'Projets',
    icon: 'target',
  };
  const { status, text } = await admin.program('POST', '/custom-entities', project);
  if (status !== 201) throw new Error(text);
  await declareAll(admin, 'x-project', account);
  await declareAll(admin, 'contact', account);
});
afterAll(() => doors.close());

test('the samples are of every type that can be declared', () => {
  expect(
    Object.values(samples(''))
      .map(({ type }) => type)
      .sort(),
  ).toEqual([...declarableTypes].sort());
});

describe.each([
  ['an entity declared at run time', '/x-projects', { name: 'Tower' }],
  ['contacts with fields declared at run time', '/contacts', { name: { first: 'Zoé', last: 'Lémery' } }],
])('%s', (_, path, own) => {
  const sent = (): Record<string, unknown> => ({
    ...own,
    ...Object.fromEntries(Object.entries(samples(account)).map(([name, sample]) => [name, sample.sent])),
  });
  const told = (): Record<string, unknown> => ({
    ...own,
    ...Object.fromEntries(
      Object.entries(samples(account)).map(([name, { sent: given, told: as }]) => [name, as ?? given]),
    ),
  });

  test('refuse what their fields refuse, all at once, by field', async () => {
    const wrong = {
      ...own,
      ...Object.fromEntries(Object.keys(samples(account)).map((name) => [name, { odd: true }])),
    };
    const answer = await admin.program('POST', path, wrong);
    expect(answer.status).toBe(422);
    expect(new Set(answer.body.mistakes.map(({ field }) => field.split('.')[0]))).toEqual(
      new Set(Object.keys(samples(account))),
    );
  });

  test('keep a value of every type, changed and taken back', async () => {
    const made = await admin.program('POST', path, sent());
    expect(made.body).toMatchObject(told());
    const at = `${path}/${made.body.id}`;
    expect((await admin.program('GET', at)).body).toEqual(made.body);
    const emptied = Object.fromEntries(Object.keys(samples(account)).map((name) => [name, null]));
    const changed = await admin.program('PATCH', at, { version: 1, ...emptied });
    expect(changed.body).toMatchObject({ ...emptied, xTick: false, xFirms: [], xShades: null, version: 2 });
    const { body } = await admin.program('GET', `${at}/history`);
    const fields = (entry: unknown) =>
      (entry as { changes: { field: string }[] }).changes.map(({ field }) => field);
    expect(fields(body.items[0])).toEqual(expect.arrayContaining(Object.keys(samples(account))));
    expect((await admin.program('DELETE', at)).status).toBe(200);
    expect((await admin.program('POST', `${at}/restore`)).status).toBe(200);
  });

  test('are filtered by a field of every type', async () => {
    const { body: made } = await admin.program('POST', path, sent());
    await admin.program('POST', path, own);
    for (const [name, { where }] of Object.entries(samples(account))) {
      const { status, body, text } = await admin.program(
        'GET',
        `${path}?where=${encodeURIComponent(where)}&limit=200`,
      );
      expect([name, status, status === 200 ? '' : text]).toEqual([name, 200, '']);
      expect(body.items.map(({ id }) => id)).toContain(made.id);
      const none = await admin.program(
        'GET',
        `${path}?where=${encodeURIComponent(`not (${where})`)}&limit=200`,
      );
      expect(none.body.items.map(({ id }) => id)).not.toContain(made.id);
    }
  });

  test('are sorted by every field that has an order', async () => {
    const { body } = await admin.program('GET', `${path}/describe`);
    const sortable = (body.fields as { name: string; sortable: boolean }[]).filter(
      (field) => field.sortable && field.name in samples(account),
    );
    expect(sortable.length).toBeGreaterThan(12);
    for (const { name } of sortable)
      expect((await admin.program('GET', `${path}?sort=-${name}`)).status).toBe(200);
  });

  test('are described in list, form and filter, in the reader’s language', async () => {
    await admin.browser('PATCH', '/me', { locale: 'fr' });
    const { body } = await admin.browser('GET', `${path}/describe`);
    await admin.browser('PATCH', '/me', { locale: 'en' });
    const names = Object.keys(samples(account));
    const fields = body.fields as { name: string; label: string }[];
    expect(fields.filter(({ name }) => names.includes(name)).map(({ label }) => label)).toEqual(
      names.map((name) => `Le ${name.slice(1).toLowerCase()}`),
    );
    expect((body.form as { fields: string[] }[]).flatMap((section) => section.fields)).toEqual(
      expect.arrayContaining(names),
    );
    expect((body.list as { columns: string[] }).columns).toEqual(expect.arrayContaining(names));
  });

  test('are in the OpenAPI document, which stays valid', async () => {
    const { body: document } = await admin.program('GET', '/openapi.json');
    const { errors } = await new Validator().validate(structuredClone(document));
    expect(errors).toBeUndefined();
    const { components, paths } = document as unknown as {
      paths: object;
      components: { schemas: Record<string, { properties?: object }> };
    };
    expect(Object.keys(paths)).toContain(path);
    const schema = components.schemas[path === '/contacts' ? 'Contact' : 'XProject'];
    expect(Object.keys(schema?.properties ?? {})).toEqual(
      expect.arrayContaining(Object.keys(samples(account))),
    );
  });

  test('are filled from a file whose columns find their fields by their labels', async () => {
    const columns = ['xLine', 'xWhole', 'xExact', 'xDay', 'xTick', 'xColor', 'xMail', 'xPage'];
    const head = [
      path === '/contacts' ? 'Last name' : 'Name',
      ...columns.map((name) => `The ${name.slice(1).toLowerCase()}`),
    ];
    const file = `${head.join(';')}\nFile;Row;1200;3,125;24/12/2026;yes;Green;zoe@example.org;https://example.org\n`;
    const asked = ctxOf(doors, admin, 'api');
    const ctx = { ...asked, who: { ...asked.who, roles: ['administrator'] } };
    const entity = path === '/contacts' ? 'contact' : 'x-project';
    const id = await openImport(ctx, { entity, fileName: 'a.csv', bytes: Buffer.from(file) });
    const { columns: mapped } = (await readBatch(ctx, id)).mapping;
    expect(mapped.map(({ to }) => to).slice(1)).toEqual(columns);
    await startSet(ctx, id, 'run');
    await workOnSet({ ...ctx, who: systemWho, door: 'import' }, id);
    const { body } = await admin.program('GET', `${path}?where=${encodeURIComponent('xLine = "row"')}`);
    expect(body.items).toMatchObject([
      {
        xLine: 'Row',
        xWhole: 1200,
        xExact: '3.125',
        xDay: '2026-12-24',
        xTick: true,
        xColor: 'green',
        xMail: 'zoe@example.org',
      },
    ]);
    await startSet(ctx, id, 'undo');
    await workOnSet({ ...ctx, who: systemWho, door: 'import' }, id);
    expect(
      (await admin.program('GET', `${path}?where=${encodeURIComponent('xLine = "row"')}`)).body.items,
    ).toEqual([]);
  });
});

test('a custom entity is for administrators, custom fields are for whoever may read their entity', async () => {
  expect((await sales.program('GET', '/x-projects')).status).toBe(403);
  expect((await sales.program('POST', '/x-projects', { name: 'Mine' })).status).toBe(403);
  expect((await sales.program('GET', '/describe')).text).not.toContain('x-project');
  const { body } = await sales.program('POST', '/contacts', { name: { last: 'Own' }, xLine: 'mine' });
  expect(body).toMatchObject({ xLine: 'mine' });
});

test('a custom entity is found by quick search, and stands in the navigation', async () => {
  await admin.program('POST', '/x-projects', { name: 'Zébulon' });
  const { body } = await admin.program('GET', '/search?q=zebu');
  expect(body.groups).toMatchObject([{ entity: 'x-project', items: [{ title: 'Zébulon' }] }]);
  const { body: all } = await admin.program('GET', '/describe');
  expect((all.entities as { name: string }[]).find(({ name }) => name === 'x-project')).toMatchObject({
    plural: 'x-projects',
    navigation: true,
    searchable: true,
    importable: true,
    icon: 'target',
  });
});
