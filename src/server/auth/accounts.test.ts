import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Caller, type TestDoors, testDoors, testPassword } from '../../../test/harness/doors.ts';

let doors: TestDoors;
let roles: Record<string, string>;
beforeAll(async () => {
  doors = await testDoors();
  const { body } = await doors.admin.browser('GET', '/roles');
  roles = Object.fromEntries(body.items.map((role) => [String(role.code), role.id]));
});
afterEach(() => void vi.useRealTimers());
afterAll(() => doors.close());

const own = { 'sec-fetch-site': 'same-origin' };
const signIn = (email: string, password: string) =>
  doors.call('POST', '/w/main/api/v1/session', { email, password }, own);
const count = async (table: string, user: Caller): Promise<number> => {
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from ${sql.id('w_main', table)} where user_id = ${user.id}`.execute(doors.db);
  return rows[0]?.n ?? -1;
};

describe('an API key', () => {
  test.each([
    ['nothing', undefined, 'key-missing'],
    ['another scheme', 'Basic YTpi', 'key-wrong'],
    ['nonsense', 'Bearer nonsense', 'key-wrong'],
    ['one nobody has', `Bearer rpt_main_${'x'.repeat(43)}`, 'key-wrong'],
    ['one of another workspace', `Bearer rpt_other_${'x'.repeat(43)}`, 'key-wrong'],
    ['a session’s token', 'Bearer token', 'key-wrong'],
  ])('%s is refused', async (_what, authorization, code) => {
    const answer = await doors.call('GET', '/api/v1/me', undefined, authorization ? { authorization } : {});
    expect(answer).toMatchObject({ status: 401, body: { code } });
    expect(answer.headers['www-authenticate']).toContain('Bearer');
  });

  test('that expired or was revoked is refused at once', async () => {
    const user = await doors.user('Keys');
    const made = await user.browser('POST', '/keys', { name: 'Shop', expiresAt: '2100-01-01T00:00:00Z' });
    expect(made).toMatchObject({
      status: 201,
      body: {
        name: 'Shop',
        prefix: expect.stringMatching(/^rpt_main_.{4}$/) as string,
        user: { id: user.id },
      },
    });
    const bearer = { authorization: `Bearer ${made.body.key}` };
    expect((await doors.call('GET', '/api/v1/me', undefined, bearer)).body.user.id).toBe(user.id);
    await sql`update w_main.api_key set expires_at = now() - interval '1 second' where id = ${made.body.id}`.execute(
      doors.db,
    );
    expect((await doors.call('GET', '/api/v1/me', undefined, bearer)).status).toBe(401);
    await sql`update w_main.api_key set expires_at = null where id = ${made.body.id}`.execute(doors.db);
    expect((await user.browser('DELETE', `/keys/${made.body.id}`)).status).toBe(204);
    expect((await doors.call('GET', '/api/v1/me', undefined, bearer)).status).toBe(401);
    expect((await user.browser('DELETE', `/keys/${made.body.id}`)).status).toBe(404);
  });

  test('makes no further key and changes no password: that takes a person', async () => {
    const user = await doors.user('Stolen');
    const refused = { status: 403, body: { code: 'session-needed' } };
    expect(await user.program('POST', '/keys', { name: 'More' })).toMatchObject(refused);
    expect(
      await user.program('POST', '/me/password', { current: testPassword, next: 'another good password' }),
    ).toMatchObject(refused);
    expect(await user.program('POST', '/me/sign-out-everywhere', {})).toMatchObject(refused);
  });

  test('of others is an administrator’s business', async () => {
    const user = await doors.user('Curious');
    expect((await user.browser('POST', '/keys', { name: 'x', user: doors.admin.id })).status).toBe(403);
    const [theirs] = (await doors.admin.browser('GET', '/keys')).body.items.filter(
      (key) => key.user.id === doors.admin.id,
    );
    expect((await user.browser('DELETE', `/keys/${theirs?.id}`)).status).toBe(404);
    const seen = (await user.browser('GET', '/keys')).body.items.map((key) => key.user.id);
    expect(new Set(seen)).toEqual(new Set([user.id]));
    expect(await doors.admin.browser('POST', '/keys', { name: 'x', user: user.id })).toMatchObject({
      status: 201,
      body: { user: { id: user.id } },
    });
    expect((await doors.admin.browser('POST', '/keys', { name: 'x', user: 'nonsense' })).status).toBe(422);
  });

  test('is never kept or listed', async () => {
    const user = await doors.user('Secret');
    const { rows } = await sql`select k::text from w_main.api_key k`.execute(doors.db);
    expect(JSON.stringify(rows)).not.toContain(user.key.slice(-43));
    expect((await user.browser('GET', '/keys')).text).not.toContain(user.key.slice(-43));
  });
});

describe('a password', () => {
  test.each([
    ['too short', 'tiny'],
    ['eleven characters', 'abcdefghi12'],
    ['obvious', 'Password1234'],
    ['one letter', 'aaaaaaaaaaaaaaaa'],
    ['longer than anybody types', 'long '.repeat(60)],
    ['no text', 123456789012],
  ])('that is %s is refused for a new user', async (_what, password) => {
    const answer = await doors.admin.browser('POST', '/users', {
      name: 'New',
      email: 'new@example.org',
      password,
    });
    expect(answer).toMatchObject({ status: 422, body: { mistakes: [{ field: 'password' }] } });
    expect(answer.text).not.toContain(String(password));
  });

  test('that is the e-mail address is refused, told with the record’s own mistakes', async () => {
    const answer = await doors.admin.browser('POST', '/users', {
      email: 'somebody@example.org',
      password: 'Somebody@example.org',
    });
    expect(answer.body.mistakes.map((mistake) => mistake.field).sort()).toEqual(['name', 'password']);
  });

  test('is changed by who knows it, and ends the other sessions', async () => {
    const user = await doors.user('Changing');
    const wrong = await user.browser('POST', '/me/password', { current: 'wrong', next: 'short' });
    expect(wrong.body.mistakes).toMatchObject([{ field: 'current' }, { field: 'next' }]);
    expect(
      (await user.browser('POST', '/me/password', { current: testPassword, next: testPassword })).status,
    ).toBe(422);
    const other = await signIn(user.email, testPassword);
    const cookie = String(other.headers['set-cookie']).split(';')[0] ?? '';
    expect(
      (await user.browser('POST', '/me/password', { current: testPassword, next: 'another good password' }))
        .status,
    ).toBe(204);
    expect((await doors.call('GET', '/w/main/api/v1/me', undefined, { cookie })).status).toBe(401);
    expect((await user.browser('GET', '/me')).status).toBe(200);
    expect((await signIn(user.email, testPassword)).status).toBe(401);
    expect((await signIn(user.email, 'another good password')).status).toBe(200);
  });

  test('is reset by an administrator, which ends that user’s sessions', async () => {
    const user = await doors.user('Forgetful');
    const path = `/users/${user.id}`;
    expect(
      (await user.browser('PATCH', path, { version: 1, password: 'another good password' })).status,
    ).toBe(403);
    expect((await doors.admin.browser('PATCH', path, { version: 1, password: 'short' })).status).toBe(422);
    expect(
      (await doors.admin.browser('PATCH', path, { version: 1, password: 'another good password' })).status,
    ).toBe(200);
    expect((await user.browser('GET', '/me')).status).toBe(401);
    expect((await signIn(user.email, 'another good password')).status).toBe(200);
  });

  test('of one’s own isn’t reset: a stolen key or an unlocked screen would lock its owner out', async () => {
    const change = [{ id: doors.admin.id, password: 'another good password' }];
    for (const answer of [
      await doors.admin.program('PATCH', '/users', change),
      await doors.admin.browser('PATCH', '/users', change),
    ]) {
      expect(answer.status).toBe(422);
      expect(answer.body.mistakes).toMatchObject([{ field: '[0].password', code: 'password-own' }]);
    }
    expect((await signIn(doors.admin.email, testPassword)).status).toBe(200);
  });

  test('can’t be guessed where it is changed any faster than where one signs in', async () => {
    const user = await doors.user('Guessed');
    // The wait is of seconds, which a busy machine may need for the guesses.
    vi.useFakeTimers({ toFake: ['Date'] });
    const guess = (current: string) =>
      user.browser('POST', '/me/password', { current, next: 'another good password' });
    const tries = await Promise.all(Array.from({ length: 12 }, (_, n) => guess(`guess ${n}`)));
    expect(tries.filter(({ status }) => status === 422).length).toBeLessThanOrEqual(5);
    expect(await guess(testPassword)).toMatchObject({ status: 429 });
  });

  test('is in no answer, no history and no list', async () => {
    const made = await doors.admin.browser('POST', '/users', {
      name: 'Quiet',
      email: 'quiet@example.org',
      password: testPassword,
    });
    expect(made.status).toBe(201);
    for (const path of [`/users/${made.body.id}`, '/users', `/users/${made.body.id}/history`]) {
      const { text } = await doors.admin.browser('GET', path);
      expect(text).not.toContain(testPassword);
      expect(text).not.toContain('argon2');
    }
    const { rows } = await sql`select hash from w_main.password where user_id = ${made.body.id}`.execute(
      doors.db,
    );
    expect(rows).toEqual([{ hash: expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/) as string }]);
  });

  test('of a list of users is all or nothing', async () => {
    const answer = await doors.admin.browser('POST', '/users', [
      { name: 'One', email: 'one@example.org', password: testPassword },
      { name: 'Two', email: 'two@example.org', password: 'short' },
    ]);
    expect(answer).toMatchObject({ status: 422, body: { mistakes: [{ field: '[1].password' }] } });
    expect((await doors.admin.browser('GET', '/users?where=name = "One"')).body.total).toBe(0);
  });
});

describe('users', () => {
  test('are made and changed by administrators alone', async () => {
    const user = await doors.user('Ordinary');
    expect(
      (await user.browser('POST', '/users', { name: 'x', email: 'x@example.org', password: testPassword }))
        .status,
    ).toBe(403);
    expect(
      (await user.browser('PATCH', `/users/${user.id}`, { version: 1, roles: [roles.administrator] })).status,
    ).toBe(403);
    expect((await user.browser('PATCH', '/me', { roles: [roles.administrator] })).status).toBe(422);
    expect((await user.browser('GET', '/me')).body.user.roles).toEqual(['sales']);
  });

  test('have a time zone that exists, through every door', async () => {
    const user = await doors.user('Zoned');
    const path = `/users/${user.id}`;
    expect(await doors.admin.browser('PATCH', path, { version: 1, timeZone: 'Mars/Olympus' })).toMatchObject({
      status: 422,
      body: { mistakes: [{ field: 'timeZone' }] },
    });
    expect((await user.browser('PATCH', '/me', { timeZone: '+02:00' })).status).toBe(422);
    expect(
      (await user.browser('PATCH', '/me', { timeZone: 'America/Bogota', locale: 'es', name: 'Zoé' })).body
        .user,
    ).toMatchObject({ timeZone: 'America/Bogota', locale: 'es', name: 'Zoé' });
    expect((await user.browser('GET', '/me')).body.user).toMatchObject({
      timeZone: 'America/Bogota',
      name: 'Zoé',
    });
  });

  test('share no e-mail address, whatever its case', async () => {
    const user = await doors.user('Unique');
    const answer = await doors.admin.browser('POST', '/users', {
      name: 'Twin',
      email: user.email.toUpperCase(),
      password: testPassword,
    });
    expect(answer).toMatchObject({ status: 422, body: { mistakes: [{ field: 'email' }] } });
  });

  test('who are deactivated lose every session and key at once, and get none back', async () => {
    const user = await doors.user('Leaver');
    expect(
      (await doors.admin.browser('PATCH', `/users/${user.id}`, { version: 1, active: false })).status,
    ).toBe(200);
    expect((await user.browser('GET', '/me')).status).toBe(401);
    expect((await user.program('GET', '/me')).status).toBe(401);
    expect((await signIn(user.email, testPassword)).status).toBe(401);
    expect([await count('session', user), await count('api_key', user)]).toEqual([0, 0]);
    expect(
      (await doors.admin.browser('PATCH', `/users/${user.id}`, { version: 2, active: true })).status,
    ).toBe(200);
    expect((await user.browser('GET', '/me')).status).toBe(401);
    expect((await user.program('GET', '/me')).status).toBe(401);
  });

  test('who are put into the bin lose them too, through the door for many as well', async () => {
    const [first, second] = [await doors.user('Binned'), await doors.user('Binned2')];
    expect((await doors.admin.browser('DELETE', `/users/${first.id}`)).status).toBe(200);
    expect((await doors.admin.browser('DELETE', '/users', [{ id: second.id }])).status).toBe(200);
    for (const user of [first, second]) expect((await user.program('GET', '/me')).status).toBe(401);
  });

  test('get a new role with their next request', async () => {
    const user = await doors.user('Rising');
    expect((await user.browser('GET', '/import-batches')).status).toBeLessThan(500);
    await doors.admin.browser('PATCH', `/users/${user.id}`, { version: 1, roles: [roles.administrator] });
    expect((await user.browser('GET', '/me')).body.user.roles).toEqual(['administrator']);
    await doors.admin.browser('PATCH', `/users/${user.id}`, { version: 2, roles: [roles.sales] });
    expect((await user.browser('GET', '/me')).body.user.roles).toEqual(['sales']);
  });
});

describe('the last administrator', () => {
  const refused = { status: 422, body: { mistakes: [{ code: 'last-administrator' }] } };
  const version = async (): Promise<number> =>
    (await doors.admin.browser('GET', `/users/${doors.admin.id}`)).body.version;

  test('can’t be deactivated, demoted, or put into the bin', async () => {
    const path = `/users/${doors.admin.id}`;
    expect(
      await doors.admin.browser('PATCH', path, { version: await version(), active: false }),
    ).toMatchObject(refused);
    expect(
      await doors.admin.browser('PATCH', path, { version: await version(), roles: [roles.sales] }),
    ).toMatchObject(refused);
    expect(await doors.admin.browser('DELETE', path)).toMatchObject(refused);
    expect(await doors.admin.browser('PATCH', '/users', [{ id: doors.admin.id, roles: [] }])).toMatchObject(
      refused,
    );
    expect(await doors.admin.browser('DELETE', `/roles/${roles.administrator}`)).toMatchObject(refused);
    expect(
      await doors.admin.browser('PATCH', `/roles/${roles.administrator}`, { version: 1, code: 'boss' }),
    ).toMatchObject({ status: 422, body: { mistakes: [{ code: 'role-code-kept' }] } });
    expect((await doors.admin.browser('GET', '/me')).body.user.roles).toEqual(['administrator']);
  });

  test('stays when two demote each other at the same moment', async () => {
    const other = await doors.user('Rival', ['administrator']);
    const demote = async (by: Caller, whom: Caller) =>
      by.browser('PATCH', '/users', [{ id: whom.id, roles: [roles.sales] }]);
    const answers = await Promise.all([demote(doors.admin, other), demote(other, doors.admin)]);
    expect(answers.map(({ status }) => String(status)).sort()).toEqual(['200', '422']);
    const left =
      await sql`select u.id from w_main."user" u where u.active and ${roles.administrator} = any(u.roles_ids)`.execute(
        doors.db,
      );
    expect(left.rows).toHaveLength(1);
  });
});
