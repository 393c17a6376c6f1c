import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccessAnswer, FieldAccessAnswer } from '../../src/model/access-why.ts';
import { type Answer, type Caller, type TestDoors, testDoors } from '../harness/doors.ts';

let doors: TestDoors;
let sales: Caller;
let clerk: Caller;
let auditor: Caller;
let mine: string;
let theirs: string;
let north: string;

beforeAll(async () => {
  doors = await testDoors();
  sales = await doors.user('Sal');
  const role = (await made('/roles', { code: 'clerk', name: 'Clerk' })).id;
  await made('/roles', { code: 'auditor', name: 'Auditor', special: ['explain-access'] });
  await made('/rights', {
    role,
    entity: 'account',
    read: 'all',
    update: 'all',
    where: 'territory = north and source = partner',
  });
  await made('/field-rights', { role, entity: 'account', field: 'phone', read: false, write: false });
  await made('/field-rights', { role, entity: 'account', field: 'source', read: false, write: false });
  await made('/field-rights', { role, entity: 'account', field: 'industry', write: false });
  clerk = await doors.user('Cleo', ['clerk']);
  auditor = await doors.user('Audrey', ['auditor', 'sales']);
  mine = (await made('/accounts', { name: 'Of Sal', owner: sales.id })).id;
  theirs = (await made('/accounts', { name: 'Of Audrey', owner: auditor.id })).id;
  north = (
    await made('/accounts', { name: 'North', territory: 'north', source: 'partner', owner: auditor.id })
  ).id;
});
afterAll(() => doors.close());

const made = async (path: string, values: object): Promise<Answer['body']> => {
  const answer = await doors.admin.program('POST', path, values);
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
};
const why = async (who: Caller, id: string, of = '', more = ''): Promise<AccessAnswer> => {
  const answer = await who.program('GET', `/accounts/${id}/access${more}${of && `?user=${of}`}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body as unknown as AccessAnswer;
};
const said = ({ actions }: AccessAnswer) =>
  Object.fromEntries(actions.map(({ action, allowed }) => [action, allowed]));
const first = ({ actions }: AccessAnswer, action: string) =>
  actions.find((each) => each.action === action)?.because[0];

describe('why somebody may see a record', () => {
  test('is for himself, and for who may explain access; the record must be one the asker sees', async () => {
    expect((await sales.program('GET', `/accounts/${mine}/access?user=${auditor.id}`)).status).toBe(403);
    expect((await sales.program('GET', `/accounts/${theirs}/access`)).status).toBe(404);
    expect((await auditor.program('GET', `/accounts/${mine}/access?user=${sales.id}`)).status).toBe(404);
    const unknown = await doors.admin.program('GET', `/accounts/${mine}/access?user=${mine}`);
    expect(unknown).toMatchObject({ status: 422, body: { mistakes: [{ field: 'user' }] } });
    const bad = await doors.admin.program('GET', `/accounts/${mine}/access?user=nobody`);
    expect([400, 422]).toContain(bad.status);
  });

  test('names the role, the level and how he stands to it', async () => {
    const own = await why(sales, mine);
    expect(said(own)).toEqual({ read: true, update: true, remove: true, export: true, massChange: true });
    expect(first(own, 'update')).toMatchObject({
      role: 'Sales',
      level: 'own',
      from: 'declared',
      holds: true,
      reason: 'This role reaches one’s own records, and Sal is the owner.',
    });
    const other = await why(doors.admin, theirs, sales.id);
    expect(said(other)).toMatchObject({ read: false, update: false });
    expect(first(other, 'read')?.reason).toMatch(/Sal is neither the owner nor in a team/);
    expect(first(await why(doors.admin, mine), 'read')).toMatchObject({ from: 'administrator', holds: true });
  });

  test('tells whether the condition of a right holds, and its text only to who may know what it names', async () => {
    const holding = await why(auditor, north, clerk.id);
    expect(said(holding)).toMatchObject({ read: true, update: true, remove: false, massChange: false });
    expect(first(holding, 'read')).toMatchObject({
      role: 'Clerk',
      from: 'decided',
      holds: true,
      condition: { text: 'territory = north and source = partner', holds: true, isUnderstood: true },
    });
    const failing = await why(auditor, theirs, clerk.id);
    expect(said(failing)).toMatchObject({ read: false, update: false });
    expect(first(failing, 'read')).toMatchObject({ holds: false, condition: { holds: false } });
    // The clerk doesn't see the source: that his right depends on it, and on which, is not for him.
    const own = await why(clerk, north);
    expect(first(own, 'read')).toMatchObject({ holds: true, condition: { text: null, holds: true } });
    expect(JSON.stringify(own)).not.toMatch(/partner|source|phone/i);
  });

  test('agrees with what he is served', async () => {
    for (const [who, id] of [
      [sales, mine],
      [clerk, north],
      [auditor, theirs],
    ] as const) {
      const { can } = (await who.program('GET', `/accounts/${id}`)).body as unknown as {
        can: Record<string, boolean>;
      };
      expect(said(await why(who, id))).toMatchObject({ update: can.update, remove: can.remove });
    }
  });

  test('says of a field who sees and who writes it; a hidden one is no field to who asks', async () => {
    const industry = (await why(clerk, north, '', '/industry')) as FieldAccessAnswer;
    expect(industry.field).toMatchObject({ field: 'industry', read: true, write: false });
    expect(industry.fields.map(({ field }) => field)).toEqual(['industry']);
    const phone = (await why(doors.admin, north, clerk.id, '/phone')) as FieldAccessAnswer;
    expect(phone.field).toMatchObject({
      read: false,
      write: false,
      because: [{ role: 'Clerk', read: false, reason: 'This role doesn’t see the field.' }],
    });
    const hidden = await clerk.program('GET', `/accounts/${north}/access/phone`);
    const unknown = await clerk.program('GET', `/accounts/${north}/access/qwertz`);
    expect([hidden.status, unknown.status]).toEqual([422, 422]);
    expect(hidden.text.replaceAll('phone', '…')).toBe(unknown.text.replaceAll('qwertz', '…'));
  });

  test('is told in the reader’s language, and of somebody without a role as well', async () => {
    const nobody = await doors.user('Nil', []);
    const answer = await doors.admin.program('GET', `/accounts/${mine}/access?user=${nobody.id}`, undefined);
    expect(first(answer.body as unknown as AccessAnswer, 'read')).toMatchObject({ role: null, holds: false });
    await doors.admin.browser('PATCH', '/me', { locale: 'fr' });
    const french = first(await why(doors.admin, mine, sales.id), 'update')?.reason;
    await doors.admin.browser('PATCH', '/me', { locale: 'en' });
    expect(french).toBe('Ce rôle s’étend aux fiches dont on est responsable, et Sal l’est.');
  });
});
