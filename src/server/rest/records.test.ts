import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Caller, type TestDoors, testDoors } from '../../../test/harness/doors.ts';
import { choice } from '../../fields/choice/choice.ts';
import { date } from '../../fields/date/date.ts';
import { money } from '../../fields/money/money.ts';
import { number } from '../../fields/number/number.ts';
import { reference } from '../../fields/reference/reference.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';

const same = (said: string) => labels(said, said, said);
const vehicle = entity({
  name: 'vehicle',
  plural: 'vehicles',
  label: { one: same('Vehicle'), many: same('Vehicles') },
  title: 'plate',
  fields: {
    plate: text({ label: same('Plate'), required: true, unique: true }),
    wheels: number({ label: same('Wheels'), min: 1 }),
    bought: date({ label: same('Bought') }),
    price: money({ label: same('Price') }),
    fuel: choice({ label: same('Fuel'), values: [{ code: 'diesel', label: same('Diesel') }] }),
    keeper: reference({ label: same('Keeper'), to: 'account' }),
  },
  list: { columns: ['plate', 'price'], sort: 'plate' },
  form: [{ label: same('Vehicle'), fields: ['plate', 'wheels'] }],
  search: ['plate'],
  access: { sales: { create: 'all', read: 'all', update: 'own', remove: 'own' } },
});

let doors: TestDoors;
let ana: Caller;
let ben: Caller;
beforeAll(async () => {
  doors = await testDoors({ more: [vehicle] });
  ana = await doors.user('Ana');
  ben = await doors.user('Ben');
});
afterAll(() => doors.close());

const made = async (by: Caller, plural: string, values: object) => {
  const answer = await by.browser('POST', `/${plural}`, values);
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
};

describe('rights at the doors', () => {
  test('a colleague’s record that one may not read isn’t there; a readable one that isn’t one’s own stays', async () => {
    const account = await made(ana, 'accounts', { name: 'Ana’s own' });
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', { version: 1, name: 'Mine now' }],
      ['DELETE', undefined],
    ] as const) {
      expect((await ben.browser(method, `/accounts/${account.id}`, body)).status).toBe(404);
    }
    const car = await made(ana, 'vehicles', { plate: 'AN-4' });
    expect((await ben.browser('GET', `/vehicles/${car.id}`)).body).toMatchObject({
      plate: 'AN-4',
      can: { update: false, remove: false },
    });
    expect((await ben.browser('PATCH', `/vehicles/${car.id}`, { version: 1, wheels: 3 })).status).toBe(403);
    expect((await ben.browser('DELETE', `/vehicles/${car.id}`)).status).toBe(403);
    expect((await ana.browser('GET', `/vehicles/${car.id}`)).body).toMatchObject({
      version: 1,
      wheels: null,
    });
  });
});

test('several records come out of the bin in one request, all or none', async () => {
  const { body } = await ana.browser('POST', '/accounts', [{ name: 'Bin one' }, { name: 'Bin two' }]);
  const named = body.items.map(({ id }) => ({ id }));
  expect((await ana.browser('DELETE', '/accounts', named)).status).toBe(200);
  const [first, second] = named;
  const changing = await ana.browser('POST', '/accounts/restore', [{ ...first, version: 2, name: 'x' }]);
  expect(changing.body.mistakes).toMatchObject([
    { field: '[0].name', code: 'body-only-ids' },
    { field: '[0].version', code: 'body-only-ids' },
  ]);
  const partly = await ana.browser('POST', '/accounts/restore', [first, { id: ana.id }]);
  expect(partly.status).toBe(404);
  expect((await ana.browser('GET', `/accounts/${first?.id}`)).status).toBe(404);
  const restored = await ana.browser('POST', '/accounts/restore', [first, second]);
  expect(restored).toMatchObject({
    status: 200,
    body: { items: [{ name: 'Bin one' }, { name: 'Bin two' }] },
  });
  expect((await ana.browser('GET', `/accounts/${second?.id}`)).status).toBe(200);
});

describe.each(['browser', 'program'] as const)('a record through the door of a %s', (door) => {
  test('is made, read, listed, changed, removed, restored, and remembers it all', async () => {
    const call = ana[door];
    const created = await call('POST', '/accounts', {
      name: `Société ${door}`,
      revenue: { amount: '12.50', currency: 'EUR' },
    });
    expect(created.status).toBe(201);
    const { id } = created.body;
    expect(String(created.headers.location)).toMatch(new RegExp(`/api/v1/accounts/${id}$`));
    expect(created.body).toMatchObject({
      version: 1,
      revenue: { amount: '12.50', currency: 'EUR' },
      owner: { id: ana.id, label: 'Ana' },
      can: { update: true },
    });
    expect((await call('GET', `/accounts/${id}`)).body).toEqual(created.body);
    const where = encodeURIComponent(`name = "societe ${door}"`);
    expect((await call('GET', `/accounts?where=${where}&fields=name,owner.name`)).body).toMatchObject({
      items: [{ id, name: `Société ${door}`, 'owner.name': 'Ana' }],
      next: null,
      total: 1,
    });
    const changed = await call('PATCH', `/accounts/${id}`, { version: 1, name: 'Changed' });
    expect(changed).toMatchObject({ status: 200, body: { version: 2, name: 'Changed' } });
    expect(await call('DELETE', `/accounts/${id}?version=9`)).toMatchObject({ status: 409 });
    expect(await call('DELETE', `/accounts/${id}?version=2`)).toMatchObject({ status: 200 });
    expect((await call('GET', `/accounts/${id}`)).status).toBe(404);
    expect((await call('GET', `/accounts/${id}?removed=1`)).status).toBe(200);
    expect(await call('POST', `/accounts/${id}/restore`)).toMatchObject({
      status: 200,
      body: { name: 'Changed', removedAt: null },
    });
    const { body: history } = await call('GET', `/accounts/${id}/history`);
    expect(history.items.map((entry) => entry.verb)).toEqual(['restore', 'remove', 'update', 'create']);
    expect(history.items[2]).toMatchObject({
      door: door === 'browser' ? 'browser' : 'api',
      actor: { id: ana.id, label: 'Ana' },
      changes: [{ field: 'name', before: `Société ${door}`, after: 'Changed' }],
    });
  });

  test('comes many at once, all or none', async () => {
    const call = ana[door];
    const { body, status } = await call('POST', '/accounts', [{ name: `${door} 1` }, { name: `${door} 2` }]);
    expect(status).toBe(201);
    const [first = '', second = ''] = body.items.map(({ id }) => id);
    const changes = await call('PATCH', '/accounts', [
      { id: first, version: 1, name: 'A' },
      { id: second, name: 'B' },
    ]);
    expect(changes.body.items.map((item) => item.name)).toEqual(['A', 'B']);
    expect(
      (
        await call('PATCH', '/accounts', [
          { id: first, name: 'C' },
          { id: second, name: '' },
        ])
      ).status,
    ).toBe(422);
    expect((await call('GET', `/accounts/${first}`)).body.name).toBe('A');
    expect((await call('DELETE', '/accounts', [{ id: first }, { id: second }])).body.items).toHaveLength(2);
  });
});

describe('links, totals, search and description', () => {
  test('a contact is linked to an account and unlinked', async () => {
    const account = await made(ana, 'accounts', { name: 'Linked' });
    const contact = await made(ana, 'contacts', { name: { first: 'Zoé', last: 'Lien' } });
    const linked = await ana.browser('POST', `/contacts/${contact.id}/link`, {
      link: 'accounts',
      to: account.id,
      nonsense: 1,
    });
    expect(linked).toMatchObject({ status: 422, body: { mistakes: [{ field: 'nonsense' }] } });
    expect(
      (await ana.browser('POST', `/contacts/${contact.id}/link`, { link: 'accounts', to: account.id }))
        .status,
    ).toBe(201);
    expect(
      (await ana.browser('GET', `/account-contacts?where=${encodeURIComponent(`contact = "${contact.id}"`)}`))
        .body.total,
    ).toBe(1);
    expect(
      (await ana.browser('POST', `/contacts/${contact.id}/unlink`, { link: 'accounts', to: account.id }))
        .status,
    ).toBe(200);
    expect(
      (await ana.browser('POST', `/contacts/${contact.id}/unlink`, { link: 'accounts', to: account.id }))
        .status,
    ).toBe(404);
  });

  test('totals add up by group and currency', async () => {
    await made(ben, 'vehicles', [
      { plate: 'T-1', fuel: 'diesel', price: { amount: '10.10', currency: 'EUR' } },
      { plate: 'T-2', fuel: 'diesel', price: { amount: '0.20', currency: 'EUR' } },
    ]);
    const { body } = await ben.browser(
      'GET',
      `/vehicles/totals?by=fuel&sums=price&where=${encodeURIComponent('plate starts with "T-"')}`,
    );
    expect(body).toMatchObject({
      complete: true,
      groups: [{ key: 'diesel', count: 2, sums: { price: [{ currency: 'EUR' }] } }],
    });
    expect(Number(/"sum":"([\d.]+)"/.exec(JSON.stringify(body))?.[1])).toBe(10.3);
  });

  test('quick search finds by beginnings of words; empty text finds nothing', async () => {
    await made(ana, 'contacts', { name: { first: 'Élodie', last: 'Quicksearch' } });
    const { body } = await ana.browser('GET', '/search?q=quick%20elo');
    expect(body.groups).toMatchObject([
      { entity: 'contact', items: [{ title: expect.stringContaining('Quicksearch') as string }] },
    ]);
    expect((await ana.browser('GET', '/search')).body.groups).toEqual([]);
    expect((await ana.browser('GET', '/search?q=x&limit=9999')).status).toBe(422);
  });

  test('descriptions are trimmed to their reader', async () => {
    const entities = (await ana.browser('GET', '/describe')).body.entities as { name: string }[];
    const names = entities.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['account', 'contact', 'opportunity']));
    const fields = ({ body }: Answer) => (body.fields as { name: string }[]).map(({ name }) => name);
    expect(fields(await ana.browser('GET', '/users/describe'))).not.toContain('email');
    expect(fields(await doors.admin.browser('GET', '/users/describe'))).toContain('email');
  });

  test('an entity declared beside the others has all doors and its place in the document', async () => {
    const { body } = await ana.program('GET', '/openapi.json');
    expect(body.paths).toHaveProperty('/vehicles/{id}');
    expect(body.components).toMatchObject({ schemas: { VehicleInput: { required: ['plate'] } } });
    await made(ana, 'vehicles', { plate: 'DOUBLE' });
    expect(await ana.program('POST', '/vehicles', { plate: 'double' })).toMatchObject({
      status: 422,
      body: { mistakes: [{ field: 'plate' }] },
    });
  });

  test('pages follow one another without gap or double', async () => {
    await made(
      ben,
      'vehicles',
      Array.from({ length: 25 }, (_, index) => ({ plate: `P-${String(index).padStart(2, '0')}` })),
    );
    const where = encodeURIComponent('plate starts with "P-"');
    const seen: string[] = [];
    let after: string | null = '';
    while (after !== null) {
      const { body }: Answer = await ben.browser(
        'GET',
        `/vehicles?where=${where}&limit=10${after ? `&after=${encodeURIComponent(after)}` : ''}`,
      );
      seen.push(...body.items.map(({ plate }) => String(plate)));
      after = body.next;
    }
    expect(seen).toHaveLength(25);
    expect(seen).toEqual([...new Set(seen)].sort());
  });
});
