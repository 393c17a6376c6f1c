import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDoors, testDoors, testPassword } from '../../../test/harness/doors.ts';
import { newSetUpToken, setUpUnattended } from './set-up.ts';

const own = { 'sec-fetch-site': 'same-origin' };
const path = '/w/main/api/v1/setup';
const given = {
  name: 'Ada Lovelace',
  email: 'ada@example.org',
  password: testPassword,
  company: 'Analytical Engines',
  locale: 'fr',
  timeZone: 'Europe/Paris',
  currency: 'CHF',
};

describe('the set-up door', () => {
  let doors: TestDoors;
  beforeAll(async () => {
    doors = await testDoors({ isSetUp: false });
  });
  afterAll(() => doors.close());
  const send = (body: Record<string, unknown>) => doors.call('POST', path, body, own);
  const users = async () => (await sql`select from w_main."user"`.execute(doors.db)).rows.length;

  test('needs its token', async () => {
    expect((await doors.call('GET', path)).body).toEqual({ needed: true });
    await newSetUpToken(doors);
    for (const token of ['x', 'x'.repeat(43)]) {
      expect(await send({ ...given, token })).toMatchObject({ status: 403, body: { code: 'set-up-closed' } });
    }
    expect(await users()).toBe(0);
  });

  test('tells every mistake at once and stays open', async () => {
    const token = (await newSetUpToken(doors)) ?? '';
    const answer = await send({
      token,
      name: '',
      email: 'ada@example.org',
      locale: 'de',
      timeZone: 'Mars/Olympus',
      currency: 'XXY',
      password: 'x',
    });
    expect(answer.status).toBe(422);
    expect(answer.body.mistakes.map((mistake) => mistake.field).sort()).toEqual([
      'company',
      'currency',
      'locale',
      'name',
      'timeZone',
    ]);
    const deeper = await send({ ...given, token, email: 'no address', password: 'short' });
    expect(deeper.body.mistakes.map((mistake) => mistake.field).sort()).toEqual(['email', 'password']);
    expect(await users()).toBe(0);
  });

  test('a newer link closes the older one; of two at once one wins; then it is closed for ever', async () => {
    const older = (await newSetUpToken(doors)) ?? '';
    const token = (await newSetUpToken(doors)) ?? '';
    expect((await send({ ...given, token: older })).status).toBe(403);
    const answers = await Promise.all([
      send({ ...given, token }),
      send({ ...given, token, email: 'eve@example.org' }),
    ]);
    expect(answers.map(({ status }) => String(status)).sort()).toEqual(['201', '403']);
    expect(await users()).toBe(1);
    expect((await doors.call('GET', path)).body).toEqual({ needed: false });
    expect(await newSetUpToken(doors)).toBeNull();
    expect((await send({ ...given, token })).status).toBe(403);
    expect(await setUpUnattended(doors, { ...given, locale: 'fr' })).toBeNull();
    const cookie =
      String(answers.find(({ status }) => status === 201)?.headers['set-cookie']).split(';')[0] ?? '';
    const me = await doors.call('GET', '/w/main/api/v1/me', undefined, { cookie });
    expect(me.body).toMatchObject({
      user: { name: 'Ada Lovelace', locale: 'fr', timeZone: 'Europe/Paris', roles: ['administrator'] },
      workspace: { company: 'Analytical Engines', currency: 'CHF' },
    });
    const { rows } = await sql`select from w_main.setting where name = 'setup-token'`.execute(doors.db);
    expect(rows).toEqual([]);
  });
});
