import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestDoors, testDoors, testPassword } from '../../../test/harness/doors.ts';

let doors: TestDoors;
let sal: Caller;

beforeAll(async () => {
  doors = await testDoors();
  sal = await doors.user('Sal');
});
afterAll(() => doors.close());

const signIn = (email: string, password: string) =>
  doors.call(
    'POST',
    '/w/main/api/v1/session',
    { email, password },
    { 'sec-fetch-site': 'same-origin', 'user-agent': 'Test \t browser' },
  );

/** The newest note of a kind. */
const last = async (kind: string) => {
  const where = encodeURIComponent(`kind = "${kind}"`);
  const { body } = await doors.admin.browser('GET', `/security-events?where=${where}&limit=1`);
  return body.items[0];
};

test('the security log is for administrators alone, and written by nobody', async () => {
  expect((await sal.program('GET', '/security-events')).status).toBe(403);
  expect((await sal.program('GET', '/security-events/export?format=csv')).status).toBe(403);
  const made = await doors.admin.program('POST', '/security-events', { kind: 'export', subject: 'x' });
  expect(made.status).toBe(422);
  const into = await signIn(sal.email, testPassword);
  expect(into.text).toContain(sal.id);
  const note = await last('sign-in');
  expect(note).toBeDefined();
  const change = { version: note?.version, subject: 'somebody else' };
  expect((await doors.admin.program('PATCH', `/security-events/${note?.id}`, change)).status).toBe(422);
});

test('tells who signed in and who was refused, from where', async () => {
  expect((await signIn(sal.email, 'wrong')).status).toBe(401);
  expect(await last('sign-in-refused')).toMatchObject({
    subject: sal.email,
    user: { id: sal.id, label: 'Sal' },
    address: '127.0.0.1',
    program: 'Test browser',
  });
  expect((await signIn('stranger\n@example.org', 'wrong')).status).toBe(401);
  expect(await last('sign-in-refused')).toMatchObject({ subject: 'stranger @example.org', user: null });
  expect((await signIn(sal.email, testPassword)).status).toBe(200);
  expect(await last('sign-in')).toMatchObject({ subject: sal.email, user: { id: sal.id } });
});

test('tells of keys and passwords, never what they are', async () => {
  const { body } = await sal.browser('POST', '/keys', { name: 'Nightly' });
  expect(await last('key-made')).toMatchObject({ user: { id: sal.id }, door: 'browser' });
  expect((await last('key-made'))?.subject).toMatch(/^Nightly \(.*…\)$/);
  await doors.admin.browser('DELETE', `/keys/${body.id}`);
  expect(await last('key-revoked')).toMatchObject({ user: { id: doors.admin.id } });

  const next = 'another four words here';
  expect((await sal.browser('POST', '/me/password', { current: testPassword, next })).status).toBe(204);
  expect(await last('password-changed')).toMatchObject({ subject: sal.email, user: { id: sal.id } });
  const { body: user } = await doors.admin.browser('GET', `/users/${sal.id}`);
  const reset = { version: user.version, password: 'yet another four words' };
  expect((await doors.admin.browser('PATCH', `/users/${sal.id}`, reset)).status).toBe(200);
  expect(await last('password-reset')).toMatchObject({ subject: sal.email, user: { id: doors.admin.id } });

  const { text } = await doors.admin.browser('GET', '/security-events?limit=200');
  for (const secret of [body.key, next, testPassword, 'yet another four words', 'wrong'])
    expect(text).not.toContain(secret);
});

test('tells who took which records away, how many, and whether it was all', async () => {
  await doors.admin.program('POST', '/accounts', [{ name: 'One' }, { name: 'Two' }]);
  const where = encodeURIComponent('name = "One"');
  await doors.admin.browser('GET', `/accounts/export?format=jsonl&where=${where}`);
  await expect
    .poll(() => last('export'))
    .toMatchObject({
      subject: 'accounts',
      user: { id: doors.admin.id },
      outcome: 'whole',
      rows: 1,
      details: 'format: jsonl\nwhere: name = "One"',
      address: '127.0.0.1',
    });
});
