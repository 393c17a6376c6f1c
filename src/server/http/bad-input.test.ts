import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDoors, testDoors } from '../../../test/harness/doors.ts';

let doors: TestDoors;
beforeAll(async () => {
  doors = await testDoors();
});
afterAll(() => doors.close());

const french = { 'accept-language': 'fr-CH, fr;q=0.9, en;q=0.8' };

describe('a request nobody can read', () => {
  test.each([
    ['malformed JSON', '{"name": ', 400, 'body-json-cut'],
    ['no JSON object', '"text"', 400, 'body-not-record'],
    ['no body', undefined, 400, 'body-not-record'],
    ['null', 'null', 400, 'body-not-record'],
    ['an empty array', '[]', 400, 'body-not-list'],
    ['an array of numbers', '[1]', 422, 'invalid'],
    ['Latin-1 bytes', Buffer.from('{"name": "caf\xe9"}', 'latin1'), 400, 'body-not-utf8'],
    ['nesting beyond reason', `{"name": ${'['.repeat(5000)}${']'.repeat(5000)}}`, 400, 'body-too-deep'],
    ['NUL in a text', '{"name": "a\\u0000b"}', 422, 'invalid'],
    ['half a surrogate pair', '{"name": "a\\ud800b"}', 422, 'invalid'],
    ['__proto__', '{"name": "x", "__proto__": {"admin": true}}', 422, 'invalid'],
  ])('%s is refused and changes nothing', async (_what, body, status, code) => {
    const before = await doors.admin.browser('GET', '/accounts');
    const answer = await doors.admin.browser('POST', '/accounts', body, {
      'content-type': 'application/json',
    });
    expect(answer).toMatchObject({ status, body: { status, code } });
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect((await doors.admin.browser('GET', '/accounts')).body.total).toBe(before.body.total);
  });

  test('tells where the JSON breaks', async () => {
    const { body } = await doors.admin.browser('POST', '/accounts', '{\n  "name": oops }');
    expect(body.detail).toContain('oops');
  });

  test('a body beyond 1 MB is refused with 413', async () => {
    const answer = await doors.admin.browser('POST', '/accounts', { name: 'x'.repeat(1_100_000) });
    expect(answer).toMatchObject({ status: 413, body: { code: 'body-too-large' } });
    expect(answer.body.detail).toContain('1048576');
  });

  test('more than 1,000 records are refused with 413', async () => {
    const answer = await doors.admin.browser(
      'POST',
      '/accounts',
      Array.from({ length: 1001 }, () => ({ name: 'x' })),
    );
    expect(answer).toMatchObject({ status: 413, body: { code: 'body-too-many' } });
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/json',
  ])('%s is no JSON: 415', async (type) => {
    const answer = await doors.admin.browser('POST', '/accounts', '{"name":"x"}', { 'content-type': type });
    expect(answer).toMatchObject({ status: 415, body: { code: 'content-type-not-taken' } });
  });
});

describe('an address that leads nowhere', () => {
  test.each([
    ['an unknown route', 'GET', '/accounts/1/2/3/4', 404, 'no-page'],
    ['an unknown entity', 'GET', '/acounts', 404, 'unknown-entity-near'],
    ['the singular', 'GET', '/account-contact', 404, 'unknown-entity-near'],
    ['nonsense', 'GET', '/qqqqqqqqqqqq', 404, 'unknown-entity'],
    ['nonsense with a wrong method', 'PUT', '/qqqqqqqqqqqq', 404, 'unknown-entity'],
    ['an id that is none', 'GET', '/accounts/42', 404, 'not-an-id'],
    ['an id that is none, changed', 'PATCH', '/accounts/42', 404, 'not-an-id'],
    ['an id nobody has', 'GET', '/accounts/01934f2a-7c1e-7b3a-9d5e-3f2a1b4c5d6e', 404, 'record-not-found'],
    ['a very long name', 'GET', `/${'a'.repeat(400)}`, 404, null],
    ['a broken percent sign', 'GET', '/accounts/%E0%A4%A', 400, 'address-unreadable'],
    ['__proto__', 'GET', '/__proto__', 404, 'unknown-entity'],
    ['constructor', 'GET', '/constructor', 404, 'unknown-entity'],
  ] as const)('%s', async (_what, method, path, status, code) => {
    const answer = await doors.admin.browser(method, path, method === 'PATCH' ? { version: 1 } : undefined);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ status, ...(code ? { code } : {}) });
  });

  test('names the entity that was probably meant', async () => {
    expect((await doors.admin.browser('GET', '/acounts')).body).toMatchObject({ near: 'accounts' });
    expect((await doors.admin.browser('GET', '/opportunity')).body).toMatchObject({ near: 'opportunities' });
  });

  test.each([
    ['PUT', '/accounts', 'GET, POST, PATCH, DELETE, HEAD'],
    ['POST', '/accounts/01934f2a-7c1e-7b3a-9d5e-3f2a1b4c5d6e', 'GET, PATCH, DELETE, HEAD'],
    ['DELETE', '/me', 'GET, PATCH, HEAD'],
    ['POST', '/describe', 'GET, HEAD'],
    ['GET', '/session', 'POST, DELETE'],
    ['OPTIONS', '/accounts', 'GET, POST, PATCH, DELETE, HEAD'],
  ] as const)('%s %s is 405 with Allow', async (method, path, allow) => {
    const answer = await doors.admin.browser(method, path);
    expect(answer).toMatchObject({ status: 405, body: { code: 'method-not-taken' } });
    expect(answer.headers.allow).toBe(allow);
  });

  test('an unknown workspace is refused', async () => {
    const own = { 'sec-fetch-site': 'same-origin' };
    expect(await doors.call('GET', '/w/other/api/v1/me', undefined, own)).toMatchObject({
      status: 404,
      body: { code: 'unknown-workspace' },
    });
    expect(await doors.call('GET', '/w/other/accounts')).toMatchObject({ status: 404 });
  });
});

describe('a bad parameter', () => {
  test.each([
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['count=yes', 'count'],
    ['removed=maybe', 'removed'],
    ['fields=', 'fields'],
    ['fields=name,,city', 'fields'],
    ['wher=x', 'wher'],
    ['sort=', 'sort'],
  ])('%s is named', async (query, field) => {
    const answer = await doors.admin.browser('GET', `/accounts?${query}`);
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid', mistakes: [{ field }] } });
  });

  test('all of them are told at once, and what was probably meant', async () => {
    const { body } = await doors.admin.browser('GET', '/accounts?limit=0&count=yes&wher=1');
    expect(body.mistakes.map((mistake) => mistake.field).sort()).toEqual(['count', 'limit', 'wher']);
    expect(JSON.stringify(body.mistakes)).toContain('“where”');
  });

  test.each([
    ['where=nmae = "x"', 400],
    ['where=name = ', 400],
    ['where=((((', 400],
    ['sort=nonsense', 422],
    ['fields=nonsense', 422],
    ['after=nonsense', 422],
  ])('%s is refused, never an error of ours', async (query, status) => {
    const answer = await doors.admin.browser('GET', `/accounts?${encodeURI(query)}`);
    expect(answer.status, JSON.stringify(answer.body)).toBe(status);
    expect(answer.body.title).toBeTruthy();
  });

  test('a bad group or sum of totals is refused', async () => {
    expect((await doors.admin.browser('GET', '/opportunities/totals?by=nonsense')).status).toBe(422);
    expect((await doors.admin.browser('GET', '/opportunities/totals?sums=nonsense')).status).toBe(422);
  });
});

describe('a bad record', () => {
  test('every mistake is told at once, by field, with the value', async () => {
    const answer = await doors.admin.browser('POST', '/opportunities', {
      name: 'x'.repeat(2000),
      closeDate: '2026-02-30',
      amount: { amount: 'many', currency: 'EUR' },
      nonsense: 1,
      owner: '01934f2a-7c1e-7b3a-9d5e-3f2a1b4c5d6e',
    });
    expect(answer.status).toBe(422);
    const fields = answer.body.mistakes.map((mistake) => mistake.field.split('.')[0]);
    expect(fields).toEqual(expect.arrayContaining(['name', 'closeDate', 'amount', 'nonsense', 'owner']));
  });

  test('of an array, each record’s mistakes have its place, also when there is one record', async () => {
    const two = await doors.admin.browser('POST', '/accounts', [
      { name: 'Good' },
      { nonsense: 1, name: 'x' },
    ]);
    expect(two.body.mistakes).toMatchObject([{ field: '[1].nonsense' }]);
    const one = await doors.admin.browser('POST', '/accounts', [{ nonsense: 1, name: 'x' }]);
    expect(one.body.mistakes).toMatchObject([{ field: '[0].nonsense' }]);
    expect((await doors.admin.browser('GET', '/accounts?where=name = "Good"')).body.total).toBe(0);
  });

  test('a change without a version, or with a bad one, is refused', async () => {
    const { body: made } = await doors.admin.browser('POST', '/accounts', { name: 'Versioned' });
    const path = `/accounts/${made.id}`;
    expect(await doors.admin.browser('PATCH', path, { name: 'x' })).toMatchObject({
      status: 422,
      body: { mistakes: [{ field: 'version' }] },
    });
    for (const version of [0, -1, 1.5, '1', null, 2 ** 40]) {
      expect(await doors.admin.browser('PATCH', path, { version, name: 'x' })).toMatchObject({
        status: 422,
        body: { mistakes: [{ field: 'version' }] },
      });
    }
    expect((await doors.admin.browser('PATCH', path, { version: 99, name: 'x' })).status).toBe(409);
    expect((await doors.admin.browser('GET', path)).body).toMatchObject({ name: 'Versioned', version: 1 });
  });

  test('the same field changed by two is a conflict that holds both values', async () => {
    const { body: made } = await doors.admin.browser('POST', '/accounts', { name: 'Contended' });
    const path = `/accounts/${made.id}`;
    expect((await doors.admin.browser('PATCH', path, { version: 1, name: 'First' })).status).toBe(200);
    const late = await doors.admin.browser('PATCH', path, { version: 1, name: 'Second' });
    expect(late).toMatchObject({
      status: 409,
      body: {
        type: '/problems/conflict',
        conflicts: [{ field: 'name', yours: 'Second', theirs: 'First' }],
        current: { version: 2 },
      },
    });
  });

  test('many changes need ids, and tell each that is missing', async () => {
    const answer = await doors.admin.browser('PATCH', '/accounts', [{ id: 'x', name: 'a' }, { name: 'b' }]);
    expect(answer).toMatchObject({
      status: 422,
      body: { mistakes: [{ field: '[0].id' }, { field: '[1].id' }] },
    });
    expect((await doors.admin.browser('DELETE', '/accounts', [{ id: 'x' }])).status).toBe(422);
    expect((await doors.admin.browser('DELETE', '/accounts')).status).toBe(400);
  });

  test('a link needs a known relation and an id', async () => {
    const { body: made } = await doors.admin.browser('POST', '/contacts', { name: { last: 'Linked' } });
    const answer = await doors.admin.browser('POST', `/contacts/${made.id}/link`, {
      link: 'accounts',
      to: 'x',
    });
    expect(answer).toMatchObject({ status: 422, body: { mistakes: [{ field: 'to' }] } });
    const unknown = await doors.admin.browser('POST', `/contacts/${made.id}/link`, {
      link: 'nonsense',
      to: made.id,
    });
    expect(unknown).toMatchObject({ status: 404, body: { code: 'unknown-link' } });
  });
});

describe('refusals speak the reader’s language', () => {
  test('of Accept-Language before signing in, of the user after', async () => {
    const stranger = await doors.call('GET', '/api/v1/accounts', undefined, french);
    expect(stranger.body).toMatchObject({ status: 401, title: 'Connectez-vous d’abord' });
    const { body } = await doors.admin.browser('GET', '/acounts', undefined, french);
    expect(body.title).toBe('Not found');
    await doors.admin.browser('PATCH', '/me', { locale: 'es' });
    expect((await doors.admin.browser('GET', '/acounts')).body.title).toBe('No encontrado');
    await doors.admin.browser('PATCH', '/me', { locale: 'en' });
  });
});

describe('a failure of ours', () => {
  test('tells the request’s id and nothing else', async () => {
    const { entities } = doors.workspace.model;
    const account = entities.get('account');
    const broken = { ...account, name: 'broken-thing', table: 'no_such_table' };
    (doors.workspace.model.byPlural as Map<string, unknown>).set('broken-things', broken);
    const answer = await doors.admin.browser('GET', '/broken-things');
    (doors.workspace.model.byPlural as Map<string, unknown>).delete('broken-things');
    expect(answer).toMatchObject({
      status: 500,
      body: { code: 'internal', request: expect.stringMatching(/^[0-9a-f-]{36}$/) as string },
    });
    expect(answer.text).not.toMatch(/no_such_table|select|relation|\.ts/);
  });
});
