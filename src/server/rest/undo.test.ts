import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Caller, type TestDoors, testDoors } from '../../../test/harness/doors.ts';

let doors: TestDoors;
let sales: Caller;

beforeAll(async () => {
  doors = await testDoors();
  sales = await doors.user('Sal');
});
afterAll(() => doors.close());

const nobody = '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6a7b';
const make = async (who: Caller, name: string): Promise<string> =>
  (await who.program('POST', '/accounts', { name })).body.id;
const latest = async (who: Caller, id: string): Promise<{ id: string; batch: string }> =>
  (await who.program('GET', `/accounts/${id}/history`)).body.items[0] as unknown as {
    id: string;
    batch: string;
  };
const codes = ({ body }: Answer): readonly string[] =>
  body.mistakes.map(({ field, code }) => `${field}: ${code}`);

describe('the doors that look back', () => {
  test('refuse what makes no sense, each with its reason', async () => {
    const id = await make(doors.admin, 'Strange');
    const event = await latest(doors.admin, id);
    const undo = `/accounts/${id}/history/${event.id}/undo`;
    const ask = doors.admin.program;
    expect(codes(await ask('GET', '/accounts?at=2026-01-01'))).toEqual(['at: at-of-list']);
    expect(codes(await ask('GET', `/accounts/${id}?at=soon`))).toEqual(['at: at-unknown']);
    expect(codes(await ask('POST', undo, { fields: 'name' }))).toEqual(['fields: undo-fields']);
    expect(codes(await ask('POST', undo, { fields: [] }))).toEqual(['fields: undo-fields']);
    expect(codes(await ask('POST', undo, { part: 'maybe' }))).toEqual(['part: input-not-one-of']);
    expect(codes(await ask('POST', undo, { feilds: ['name'] }))).toEqual(['feilds: input-unknown-meant']);
    expect((await ask('POST', `/accounts/${id}/history/${nobody}/undo`, {})).body['code']).toBe(
      'event-not-found',
    );
    expect((await ask('GET', undo)).status).toBe(405);
    expect((await ask('GET', '/batches/nothing')).body['code']).toBe('not-a-batch');
    expect((await ask('GET', `/batches/${nobody}`)).body['code']).toBe('batch-not-found');
    expect((await ask('POST', `/batches/${nobody}/undo`, {})).body['code']).toBe('batch-not-found');
  });

  test('tell nobody of changes he may not see', async () => {
    const id = await make(doors.admin, 'Closed');
    const { id: event } = await latest(doors.admin, id);
    const answer = await sales.program('POST', `/accounts/${id}/history/${event}/undo`, {});
    expect([answer.status, answer.body['code']]).toEqual([404, 'record-not-found']);
    expect((await sales.program('GET', `/accounts/${id}?at=${new Date().toISOString()}`)).status).toBe(404);
  });

  test('undo a change, name who stands in the way, and redo by the batch', async () => {
    const id = await make(sales, 'First');
    await sales.program('PATCH', `/accounts/${id}`, { version: 1, name: 'Second', number: 'N-2' });
    const { id: event } = await latest(sales, id);
    await doors.admin.program('PATCH', `/accounts/${id}`, { version: 2, name: 'Third' });
    const undo = `/accounts/${id}/history/${event}/undo`;
    const blocked = await sales.program('POST', undo);
    expect(blocked.status).toBe(409);
    expect(codes(blocked)).toEqual(['name: changed-again']);
    expect(blocked.text).toContain('by Ada');
    expect(blocked.body['possible']).toEqual(['number']);
    const done = await sales.program('POST', undo, { part: true });
    expect(done.body).toMatchObject({ undone: ['number'], record: { name: 'Third', number: null } });
    const batch = String(done.body['batch']);
    expect((await sales.program('GET', `/batches/${batch}`)).body).toMatchObject({ updated: 1, refused: 0 });
    expect((await sales.program('POST', `/batches/${batch}/undo`, {})).status).toBe(200);
    expect((await sales.program('GET', `/accounts/${id}`)).body).toMatchObject({ number: 'N-2' });
  });

  test('erase a person only when that is meant, and only for who may', async () => {
    const { id } = (await sales.program('POST', '/contacts', { name: { first: 'Jo', last: 'Gone' } })).body;
    const erase = `/contacts/${id}/erase`;
    for (const body of [{}, { confirm: 'yes' }, { confirm: 1 }])
      expect(codes(await doors.admin.program('POST', erase, body))).toEqual(['confirm: erase-unconfirmed']);
    const forbidden = await sales.program('POST', erase, { confirm: true });
    expect([forbidden.status, forbidden.body['code']]).toEqual([403, 'erase-forbidden']);
    expect((await sales.program('GET', `/contacts/${id}`)).text).toContain('Gone');
    const done = await doors.admin.program('POST', erase, { confirm: true });
    expect(done.body).toMatchObject({ mentions: [], complete: true });
    expect((await sales.program('GET', `/contacts/${id}/history`)).text).not.toContain('Gone');
  });

  test('leave an active administrator, whatever is undone', async () => {
    const { body: roles } = await doors.admin.program('GET', '/roles');
    const salesRole = roles.items.find(({ code }) => code === 'sales')?.id;
    const second = await doors.user('Boss', ['administrator']);
    const was = await doors.admin.program('GET', `/users/${second.id}`);
    await doors.admin.program('PATCH', `/users/${second.id}`, {
      version: was.body.version,
      roles: [salesRole],
    });
    const { body: log } = await doors.admin.program('GET', `/users/${second.id}/history`);
    const back = await doors.admin.program(
      'POST',
      `/users/${second.id}/history/${log.items[0]?.id}/undo`,
      {},
    );
    expect(back.status).toBe(200);
    const me = await second.program('GET', `/users/${doors.admin.id}`);
    await second.program('PATCH', `/users/${doors.admin.id}`, {
      version: me.body.version,
      roles: [salesRole],
    });
    const refused = await second.program('POST', `/batches/${String(back.body['batch'])}/undo`, {});
    expect(refused.status).toBe(409);
    expect(codes(refused)).toEqual([`user/${second.id}.roles: last-administrator`]);
    const part = await second.program('POST', `/batches/${String(back.body['batch'])}/undo`, { part: true });
    expect(part.body).toMatchObject({ updated: 0, refused: 1 });
    expect((await second.program('GET', '/me')).status).toBe(200);
  });
});
