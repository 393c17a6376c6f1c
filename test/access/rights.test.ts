import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RoleMatrix } from '../../src/model/role-matrix.ts';
import { type Answer, type Caller, type TestDoors, testDoors } from '../harness/doors.ts';
import { fingerprint } from '../harness/fingerprint.ts';

let doors: TestDoors;
let clerk: Caller;
let both: Caller;
let role: string;

beforeAll(async () => {
  doors = await testDoors();
  role = (await made('/roles', { code: 'clerk', name: 'Clerk' })).id;
  clerk = await doors.user('Cleo', ['clerk']);
  both = await doors.user('Bo', ['clerk', 'sales']);
});
afterAll(() => doors.close());

/** Every test decides the rights of the role for itself. */
beforeEach(async () => {
  for (const plural of ['rights', 'field-rights']) {
    for (const { id } of (await doors.admin.program('GET', `/${plural}?limit=200`)).body.items)
      await doors.admin.program('DELETE', `/${plural}/${id}`);
  }
});

const made = async (path: string, values: object): Promise<Answer['body']> => {
  const answer = await doors.admin.program('POST', path, values);
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
};
const allow = (entity: string, levels: object): Promise<Answer['body']> =>
  made('/rights', { role, entity, ...levels });
const field = (entity: string, name: string, may: object): Promise<Answer['body']> =>
  made('/field-rights', { role, entity, field: name, ...may });
const query = (given: Record<string, string>): string => `?${new URLSearchParams(given).toString()}`;

const names = async (who: Caller, path = '/accounts'): Promise<unknown[]> => {
  const answer = await who.program('GET', path);
  expect(answer.status, answer.text).toBe(200);
  return answer.body.items.map(({ name }) => name).sort();
};
const refusedUnchanged = async (status: number, work: () => Promise<Answer>): Promise<Answer> => {
  const before = await fingerprint(doors.db, doors.workspace.schema);
  const answer = await work();
  expect(answer.status, answer.text).toBe(status);
  expect(await fingerprint(doors.db, doors.workspace.schema)).toEqual(before);
  return answer;
};

describe('a right that doesn’t hold together is refused, by field', () => {
  const refusals: readonly (readonly [string, object, string, string])[] = [
    ['an unknown entity', { entity: 'acount', read: 'all' }, 'entity', 'right-unknown-entity'],
    [
      'an unknown field in the condition',
      { entity: 'account', read: 'all', where: 'teritory = north' },
      'where',
      '',
    ],
    ['a condition that is none', { entity: 'account', read: 'all', where: 'name =' }, 'where', ''],
    [
      'changing links many at once',
      { entity: 'account-contact', massChange: 'all' },
      'massChange',
      'right-not-of-links',
    ],
    ['through nothing', { entity: 'account', read: 'through' }, 'read', 'right-only-of-links'],
    ['importing what isn’t imported', { entity: 'team', import: 'all' }, 'import', 'right-not-imported'],
    ['keeping rights', { entity: 'right', create: 'all' }, 'create', 'right-of-administrators'],
    ['no level', { entity: 'account', read: 'some' }, 'read', ''],
  ];
  test.each(refusals)('%s', async (_, values, name, code) => {
    const answer = await refusedUnchanged(422, () =>
      doors.admin.program('POST', '/rights', { role, ...values }),
    );
    expect(answer.body.mistakes[0]?.field).toBe(name);
    if (code) expect(answer.body.mistakes[0]?.code).toBe(code);
  });

  test('a second right of the same role to the same entity', async () => {
    await allow('account', { read: 'all' });
    await refusedUnchanged(422, () =>
      doors.admin.program('POST', '/rights', { role, entity: 'account', read: 'own' }),
    );
  });

  test('hiding what names a record, or writing what isn’t seen', async () => {
    const rights = (values: object) => doors.admin.program('POST', '/field-rights', { role, ...values });
    const hidden = await refusedUnchanged(422, () =>
      rights({ entity: 'account', field: 'name', read: false, write: false }),
    );
    expect(hidden.body.mistakes[0]).toMatchObject({ field: 'read', code: 'right-field-needed' });
    const blind = await refusedUnchanged(422, () =>
      rights({ entity: 'account', field: 'phone', read: false }),
    );
    expect(blind.body.mistakes[0]).toMatchObject({ field: 'write', code: 'right-write-unseen' });
    const unknown = await refusedUnchanged(422, () => rights({ entity: 'account', field: 'fone' }));
    expect(unknown.body.mistakes[0]).toMatchObject({ field: 'field', code: 'right-unknown-field' });
  });
});

describe('a right', () => {
  test('takes effect on the next request, and goes with the next', async () => {
    await made('/accounts', { name: 'Effect' });
    expect((await clerk.program('GET', '/accounts')).status).toBe(403);
    const { id } = await allow('account', { read: 'all' });
    expect(await names(clerk)).toContain('Effect');
    await doors.admin.program('DELETE', `/rights/${id}`);
    expect((await clerk.program('GET', '/accounts')).status).toBe(403);
  });

  test('stands in for what the entity declares for that role', async () => {
    const sales = (await doors.admin.program('GET', '/roles')).body.items.find(
      ({ code }) => code === 'sales',
    );
    const own = await doors.user('Own');
    const { id } = await made('/accounts', { name: 'Somebody’s' });
    await made('/rights', { role: sales?.id, entity: 'account', read: 'all' });
    expect((await own.program('GET', `/accounts/${id}`)).body.can).toEqual({ update: false, remove: false });
    await refusedUnchanged(403, () => own.program('POST', '/accounts', { name: 'No longer' }));
  });

  test('reaches only where its condition holds, with every way to read', async () => {
    const north = await made('/accounts', { name: 'Filtered north', territory: 'north' });
    const south = await made('/accounts', { name: 'Filtered south', territory: 'south' });
    const deal = { stage: 'qualification', closeDate: '2027-01-01' };
    await made('/opportunities', { name: 'Filtered deal north', account: north.id, ...deal });
    await made('/opportunities', { name: 'Filtered deal south', account: south.id, ...deal });
    await allow('account', { read: 'all', update: 'all', where: 'territory = north' });
    await allow('opportunity', { read: 'all', where: 'account.territory = north' });
    expect(await names(clerk)).toEqual(['Filtered north']);
    expect(await names(clerk, '/opportunities')).toEqual(['Filtered deal north']);
    expect((await clerk.program('GET', `/accounts/${south.id}`)).status).toBe(404);
    expect((await clerk.program('GET', `/accounts/${south.id}/history`)).status).toBe(404);
    const { body: found } = await clerk.program('GET', '/search?q=filtered');
    expect(JSON.stringify(found.groups)).not.toContain('south');
    const totals = await clerk.program('GET', '/accounts/totals');
    expect(totals.body.groups).toMatchObject([{ count: 1 }]);
    await refusedUnchanged(404, () =>
      clerk.program('PATCH', `/accounts/${south.id}`, { version: 1, name: 'x' }),
    );
    const changed = await clerk.program('PATCH', `/accounts/${north.id}`, {
      version: 1,
      phone: '+33612345678',
    });
    expect(changed.status, changed.text).toBe(200);
    const moved = await refusedUnchanged(422, () =>
      clerk.program('PATCH', `/accounts/${north.id}`, { version: 2, territory: 'south' }),
    );
    expect(moved.body.mistakes[0]).toMatchObject({ field: 'territory', code: 'moved-beyond-row-filter' });
  });

  test('makes only records of which its condition holds once they are written', async () => {
    await allow('account', { read: 'all', create: 'all', where: 'territory = north and owner = me' });
    const answer = await refusedUnchanged(422, () =>
      clerk.program('POST', '/accounts', { name: 'New south', territory: 'south' }),
    );
    expect(answer.body.mistakes[0]).toMatchObject({ field: 'territory', code: 'beyond-row-filter' });
    const many = await refusedUnchanged(422, () =>
      clerk.program('POST', '/accounts', [
        { name: 'New north', territory: 'north' },
        { name: 'New south', territory: 'south' },
      ]),
    );
    expect(many.body.mistakes.map((mistake) => mistake.field)).toEqual(['[1].territory']);
    const good = await clerk.program('POST', '/accounts', { name: 'New north', territory: 'north' });
    expect(good.status, good.text).toBe(201);
  });

  test('by several roles is what any of them allows', async () => {
    await made('/accounts', { name: 'Any north', territory: 'north' });
    await made('/accounts', { name: 'Any own', territory: 'south', owner: both.id });
    await made('/accounts', { name: 'Any other', territory: 'south' });
    await allow('account', { read: 'all', where: 'territory = north' });
    const seen = (await names(both)).filter((name) => String(name).startsWith('Any'));
    expect(seen).toEqual(['Any north', 'Any own']);
    const { items } = (
      await both.program('GET', `/accounts${query({ where: 'name starts with "Any"', sort: 'name' })}`)
    ).body;
    expect(items.map(({ name, can }) => [name, (can as { update: boolean }).update])).toEqual([
      ['Any north', false],
      ['Any own', true],
    ]);
  });

  test('to change several records at once is one of its own', async () => {
    const one = await made('/accounts', { name: 'Mass one' });
    const two = await made('/accounts', { name: 'Mass two', owner: clerk.id });
    const three = await made('/accounts', { name: 'Mass three', owner: clerk.id });
    await allow('account', { read: 'all', update: 'all', remove: 'all' });
    const patch = (...ids: string[]) => ids.map((id) => ({ id, version: 1, phone: '+33611111111' }));
    await refusedUnchanged(403, () => clerk.program('PATCH', '/accounts', patch(two.id, three.id)));
    await refusedUnchanged(403, () =>
      clerk.program('DELETE', '/accounts', [
        { id: two.id, version: 1 },
        { id: three.id, version: 1 },
      ]),
    );
    const { id, version } = (await doors.admin.program('GET', '/rights')).body.items[0] as Answer['body'];
    await doors.admin.program('PATCH', `/rights/${id}`, { version, massChange: 'own' });
    await refusedUnchanged(403, () => clerk.program('PATCH', '/accounts', patch(one.id, two.id)));
    const answer = await clerk.program('PATCH', '/accounts', patch(two.id, three.id));
    expect(answer.status, answer.text).toBe(200);
  });
});

describe('a field right', () => {
  test('hides a field as if it were not declared', async () => {
    const { id } = await made('/accounts', {
      name: 'Veiled',
      phone: '+33699887766',
      website: 'https://veil.example',
    });
    await allow('account', { read: 'all', create: 'all', update: 'all' });
    expect((await clerk.program('GET', `/accounts/${id}`)).body).toHaveProperty('phone');
    await field('account', 'phone', { read: false, write: false });
    expect((await clerk.program('GET', `/accounts/${id}`)).body).not.toHaveProperty('phone');
    for (const asked of [{ fields: 'phone' }, { sort: 'phone' }, { where: 'phone is empty' }])
      expect([400, 422]).toContain((await clerk.program('GET', `/accounts${query(asked)}`)).status);
    expect((await clerk.program('GET', '/accounts/describe')).text).not.toContain('"name":"phone"');
    expect((await clerk.program('GET', `/accounts/${id}/history`)).text).not.toContain('99887766');
    const found = async (who: Caller, word: string) =>
      JSON.stringify((await who.program('GET', `/search?q=${word}`)).body.groups);
    expect(await found(clerk, '99887766')).not.toContain(id);
    expect(await found(clerk, 'veiled')).toContain(id);
    expect(await found(doors.admin, '99887766')).toContain(id);
    const told = async (who: Caller) => (await who.program('GET', '/search?q=veiled')).text;
    expect(await told(clerk)).not.toContain('99887766');
    const sent = await refusedUnchanged(422, () =>
      clerk.program('PATCH', `/accounts/${id}`, { version: 1, phone: '+33612121212' }),
    );
    expect(sent.body.mistakes[0]).toMatchObject({ field: 'phone', code: 'unknown-field' });
  });

  test('keeps a hidden word out of the search, mistyped or not, and out of what it says was meant', async () => {
    const { id } = await made('/accounts', { name: 'Seen', email: 'canaryword@veil.example' });
    await made('/accounts', { name: 'Canaryvort' });
    await allow('account', { read: 'all', create: 'all', update: 'all' });
    await field('account', 'email', { read: false, write: false });
    const search = async (who: Caller, word: string) => (await who.program('GET', `/search?q=${word}`)).text;
    for (const word of ['canaryword', 'canarywor', 'canarywrod', 'canaryvord', 'veil', 'seen+canaryword']) {
      expect(await search(clerk, word), word).not.toContain(id);
      expect(await search(clerk, word), word).not.toMatch(/canaryword/i);
    }
    expect(await search(clerk, 'canaryvord')).toContain('Canaryvort');
    expect(await search(clerk, 'seen')).toContain(id);
    expect(await search(clerk, 'seen')).not.toContain('veil.example');
    expect(await search(doors.admin, 'canarywrod')).toContain('canaryword@veil.example');
  });

  test('may let a field be seen and not written, unless it stays as it is', async () => {
    await allow('account', { read: 'all', create: 'all', update: 'all' });
    await field('account', 'territory', { write: false });
    const { id } = await made('/accounts', { name: 'Read only', territory: 'north' });
    const told = (await clerk.program('GET', '/accounts/describe')).body as unknown as {
      fields: { name: string; readOnly: boolean }[];
    };
    expect(told.fields.find(({ name }) => name === 'territory')?.readOnly).toBe(true);
    const refused = await refusedUnchanged(422, () =>
      clerk.program('PATCH', `/accounts/${id}`, { version: 1, territory: 'south' }),
    );
    expect(refused.body.mistakes[0]).toMatchObject({ field: 'territory', code: 'field-write-forbidden' });
    const same = await clerk.program('PATCH', `/accounts/${id}`, {
      version: 1,
      territory: 'north',
      name: 'Named',
    });
    expect(same.status, same.text).toBe(200);
  });

  test('that keeps a needed field from being written says which right is missing', async () => {
    await allow('opportunity', { read: 'all', create: 'all' });
    await field('opportunity', 'closeDate', { write: false });
    const answer = await refusedUnchanged(422, () =>
      clerk.program('POST', '/opportunities', { name: 'No date', stage: 'qualification' }),
    );
    expect(answer.body.mistakes).toMatchObject([{ field: 'closeDate', code: 'required-not-writable' }]);
  });

  test('of the most permissive role counts', async () => {
    const { id } = await made('/accounts', { name: 'Both', phone: '+33655443322', owner: both.id });
    await allow('account', { read: 'all' });
    await field('account', 'phone', { read: false, write: false });
    expect((await both.program('GET', `/accounts/${id}`)).body).toHaveProperty('phone');
  });
});

describe('everything that a role may do', () => {
  test('is told to administrators only: as declared, and as decided instead', async () => {
    const answer = await clerk.program('GET', `/roles/${role}/matrix`);
    expect(answer.status, answer.text).toBe(403);
    await allow('account', { read: 'all', where: 'territory = north' });
    await field('account', 'phone', { read: false, write: false });
    const told = (await doors.admin.program('GET', `/roles/${role}/matrix`)).body as unknown as RoleMatrix;
    expect(told).toMatchObject({ code: 'clerk', special: [] });
    const account = told.entities.find(({ entity }) => entity === 'account');
    expect(account).toMatchObject({
      declared: { read: 'none' },
      decided: { levels: { read: 'all', update: 'none' }, where: 'territory = north', isUnderstood: true },
    });
    expect(account?.fields.find(({ name }) => name === 'phone')?.decided).toMatchObject({ read: false });
    expect(told.entities.find(({ entity }) => entity === 'team')?.declared).toMatchObject({ read: 'all' });
  });

  test('says of a condition whose field is gone that it reaches nothing, and so it is', async () => {
    await made('/accounts', { name: 'Segmented', territory: 'north' });
    const added = await made('/custom-fields', { entity: 'account', type: 'text', labelEn: 'Segment' });
    await allow('account', { read: 'all', where: 'xSegment is empty' });
    expect(await names(clerk)).toContain('Segmented');
    await doors.admin.program('DELETE', `/custom-fields/${added.id}`);
    expect(await names(clerk)).toEqual([]);
    const told = (await doors.admin.program('GET', `/roles/${role}/matrix`)).body as unknown as RoleMatrix;
    expect(told.entities.find(({ entity }) => entity === 'account')?.decided?.isUnderstood).toBe(false);
  });
});
