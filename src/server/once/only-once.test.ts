import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestDoors, testDoors } from '../../../test/harness/doors.ts';
import { sweepAnswers } from '../../engine/workspace/kept-answers.ts';

let doors: TestDoors;
let sam: Caller;
beforeAll(async () => {
  doors = await testDoors();
  sam = await doors.user('Sam');
});
afterAll(() => doors.close());

const post = (path: string, body: unknown, key: string, who = sam) =>
  who.program('POST', path, body, { 'idempotency-key': key });
const count = async (name: string): Promise<number> => {
  const { rows } = await sql`select from w_main.account where name = ${name}`.execute(doors.db);
  return rows.length;
};

describe('an Idempotency-Key', () => {
  test.each([
    ['empty', ''],
    ['longer than 255 characters', 'k'.repeat(256)],
    ['of other characters than printable ones', 'ké'],
  ])('that is %s is refused before anything is done', async (_what, key) => {
    const answer = await post('/accounts', { name: 'Never made' }, key);
    expect(answer).toMatchObject({ status: 400, body: { code: 'idempotency-key-wrong' } });
    expect(await count('Never made')).toBe(0);
  });

  test('is refused with another request, wherever that goes', async () => {
    await post('/accounts', { name: 'First' }, 'one');
    for (const [path, body] of [
      ['/accounts', { name: 'Second' }],
      ['/contacts', { name: 'First' }],
      ['/accounts?x=1', { name: 'First' }],
    ] as const) {
      const answer = await post(path, body, 'one');
      expect(answer.status).toBe(422);
      expect(answer.body.mistakes).toMatchObject([
        { field: 'Idempotency-Key', code: 'idempotency-key-reused' },
      ]);
    }
    expect(await count('Second')).toBe(0);
  });

  test('answers the same request as the first time, and does it once', async () => {
    const first = await post('/accounts', { name: 'Once' }, 'two');
    const again = await post('/accounts', { name: 'Once' }, 'two');
    expect(first).toMatchObject({ status: 201, headers: { location: `/api/v1/accounts/${first.body.id}` } });
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(again).toMatchObject({
      status: 201,
      text: first.text,
      headers: { location: first.headers['location'], 'idempotency-replayed': 'true' },
    });
    expect(await count('Once')).toBe(1);
  });

  test('is each user’s own', async () => {
    const mine = await post('/accounts', { name: 'Mine' }, 'three');
    const other = await post('/accounts', { name: 'Mine' }, 'three', doors.admin);
    expect(other.body.id).not.toBe(mine.body.id);
    expect(await count('Mine')).toBe(2);
  });

  test('of a refused request keeps nothing, so that it can be mended', async () => {
    expect((await post('/accounts', { nam: 'Typo' }, 'four')).status).toBe(422);
    expect((await post('/accounts', { name: 'Typo' }, 'four')).status).toBe(201);
  });

  test('lets one of many at once through; the others get its answer, or are told to wait', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => post('/accounts', { name: 'Rush' }, 'five')),
    );
    const made = answers.filter(({ status }) => status === 201);
    const waiting = answers.filter(({ status }) => status === 409);
    expect(made.length).toBeGreaterThan(0);
    expect(made.length + waiting.length).toBe(8);
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(1);
    for (const answer of waiting)
      expect(answer).toMatchObject({
        body: { code: 'idempotency-key-under-way' },
        headers: { 'retry-after': '1' },
      });
    expect(await count('Rush')).toBe(1);
  });

  test('holds for many records, links, the bin and undo, from pages as from programs', async () => {
    const both = async (path: string, body: unknown, key: string) => {
      const [first, again] = [await post(path, body, key), await post(path, body, key)];
      expect([again.status, again.text]).toEqual([first.status, first.text]);
      expect(again.headers['idempotency-replayed']).toBe('true');
      return first;
    };
    const { body } = await both('/accounts', [{ name: 'Many' }, { name: 'Many' }], 'six');
    expect(await count('Many')).toBe(2);
    const account = body.items[0]?.id ?? '';
    const contact = (await post('/contacts', { name: { last: 'Roe' } }, 'seven')).body.id;
    expect((await both(`/accounts/${account}/link`, { link: 'contacts', to: contact }, 'eight')).status).toBe(
      201,
    );
    expect(
      (await both(`/accounts/${account}/unlink`, { link: 'contacts', to: contact }, 'nine')).status,
    ).toBe(200);
    await sam.program('DELETE', `/accounts/${account}`);
    expect((await both(`/accounts/${account}/restore`, {}, 'ten')).status).toBe(200);
    const page = await sam.browser('POST', '/accounts', { name: 'Page' }, { 'idempotency-key': 'eleven' });
    const twice = await sam.browser('POST', '/accounts', { name: 'Page' }, { 'idempotency-key': 'eleven' });
    expect([twice.status, twice.body.id]).toEqual([201, page.body.id]);
    expect(await count('Page')).toBe(1);
  });

  test('keeps no secret, neither in answers nor in what a hash would tell', async () => {
    const key = { 'idempotency-key': 'twelve' };
    const keys = await doors.admin.browser('POST', '/keys', { name: 'Robot' }, key);
    expect(keys).toMatchObject({ status: 400, body: { code: 'idempotency-key-not-here' } });
    const user = { name: 'New', email: 'new@example.org', password: 'some words of mine' };
    const made = await doors.admin.browser('POST', '/users', user, { 'idempotency-key': 'thirteen' });
    const other = { ...user, password: 'other words of mine' };
    const again = await doors.admin.browser('POST', '/users', other, { 'idempotency-key': 'thirteen' });
    expect([made.status, again.status, again.text]).toEqual([201, 201, made.text]);
  });

  test('is forgotten after a day', async () => {
    const first = await post('/accounts', { name: 'Old' }, 'fourteen');
    await sql`update w_main.kept_answer set at = now() - interval '25 hours' where key = 'fourteen'`.execute(
      doors.db,
    );
    const second = await post('/accounts', { name: 'Old' }, 'fourteen');
    expect(second.body.id).not.toBe(first.body.id);
    const kept = async () =>
      (
        await sql<{
          key: string;
        }>`select key from w_main.kept_answer where key in ('one', 'fourteen') order by key`.execute(doors.db)
      ).rows.map((row) => row.key);
    await sql`update w_main.kept_answer set at = now() - interval '25 hours' where key = 'one'`.execute(
      doors.db,
    );
    await sweepAnswers(doors.db, 'w_main');
    expect(await kept()).toEqual(['fourteen']);
  });
});
