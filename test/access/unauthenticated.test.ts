import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDoors, testDoors } from '../harness/doors.ts';
import { productModel } from '../harness/workspace.ts';

/** What anybody may ask: whether to set up, to set up, to sign in, to sign out. */
const open = new Set(['/session', '/setup']);
const some = '01934f2a-7c1e-7b3a-9d5e-3f2a1b4c5d6e';

let guesses = 0;
let doors: TestDoors;
let operations: { readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'; readonly path: string }[];
beforeAll(async () => {
  doors = await testDoors();
  const { body } = await doors.admin.program('GET', '/openapi.json');
  operations = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => ['get', 'post', 'put', 'patch', 'delete'].includes(method))
      .map((method) => ({
        method: method.toUpperCase() as 'GET',
        path: path.replaceAll(/\{\w+\}/g, some),
      })),
  );
});
afterAll(() => doors.close());

const strangers: readonly (readonly [who: string, base: string, headers: Record<string, string>])[] = [
  ['nobody', '/api/v1', {}],
  ['nobody', '/w/main/api/v1', { 'sec-fetch-site': 'same-origin' }],
  ['a made-up key', '/api/v1', { authorization: `Bearer rpt_main_${'x'.repeat(43)}` }],
  ['a word that is no key', '/api/v1', { authorization: 'Bearer let me in' }],
  ['another scheme', '/api/v1', { authorization: 'Basic YWRhOmFkYQ==' }],
  ['a cookie at the door for programs', '/api/v1', {}],
  [
    'a made-up cookie',
    '/w/main/api/v1',
    { cookie: `rapport_main=${'y'.repeat(43)}`, 'sec-fetch-site': 'same-origin' },
  ],
];

describe('every operation of the document', () => {
  test('is there for each entity, with each verb', () => {
    expect(operations.length).toBeGreaterThan(100);
    for (const { plural } of productModel().entities.values()) {
      const paths = operations.filter(({ path }) => path.split('/')[1] === plural);
      expect(paths.length, plural).toBeGreaterThanOrEqual(9);
    }
  });

  test.each(strangers)(
    'answers 401 to %s at %s',
    async (who, base, headers) => {
      const sent = who.startsWith('a cookie') ? { cookie: doors.admin.cookie } : headers;
      for (const { method, path } of operations) {
        if (open.has(path)) continue;
        const body = method === 'GET' || method === 'DELETE' ? undefined : {};
        // Each from another address, or the door would take so many guesses for an attack.
        const from = `10.${++guesses >> 16}.${(guesses >> 8) & 255}.${guesses & 255}`;
        const answer = await doors.call(method, base + path, body, { ...sent, 'x-forwarded-for': from });
        expect(answer.status, `${method} ${path}: ${answer.text}`).toBe(401);
        expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
        expect(answer.body).toMatchObject({ status: 401, type: '/problems/unauthenticated' });
      }
    },
    60_000,
  );
});
