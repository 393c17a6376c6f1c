import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Caller, type TestDoors, testDoors } from '../harness/doors.ts';
import { fingerprint } from '../harness/fingerprint.ts';

let doors: TestDoors;
let keeper: Caller;
let lister: Caller;
let sales: Caller;
let roleIds: Readonly<Record<string, string>>;

beforeAll(async () => {
  doors = await testDoors();
  for (const [code, special] of [
    ['keeper', ['manage-users']],
    ['lister', ['manage-lists']],
    ['undoer', ['undo-any']],
  ] as const) {
    const answer = await doors.admin.program('POST', '/roles', { code, name: code, special });
    expect(answer.status, answer.text).toBe(201);
  }
  const { items } = (await doors.admin.program('GET', '/roles')).body;
  roleIds = Object.fromEntries(items.map(({ id, code }) => [String(code), id]));
  keeper = await doors.user('Kim', ['keeper']);
  lister = await doors.user('Lis', ['lister']);
  sales = await doors.user('Sal');
});
afterAll(() => doors.close());

const refusedUnchanged = async (status: number, work: () => Promise<Answer>): Promise<Answer> => {
  const before = await fingerprint(doors.db, doors.workspace.schema);
  const answer = await work();
  expect(answer.status, answer.text).toBe(status);
  expect(await fingerprint(doors.db, doors.workspace.schema)).toEqual(before);
  return answer;
};
const version = async (id: string): Promise<number> =>
  (await doors.admin.program('GET', `/users/${id}`)).body.version;

describe('who may manage lists', () => {
  test('keeps values of lists, and nothing else that administrators keep', async () => {
    const value = { list: 'industry', code: 'shipping', labelEn: 'Shipping' };
    await refusedUnchanged(403, () => sales.program('POST', '/base-values', value));
    await refusedUnchanged(403, () => lister.program('POST', '/teams', { name: 'Mine' }));
    await refusedUnchanged(403, () => lister.program('POST', '/roles', { code: 'x', name: 'X' }));
    const made = await lister.program('POST', '/base-values', value);
    expect(made.status, made.text).toBe(201);
    expect((await lister.program('GET', '/describe')).body.lists).not.toEqual([]);
    expect((await sales.program('GET', '/describe')).body.lists).toEqual([]);
  });
});

describe('who may manage users', () => {
  test('makes users and gives them roles without special rights, and sees their addresses', async () => {
    const made = await keeper.program('POST', '/users', {
      name: 'New',
      email: 'new@example.org',
      roles: [roleIds.sales],
    });
    expect(made.status, made.text).toBe(201);
    expect(made.body).toMatchObject({ email: 'new@example.org' });
    expect((await sales.program('GET', `/users/${made.body.id}`)).text).not.toContain('new@example.org');
  });

  test('makes nobody more than that, himself least of all', async () => {
    const beyond = { status: 422, body: { mistakes: [{ field: 'roles', code: 'user-beyond-rank' }] } };
    for (const role of ['administrator', 'lister']) {
      const values = { name: 'Risen', email: 'risen@example.org', roles: [roleIds[role]] };
      expect(await refusedUnchanged(422, () => keeper.program('POST', '/users', values))).toMatchObject(
        beyond,
      );
      const change = { version: await version(sales.id), roles: [roleIds[role]] };
      expect(
        await refusedUnchanged(422, () => keeper.program('PATCH', `/users/${sales.id}`, change)),
      ).toMatchObject(beyond);
    }
    const own = { version: await version(keeper.id), roles: [roleIds.keeper, roleIds.sales] };
    expect(
      await refusedUnchanged(422, () => keeper.program('PATCH', `/users/${keeper.id}`, own)),
    ).toMatchObject({
      body: { mistakes: [{ field: 'roles', code: 'user-own-roles' }] },
    });
  });

  test('touches nobody above: not his name, not his password, not his sign-in', async () => {
    const path = `/users/${doors.admin.id}`;
    const now = await version(doors.admin.id);
    await refusedUnchanged(422, () => keeper.program('PATCH', path, { version: now, name: 'Renamed' }));
    await refusedUnchanged(403, () =>
      keeper.browser('PATCH', path, { version: now, password: 'another four words' }),
    );
    await refusedUnchanged(422, () => keeper.program('PATCH', path, { version: now, active: false }));
    await refusedUnchanged(422, () => keeper.program('DELETE', path));
    expect((await doors.admin.browser('GET', '/me')).status).toBe(200);
  });

  test('ends the sessions and keys of whom he deactivates', async () => {
    const leaver = await doors.user('Lea');
    const change = { version: await version(leaver.id), active: false };
    const answer = await keeper.program('PATCH', `/users/${leaver.id}`, change);
    expect(answer.status, answer.text).toBe(200);
    await doors.admin.program('PATCH', `/users/${leaver.id}`, {
      version: await version(leaver.id),
      active: true,
    });
    expect((await leaver.browser('GET', '/me')).status).toBe(401);
    expect((await leaver.program('GET', '/me')).status).toBe(401);
  });
});

describe('a special right', () => {
  test('goes with the next request', async () => {
    const role = (await doors.admin.program('GET', `/roles/${roleIds.lister}`)).body;
    await doors.admin.program('PATCH', `/roles/${role.id}`, { version: role.version, special: [] });
    await refusedUnchanged(403, () =>
      lister.program('POST', '/base-values', { list: 'industry', code: 'late', labelEn: 'Late' }),
    );
  });

  test('to undo any is needed for what others did', async () => {
    const undoer = await doors.user('Uma', ['undoer', 'sales']);
    const { id } = (await undoer.program('POST', '/accounts', { name: 'Uma’s' })).body;
    const changed = await doors.admin.program('PATCH', `/accounts/${id}`, { version: 1, name: 'Changed' });
    expect(changed.status).toBe(200);
    const log = (await undoer.program('GET', `/accounts/${id}/history`)).body.items[0];
    const answer = await undoer.program('POST', `/accounts/${id}/history/${log?.id}/undo`, {});
    expect(answer.status, answer.text).toBe(200);
  });
});
