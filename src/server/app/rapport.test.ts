import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts';
import { openPool } from '../../engine/workspace/database.ts';
import { readConfig } from '../boot/config.ts';
import { openLog } from '../log.ts';
import { openRapport } from './rapport.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ empty: true });
});
afterAll(() => database.close());

const open = async (env: Record<string, string> = {}) =>
  openRapport({ config: readConfig(env), databaseUrl: database.url, log: await openLog('silent') });
const admin = { RAPPORT_ADMIN_EMAIL: 'root@example.org', RAPPORT_ADMIN_PASSWORD: 'four words make one' };

describe('opening Rapport', () => {
  test('with an administrator whose password anybody would guess is refused, and leaves the set-up open', async () => {
    const guessed = { ...admin, RAPPORT_ADMIN_PASSWORD: 'password1234' };
    await expect(open(guessed)).rejects.toMatchObject({ name: 'StartError', exitCode: 2 });
  });

  test('on an empty database migrates it and gives a new link at each start, of which the last works', async () => {
    const first = await open();
    expect(first.setupLink).toMatch(/^\/w\/main\/setup#token=[\w-]{43}$/);
    expect((await first.http.inject({ url: '/readyz' })).statusCode).toBe(200);
    await first.http.close();
    await first.close();
    const second = await open();
    expect(second.setupLink).not.toBe(first.setupLink);
    const send = (link: string | null) =>
      second.http.inject({
        method: 'POST',
        url: '/w/main/api/v1/setup',
        headers: { 'sec-fetch-site': 'same-origin' },
        payload: {
          token: link?.split('=')[1],
          name: 'x',
          email: 'x@example.org',
          password: 'y',
          company: 'c',
          locale: 'en',
          timeZone: 'UTC',
          currency: 'EUR',
        },
      });
    expect((await send(first.setupLink)).statusCode).toBe(403);
    expect((await send(second.setupLink)).statusCode).toBe(422);
    await second.http.close();
    await second.close();
  });

  test('unattended makes the administrator once, and gives no link', async () => {
    for (let start = 0; start < 2; start += 1) {
      const rapport = await open(admin);
      expect(rapport.setupLink).toBeNull();
      const signedIn = await rapport.http.inject({
        method: 'POST',
        url: '/w/main/api/v1/session',
        headers: { 'sec-fetch-site': 'same-origin' },
        payload: { email: admin.RAPPORT_ADMIN_EMAIL, password: admin.RAPPORT_ADMIN_PASSWORD },
      });
      expect(signedIn.json()).toMatchObject({
        user: { email: 'root@example.org', roles: ['administrator'] },
      });
      await rapport.http.close();
      await rapport.close();
    }
  });

  test.each([
    ['both', true],
    ['web', false],
  ])('as “%s” keeps connections for work apart from those for requests: %s', async (role, isApart) => {
    const rapport = await open({ ...admin, RAPPORT_ROLE: role });
    const { db, close } = openPool(database.url, { max: 1, applicationName: 'watch' });
    const { rows } = await sql<{ name: string }>`
      select distinct application_name as name from pg_stat_activity where datname = current_database()`.execute(
      db,
    );
    expect(rows.some(({ name }) => name === 'rapport work')).toBe(isApart);
    await close();
    await rapport.http.close();
    await rapport.close();
  });

  test('behind https the session’s cookie travels over https alone', async () => {
    const rapport = await open({ RAPPORT_PUBLIC_URL: 'https://crm.example.org' });
    const post = (origin: string) =>
      rapport.http.inject({
        method: 'POST',
        url: '/w/main/api/v1/session',
        headers: { origin },
        payload: { email: admin.RAPPORT_ADMIN_EMAIL, password: admin.RAPPORT_ADMIN_PASSWORD },
      });
    const answer = await post('https://crm.example.org');
    expect(String(answer.headers['set-cookie'])).toContain('; Secure');
    expect(answer.headers['strict-transport-security']).toContain('max-age=');
    expect((await post('https://evil.example')).statusCode).toBe(403);
    await rapport.http.close();
    await rapport.close();
  });
});
