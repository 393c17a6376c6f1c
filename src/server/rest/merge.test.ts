import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Caller, type TestDoors, testDoors } from '../../../test/harness/doors.ts';

let doors: TestDoors;
let sales: Caller;
let other: Caller;

beforeAll(async () => {
  doors = await testDoors();
  sales = await doors.user('Sal');
  other = await doors.user('Olga');
});
afterAll(() => doors.close());

const nobody = '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6a7b';
const make = async (who: Caller, name: string, more: object = {}, plural = 'accounts'): Promise<string> =>
  (await who.program('POST', `/${plural}`, { name, ...more })).body.id;
const codes = ({ body }: Answer): readonly string[] =>
  body.mistakes.map(({ field, code }) => `${field}: ${code}`);

describe('the door of merges', () => {
  test('refuses what makes no sense, each mistake by its field, and changes nothing', async () => {
    const [id, goes] = [await make(sales, 'One'), await make(sales, 'Two')];
    const ask = async (body: unknown): Promise<readonly string[]> =>
      codes(await sales.program('POST', `/accounts/${id}/merge`, body));
    expect(await ask({})).toEqual(['with: merge-not-ids']);
    expect(await ask({ with: goes })).toEqual(['with: merge-not-ids']);
    expect(await ask({ with: [] })).toEqual(['with: merge-how-many']);
    expect(await ask({ with: ['x'] })).toEqual(['with[0]: merge-bad-id']);
    expect(await ask({ with: [id] })).toEqual(['with[0]: merge-with-itself']);
    expect(await ask({ with: [goes], take: { name: 'x' }, versions: { [goes]: 0 }, values: [] })).toEqual([
      'take: merge-not-taken',
      'values: record-not-object',
      'versions: merge-not-versions',
    ]);
    expect(await ask({ with: [goes], take: { nmae: goes } })).toEqual(['take.nmae: unknown-field-near']);
    expect(await ask({ with: [goes], take: { createdAt: goes } })).toEqual([
      'take.createdAt: merge-take-fixed',
    ]);
    expect(await ask({ with: [goes], take: { name: nobody } })).toEqual(['take.name: merge-take-other']);
    expect(await ask({ with: [goes], values: { name: '' } })).toEqual(['name: required']);
    expect(await ask({ with: [goes], versions: { [nobody]: 1 } })).toEqual([
      `versions.${nobody}: merge-version-other`,
    ]);
    expect(await ask({ with: [goes], previw: 1 })).toEqual(['previw: input-unknown-meant']);
    expect((await sales.program('GET', `/accounts/${id}/merge`)).status).toBe(405);
    expect((await sales.program('GET', `/accounts/${goes}`)).body).toMatchObject({ id: goes, version: 1 });
  });

  test('is shut to who may not change the one or not remove the other, and tells nothing of what he doesn’t see', async () => {
    const [id, goes] = [await make(sales, 'One'), await make(sales, 'Two')];
    const theirs = await make(other, 'Theirs');
    const unseen = await other.program('POST', `/accounts/${theirs}/merge`, { with: [goes] });
    expect([unseen.status, unseen.body['code']]).toEqual([404, 'record-not-found']);
    expect((await other.program('POST', `/accounts/${id}/merge`, { with: [theirs] })).status).toBe(404);
    const links = await doors.admin.program('POST', `/users/${sales.id}/merge`, { with: [other.id] });
    expect([links.status, links.body['code']]).toEqual([409, 'not-mergeable']);
  });

  test('previews, merges, answers for the one that went, tells it in both histories, and is undone', async () => {
    const id = await make(sales, 'Acme');
    const goes = await make(sales, 'ACME', { website: 'https://acme.example' });
    const task = await sales.program('POST', '/tasks', {
      subject: 'Call',
      related: { entity: 'account', id: goes },
    });
    const order = { with: [goes], take: { name: goes }, versions: { [id]: 1, [goes]: 1 } };
    const preview = await sales.program('POST', `/accounts/${id}/merge`, { ...order, preview: true });
    expect([preview.status, preview.body]).toMatchObject([
      200,
      { batch: null, record: { name: 'ACME', website: 'https://acme.example' } },
    ]);
    expect((await sales.program('GET', `/accounts/${id}`)).body).toMatchObject({ name: 'Acme', version: 1 });
    const done = await sales.program('POST', `/accounts/${id}/merge`, order);
    expect(done.body).toMatchObject({
      merged: [goes],
      record: { id, name: 'ACME', version: 2 },
      moved: [{ entity: 'task', field: 'related', count: 1 }],
    });

    const answered = await sales.program('GET', `/accounts/${goes}?fields=name`);
    expect([answered.status, answered.body.id]).toEqual([200, id]);
    expect(answered.headers['content-location']).toBe(`/api/v1/accounts/${id}`);
    expect((await other.program('GET', `/accounts/${goes}`)).status).toBe(404);
    const binned = await sales.program('GET', `/accounts/${goes}?removed=1`);
    expect(binned.body).toMatchObject({ id: goes, mergedInto: id });
    const write = await sales.program('PATCH', `/accounts/${goes}`, { version: 2, name: 'X' });
    expect([write.status, write.body['code'], write.body['mergedInto']]).toEqual([409, 'record-merged', id]);
    const restore = await sales.program('POST', `/accounts/${goes}/restore`);
    expect([restore.status, restore.body['code']]).toEqual([409, 'merged-not-restored']);

    const stayed = (await sales.program('GET', `/accounts/${id}/history`)).body.items[0];
    expect(stayed?.['merged']).toEqual({ into: null, from: [{ id: goes, label: 'ACME' }], isUndone: false });
    const went = (await sales.program('GET', `/accounts/${goes}/history`)).body.items[0];
    expect(went?.['merged']).toEqual({ into: { id, label: 'ACME' }, from: [], isUndone: false });
    expect(went?.['changes']).toHaveLength(1);
    const alone = await sales.program('POST', `/accounts/${goes}/history/${went?.id}/undo`);
    expect([alone.status, alone.body['code']]).toEqual([409, 'undo-of-merge']);

    const undone = await sales.program('POST', `/batches/${String(done.body['batch'])}/undo`);
    expect(undone.body).toMatchObject({ records: 3, refused: 0 });
    expect((await sales.program('GET', `/accounts/${goes}`)).body).toMatchObject({ id: goes, name: 'ACME' });
    expect((await sales.program('GET', `/tasks/${task.body.id}`)).body['related']).toMatchObject({
      id: goes,
    });
    const again = (await sales.program('GET', `/accounts/${id}/history`)).body.items[0];
    expect(again).toMatchObject({
      door: 'undo',
      merged: { into: null, from: [{ id: goes }], isUndone: true },
    });
  });

  test('what a role doesn’t show isn’t lost in silence: that record has to be the one that stays', async () => {
    const right = { entity: 'account', field: 'revenue', read: false, write: false };
    const role = (await doors.admin.program('GET', '/roles?where=code%20%3D%20%22sales%22')).body.items[0]
      ?.id;
    const kept = await doors.admin.program('POST', '/field-rights', { role, ...right });
    expect(kept.status).toBe(201);
    const [id, goes] = [await make(sales, 'One'), await make(sales, 'Two')];
    await doors.admin.program('PATCH', `/accounts/${goes}`, {
      version: 1,
      revenue: { amount: '5', currency: 'EUR' },
    });
    const refused = await sales.program('POST', `/accounts/${id}/merge`, { with: [goes] });
    expect(codes(refused)).toEqual(['name: merge-unseen-lost']);
    const turned = await sales.program('POST', `/accounts/${goes}/merge`, { with: [id] });
    expect(turned.status).toBe(200);
    expect(turned.text).not.toContain('revenue');
    expect((await doors.admin.program('GET', `/accounts/${goes}`)).body['revenue']).toMatchObject({
      amount: '5.00',
    });
  });
});
