import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { locales } from '../../src/lib/locale.ts';
import { type TestDoors, testDoors } from '../harness/doors.ts';
import { fingerprint } from '../harness/fingerprint.ts';
import { expectRefusal } from './expect-refusal.ts';

let doors: TestDoors;
beforeAll(async () => {
  doors = await testDoors();
});
afterAll(() => doors.close());

const changed = (key: string): string => key.slice(0, -1) + (key.endsWith('a') ? 'b' : 'a');

describe('who isn’t recognised', () => {
  const ended = { status: 401, code: 'session-ended' };
  const wrong = { status: 401, code: 'key-wrong' };
  const strangers = [
    { what: 'an expired session', refusal: ended },
    { what: 'a session that was ended', refusal: ended },
    { what: 'a key that was revoked', refusal: wrong },
    { what: 'a key that has expired', refusal: wrong },
    { what: 'a key with a letter changed', refusal: wrong },
    { what: 'a key of a user who was deactivated', refusal: wrong },
    { what: 'no key', refusal: { status: 401, code: 'key-missing' } },
    { what: 'no cookie', refusal: { status: 401, code: 'not-signed-in' } },
  ] as const;

  test.each(strangers)('by $what is told so in the language asked for', async ({ what, refusal }) => {
    const { db, workspace } = doors;
    const { key, cookie, id } = await doors.user(`left-${what.replaceAll(' ', '-')}`);
    const { schema } = workspace;
    const [session, keys, users] = ['session', 'api_key', 'user'].map((name) => sql.id(schema, name));
    if (what === 'an expired session')
      await sql`update ${session} set expires_at = now() - interval '1 second' where user_id = ${id}`.execute(
        db,
      );
    if (what === 'a session that was ended')
      await sql`delete from ${session} where user_id = ${id}`.execute(db);
    if (what === 'a key that was revoked')
      await sql`update ${keys} set revoked_at = now() where user_id = ${id}`.execute(db);
    if (what === 'a key that has expired')
      await sql`update ${keys} set expires_at = now() - interval '1 second' where user_id = ${id}`.execute(
        db,
      );
    if (what === 'a key of a user who was deactivated')
      await sql`update ${users} set active = false where id = ${id}`.execute(db);
    const sent: Record<string, string> =
      what.includes('session') || what === 'no cookie'
        ? { 'sec-fetch-site': 'same-origin', ...(what === 'no cookie' ? {} : { cookie }) }
        : what === 'no key'
          ? {}
          : { authorization: `Bearer ${what.includes('changed') ? changed(key) : key}` };
    const base = 'sec-fetch-site' in sent ? '/w/main/api/v1' : '/api/v1';
    const before = await fingerprint(db, schema);
    for (const locale of locales) {
      for (const [method, path] of [
        ['GET', '/accounts'],
        ['POST', '/accounts'],
      ] as const) {
        const answer = await doors.call(method, base + path, method === 'POST' ? { name: 'x' } : undefined, {
          ...sent,
          'accept-language': `${locale}-CH;q=0.9, de;q=0.95, en;q=0.1`,
        });
        expectRefusal(answer, { what, ...refusal }, locale);
      }
    }
    expect(await fingerprint(db, schema)).toEqual(before);
  });
});
