import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Locale, locales } from '../../src/lib/locale.ts';
import { type Answer, type Caller, type TestDoors, testDoors } from '../harness/doors.ts';
import { fingerprint } from '../harness/fingerprint.ts';
import { badImportRequests } from './bad-import-requests.ts';
import { type Bad, badRequests, type Kept } from './bad-requests.ts';
import { badVerbRequests } from './bad-verb-requests.ts';
import { expectRefusal } from './expect-refusal.ts';

let doors: TestDoors;
const people = {} as Record<Locale, Caller>;
let kept: Kept;
beforeAll(async () => {
  doors = await testDoors();
  for (const locale of locales) {
    people[locale] = await doors.user(locale, ['administrator']);
    await people[locale].browser('PATCH', '/me', { locale });
  }
  const made = async (path: string, values: object): Promise<string> =>
    (await doors.admin.browser('POST', path, values)).body.id;
  const account = await made('/accounts', { name: 'Kept', externalKeys: [{ source: 'old', key: '1' }] });
  const contact = await made('/contacts', { name: { last: 'Kept' }, account });
  const removed = await made('/accounts', { name: 'Removed' });
  await doors.admin.browser('DELETE', `/accounts/${removed}`);
  kept = { account, contact, removed };
});
afterAll(() => doors.close());

const ask = (locale: Locale, { method = 'GET', path, body, headers, isAnybodys }: Bad): Promise<Answer> =>
  people[locale].program(
    method,
    typeof path === 'function' ? path(kept) : path,
    typeof body === 'function' ? (body as (kept: Kept) => unknown)(kept) : body,
    // The language of the user is stronger than what his browser prefers.
    { ...headers, 'accept-language': isAnybodys ? locale : 'es, fr;q=0.9, en;q=0.8' },
  );

describe.each([...badRequests, ...badVerbRequests, ...badImportRequests])('$what', (bad) => {
  test('is refused precisely, in the reader’s language, and changes nothing', async () => {
    const { db, workspace } = doors;
    const before = await fingerprint(db, workspace.schema);
    for (const locale of locales) expectRefusal(await ask(locale, bad), bad, locale);
    expect(await fingerprint(db, workspace.schema)).toEqual(before);
  });
});
