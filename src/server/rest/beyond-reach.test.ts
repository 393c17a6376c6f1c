import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Caller, type TestDoors, testDoors } from '../../../test/harness/doors.ts';
import { newId } from '../../lib/ids.ts';

vi.mock('@node-rs/argon2', { spy: true });

let doors: TestDoors;
let ana: Caller;
let ben: Caller;
beforeAll(async () => {
  doors = await testDoors();
  ana = await doors.user('Ana');
  ben = await doors.user('Ben');
});
afterAll(() => doors.close());

describe('a record that its writer can’t see any more', () => {
  const bare = (id: string, version: number) => ({ id, version, can: { update: false, remove: false } });

  test('is answered by its id when it was made for somebody else', async () => {
    const made = await ana.browser('POST', '/accounts', { name: 'Made for Ben', owner: ben.id });
    expect(made).toMatchObject({
      status: 201,
      headers: { location: `/w/main/api/v1/accounts/${made.body.id}` },
    });
    expect(made.body).toEqual(bare(made.body.id, 1));
    expect((await ben.browser('GET', `/accounts/${made.body.id}`)).body.name).toBe('Made for Ben');
  });

  test('keeps its place among others', async () => {
    const many = await ana.browser('POST', '/accounts', [
      { name: 'Mine' },
      { name: 'Not mine', owner: ben.id },
      { name: 'Mine as well' },
    ]);
    expect(many.body.items.map(({ name }) => name ?? null)).toEqual(['Mine', null, 'Mine as well']);
  });

  test('is answered by its id when it was given away', async () => {
    const { body } = await ana.browser('POST', '/accounts', { name: 'Given away' });
    const given = await ana.browser('PATCH', `/accounts/${body.id}`, { version: 1, owner: ben.id });
    expect(given).toMatchObject({ status: 200, body: bare(body.id, 2) });
    expect((await ana.browser('GET', `/accounts/${body.id}`)).status).toBe(404);
  });
});

describe('links of a record that one may not see', () => {
  test('can’t be guessed by undoing them', async () => {
    const person = await ana.browser('POST', '/contacts', { name: { last: 'Secret' } });
    const [linked, other] = await Promise.all(
      ['One', 'Two'].map((name) => ana.browser('POST', '/accounts', { name })),
    );
    await ana.browser('POST', `/contacts/${person.body.id}/link`, { link: 'accounts', to: linked?.body.id });
    const tries = await Promise.all(
      [linked, other].map((to) =>
        ben.browser('POST', `/contacts/${person.body.id}/unlink`, { link: 'accounts', to: to?.body.id }),
      ),
    );
    for (const answer of tries) {
      expect(answer.status).toBe(404);
      expect(answer.body).toEqual(tries[0]?.body);
    }
  });
});

describe('who may not write users', () => {
  test.each(['POST', 'PATCH'] as const)('costs no password’s hashing by %s', async (method) => {
    const users = Array.from({ length: 300 }, (_, n) => ({
      ...(method === 'POST' ? { name: `U${n}`, email: `u${n}@example.org` } : { id: newId() }),
      password: `a password of its own ${n}`,
    }));
    vi.mocked(hash).mockClear();
    expect((await ana.browser(method, '/users', users)).status).toBe(method === 'POST' ? 403 : 404);
    expect(hash).not.toHaveBeenCalled();
  });
});

describe('a page marker of history that somebody made up', () => {
  test.each(['1', '2026-02-30T00:00:00.000000Z', 'Jan 1 2026', '275760-09-13T00:00:00.000000Z'])(
    'with the moment %s is refused',
    async (moment) => {
      const { body } = await ana.browser('POST', '/accounts', { name: 'History' });
      for (const name of ['A', 'B']) await ana.browser('PATCH', `/accounts`, [{ id: body.id, name }]);
      const first = await ana.browser('GET', `/accounts/${body.id}/history?limit=1`);
      const [mark, id] = JSON.parse(Buffer.from(String(first.body.next), 'base64url').toString()) as string[];
      const after = Buffer.from(JSON.stringify([mark, id, moment])).toString('base64url');
      expect(await ana.browser('GET', `/accounts/${body.id}/history?after=${after}`)).toMatchObject({
        status: 422,
        body: { mistakes: [{ field: 'after', code: 'bad-cursor' }] },
      });
    },
  );
});

describe('a team that was removed', () => {
  test('shares nothing any more', async () => {
    const team = await doors.admin.browser('POST', '/teams', { name: 'Brief' });
    for (const { id } of [ana, ben])
      await doors.admin.browser('PATCH', '/users', [{ id, memberOf: [team.body.id] }]);
    const shared = await ana.browser('POST', '/accounts', { name: 'Shared' });
    expect((await ben.browser('GET', `/accounts/${shared.body.id}`)).status).toBe(200);
    await doors.admin.browser('DELETE', `/teams/${team.body.id}`);
    expect((await ben.browser('GET', `/accounts/${shared.body.id}`)).status).toBe(404);
    const later = await ana.browser('POST', '/accounts', { name: 'Later' });
    expect(later.body.teams).toEqual([]);
    await doors.admin.browser('POST', `/teams/${team.body.id}/restore`);
    expect((await ben.browser('GET', `/accounts/${shared.body.id}`)).status).toBe(200);
  });
});

describe('a value of a list', () => {
  const post = async (values: object) => {
    const answer = await doors.admin.browser('POST', '/base-values', { labelEn: 'New', ...values });
    return [answer.status, (answer.body.mistakes ?? []).map(({ field, code }) => [field, code])];
  };

  test('belongs to a list that there is, and has a class where its list has classes', async () => {
    expect(await post({ list: 'sources', code: 'x' })).toEqual([422, [['list', 'base-value-list']]]);
    const stage = { list: 'opportunity-stage', code: 'x' };
    expect(await post(stage)).toEqual([422, [['class', 'base-value-class']]]);
    expect(await post({ ...stage, class: 'gone' })).toEqual([422, [['class', 'base-value-class']]]);
    expect(await post({ list: 'source', code: 'x', class: 'won' })).toEqual([
      422,
      [['class', 'base-value-no-class']],
    ]);
    expect(await post({ ...stage, class: 'won' })).toEqual([201, []]);
  });

  test('keeps the code and the list that records know it by', async () => {
    const [value] = (await doors.admin.browser('GET', '/base-values?where=code = "price"')).body.items;
    const renamed = await doors.admin.browser('PATCH', '/base-values', [
      { id: value?.id, code: 'cost', list: 'source' },
    ]);
    expect(renamed.status).toBe(422);
    expect(renamed.body.mistakes.map(({ field, code }) => [field, code])).toEqual([
      ['[0].list', 'base-value-fixed'],
      ['[0].code', 'base-value-fixed'],
    ]);
    const labelled = await doors.admin.browser('PATCH', '/base-values', [
      { id: value?.id, code: 'price', labelEn: 'Too dear' },
    ]);
    expect(labelled).toMatchObject({ status: 200, body: { items: [{ labelEn: 'Too dear' }] } });
  });
});
