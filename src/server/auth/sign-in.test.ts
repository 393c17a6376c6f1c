import { hash, verify } from '@node-rs/argon2';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Caller, type TestDoors, testDoors, testPassword } from '../../../test/harness/doors.ts';
import { claimAttempt } from './throttle.ts';
import { hashToken } from './token.ts';

vi.mock('@node-rs/argon2', { spy: true });

let doors: TestDoors;
let ana: Caller;
beforeAll(async () => {
  doors = await testDoors();
  ana = await doors.user('Ana');
});
afterEach(() => void vi.useRealTimers());
afterAll(() => doors.close());

const own = { 'sec-fetch-site': 'same-origin' };
const session = '/w/main/api/v1/session';
const signIn = (email: string, password: string, headers: Record<string, string> = own) =>
  doors.call('POST', session, { email, password }, headers);
const rows = async (query: ReturnType<typeof sql>) =>
  (await query.execute(doors.db)).rows as Record<string, unknown>[];
const forgetAttempts = () => sql`delete from w_main.sign_in_attempt`.execute(doors.db);

describe('signing in', () => {
  test('an unknown address and a wrong password get one and the same answer', async () => {
    const unknown = await signIn('nobody@example.org', 'a wrong password');
    const wrong = await signIn(ana.email, 'a wrong password');
    expect(unknown.status).toBe(401);
    expect(wrong.text).toBe(unknown.text);
    expect(wrong.headers['set-cookie']).toBeUndefined();
    await forgetAttempts();
  });

  test('does the same work for an unknown address as for a wrong password', async () => {
    await signIn('nobody@example.org', 'a wrong password'); // hashes nobody's password, once for all
    const work = async (email: string) => {
      vi.mocked(hash).mockClear();
      vi.mocked(verify).mockClear();
      await signIn(email, 'a wrong password');
      await forgetAttempts();
      const costs = vi.mocked(verify).mock.calls.map(([stored]) => String(stored).split('$').slice(0, 4));
      return { hashed: vi.mocked(hash).mock.calls.length, costs };
    };
    const wrong = await work(ana.email);
    expect(wrong).toMatchObject({ hashed: 0, costs: [['', 'argon2id', 'v=19', 'm=19456,t=2,p=1']] });
    expect(await work('nobody@example.org')).toEqual(wrong);
  });

  test.each([
    [{}, ['email', 'password']],
    [{ email: 1, password: 2 }, ['email', 'password']],
    [{ email: 'a@b.org', password: 'x', remember: true }, ['remember']],
    [{ email: 'x'.repeat(300), password: 'x'.repeat(2000) }, ['email', 'password']],
  ])('%j is refused by field, and no password is told back', async (body, fields) => {
    const answer = await doors.call('POST', session, body, own);
    expect(answer.status).toBe(422);
    expect(answer.body.mistakes.map((mistake: { field: string }) => mistake.field).sort()).toEqual(fields);
    expect(answer.text).not.toContain('xxxx'.repeat(100));
  });

  test('wrong passwords make the next attempt wait, also the right one, also after a restart', async () => {
    // The wait is of a second, which a busy machine may need for the attempts.
    vi.useFakeTimers({ toFake: ['Date'] });
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect((await signIn(ana.email, 'wrong')).status).toBe(401);
    const blocked = await signIn(ana.email, testPassword);
    expect(blocked).toMatchObject({ status: 429, body: { code: 'sign-in-wait' } });
    expect(Number(blocked.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    const [attempt] = await rows(
      sql`select failures, blocked_until from w_main.sign_in_attempt where key = ${`email:${ana.email}`}`,
    );
    expect(attempt).toMatchObject({ failures: 5 });
    vi.useRealTimers();
    await sql`update w_main.sign_in_attempt set blocked_until = now() - interval '1 second'`.execute(
      doors.db,
    );
    expect((await signIn(ana.email, testPassword)).status).toBe(200);
    expect(await rows(sql`select from w_main.sign_in_attempt where key = ${`email:${ana.email}`}`)).toEqual(
      [],
    );
    await forgetAttempts();
  });

  test('twenty guesses at once gain no more than five', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => signIn(ana.email, `guess ${index}`)),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
    await forgetAttempts();
  });

  test('guesses from many addresses of one IPv6 network count as one sender’s', async () => {
    const place = { db: doors.db, schema: 'w_main', now: new Date() };
    const attempts = await Promise.allSettled(
      Array.from({ length: 60 }, (_, n) => claimAttempt(place, `somebody${n}@example.org`, `2001:db8::${n}`)),
    );
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
    await claimAttempt(place, 'other@example.org', '2001:db8:0:1::1');
    await forgetAttempts();
  });

  test('the address is taken in any case; the cookie is out of reach of scripts and other sites', async () => {
    const answer = await signIn(` ${ana.email.toUpperCase()} `, testPassword);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        user: { id: ana.id, roles: ['sales'] },
        workspace: { name: 'main', company: 'Test', currency: 'EUR' },
      },
    });
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^rapport_main=[\w-]{43}; /);
    for (const part of ['Path=/w/main', 'HttpOnly', 'SameSite=Lax', 'Max-Age='])
      expect(cookie).toContain(part);
  });

  test('the database holds no token, only its hash', async () => {
    const token = ana.cookie.split('=')[1] ?? '';
    const kept = await rows(sql`select token_hash from w_main.session where user_id = ${ana.id}`);
    expect(kept.some(({ token_hash }) => hashToken(token).equals(token_hash as Buffer))).toBe(true);
    expect(JSON.stringify(await rows(sql`select s::text as line from w_main.session s`))).not.toContain(
      token,
    );
  });
});

describe('a session', () => {
  test('is refused when there is none, when it is nonsense, and when it was stolen for another workspace', async () => {
    expect(await doors.call('GET', '/w/main/api/v1/me')).toMatchObject({
      status: 401,
      body: { code: 'not-signed-in' },
    });
    const made = await doors.call('GET', '/w/main/api/v1/me', undefined, {
      cookie: `rapport_main=${'x'.repeat(43)}`,
    });
    expect(made).toMatchObject({ status: 401, body: { code: 'session-ended' } });
    expect(String(made.headers['set-cookie'])).toContain('rapport_main=;');
    expect((await doors.call('GET', '/api/v1/me', undefined, { cookie: ana.cookie })).status).toBe(401);
  });

  test.each([
    ['expires_at', 'after 30 days whatever happens'],
    ['last_seen_at', 'after a week without use'],
  ])('ends by %s, %s', async (column) => {
    const user = await doors.user(`Gone${column.replace(/\W|_/g, '')}`);
    expect((await user.browser('GET', '/me')).status).toBe(200);
    const past = sql.raw(
      column === 'expires_at' ? "now() - interval '1 second'" : "now() - interval '8 days'",
    );
    await sql`update w_main.session set ${sql.id(column)} = ${past} where user_id = ${user.id}`.execute(
      doors.db,
    );
    expect(await user.browser('GET', '/me')).toMatchObject({ status: 401, body: { code: 'session-ended' } });
  });

  test('writes down its last use once a minute at most', async () => {
    const seen = async () =>
      (
        await rows(
          sql`select last_seen_at from w_main.session where user_id = ${ana.id} order by created_at limit 1`,
        )
      )[0]?.last_seen_at;
    const first = await seen();
    await ana.browser('GET', '/me');
    expect(await seen()).toEqual(first);
    await sql`update w_main.session set last_seen_at = now() - interval '2 minutes' where user_id = ${ana.id}`.execute(
      doors.db,
    );
    const old = await seen();
    await ana.browser('GET', '/me');
    expect(await seen()).not.toEqual(old);
  });

  test('ends at sign-out; signing out twice is no mistake', async () => {
    const user = await doors.user('Leaving');
    for (let round = 0; round < 2; round += 1)
      expect((await user.browser('DELETE', '/session')).status).toBe(204);
    expect((await user.browser('GET', '/me')).status).toBe(401);
  });

  test('ends everywhere, keys stay', async () => {
    const user = await doors.user('Everywhere');
    const other = await signIn(user.email, testPassword);
    expect((await user.browser('POST', '/me/sign-out-everywhere', {})).status).toBe(204);
    expect((await user.browser('GET', '/me')).status).toBe(401);
    const cookie = String(other.headers['set-cookie']).split(';')[0] ?? '';
    expect((await doors.call('GET', '/w/main/api/v1/me', undefined, { cookie })).status).toBe(401);
    expect((await user.program('GET', '/me')).status).toBe(200);
  });
});

describe('writes that another site could cause', () => {
  const write = (headers: Record<string, string>) =>
    doors.call('POST', '/w/main/api/v1/accounts', { name: 'Forged' }, { cookie: ana.cookie, ...headers });

  test.each([
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
    ['from a sibling site', { 'sec-fetch-site': 'same-site' }],
    ['from another origin', { origin: 'https://evil.example' }],
    ['from another port', { origin: 'http://localhost:81' }],
    ['from a sandboxed frame', { origin: 'null' }],
    ['that don’t say from where', {}],
    ['that claim one thing and mean another', { 'sec-fetch-site': 'cross-site', origin: 'http://localhost' }],
  ])('%s are refused', async (_what, headers) => {
    expect(await write(headers)).toMatchObject({ status: 403, body: { code: 'other-origin' } });
  });

  test('also signing in and out and setting up', async () => {
    const evil = { origin: 'https://evil.example' };
    expect((await signIn(ana.email, testPassword, evil)).status).toBe(403);
    expect((await doors.call('DELETE', session, undefined, evil)).status).toBe(403);
    expect((await doors.call('POST', '/w/main/api/v1/setup', {}, evil)).status).toBe(403);
  });

  test('those of our own pages pass', async () => {
    expect((await write(own)).status).toBe(201);
    expect((await write({ origin: 'http://localhost:80' })).status).toBe(201);
  });
});
