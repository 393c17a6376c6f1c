import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestDoors, testDoors } from '../../../test/harness/doors.ts';
import { settled } from '../../../test/harness/until.ts';
import type { BulkRun } from '../../model/bulk.ts';

let doors: TestDoors;
beforeAll(async () => {
  doors = await testDoors({ works: true });
});
afterAll(() => doors.close());

const ended = (by: Caller, id: string): Promise<BulkRun> =>
  settled(async () => (await by.program('GET', `/bulk-runs/${id}`)).body as unknown as BulkRun);

async function make(by: Caller, name: string, count: number): Promise<readonly string[]> {
  const made = await by.program(
    'POST',
    '/accounts',
    Array.from({ length: count }, () => ({ name })),
  );
  return made.body.items.map(({ id }) => id);
}

const id = '01890000-0000-7000-8000-000000000000';

test.each([
  ['a list', [], 400, []],
  ['nothing', {}, 422, ['verb: input-missing']],
  ['no records', { verb: 'remove' }, 422, ['where: bulk-which-records']],
  ['both filter and ids', { verb: 'remove', where: '', ids: [id] }, 422, ['ids: bulk-which-records']],
  ['no list of ids', { verb: 'remove', ids: 'all' }, 422, ['ids: bulk-bad-ids']],
  ['an empty list', { verb: 'remove', ids: [] }, 422, ['ids: bulk-bad-ids']],
  ['ids that are none', { verb: 'remove', ids: ['7'] }, 422, ['ids: bulk-bad-ids']],
  ['a filter that is no text', { verb: 'remove', where: 7 }, 422, ['where: bulk-bad-filter']],
  ['a filter with NUL', { verb: 'remove', where: 'name = "\0"' }, 422, ['where: text-not-storable']],
  ['an unknown verb', { verb: 'explode', where: '' }, 422, ['verb: bulk-unknown-verb']],
  ['an unknown member', { verb: 'remove', where: '', wehre: '' }, 422, ['wehre: input-unknown-meant']],
  ['a bad sort', { verb: 'remove', where: '', sort: 'colour' }, 422, ['sort: unknown-field-of']],
  ['no values', { verb: 'update', where: '' }, 422, ['values: bulk-no-values']],
  [
    'a bad value',
    { verb: 'update', where: '', values: { email: 'x' } },
    422,
    ['values.email: email-unknown'],
  ],
] as const)('%s is refused before anything is kept', async (_name, body, status, mistakes) => {
  const answer = await doors.admin.program('POST', '/accounts/bulk', body);
  expect(answer.status, answer.text).toBe(status);
  if (mistakes.length > 0)
    expect(answer.body.mistakes.map((each) => `${each.field}: ${each.code}`)).toEqual(mistakes);
  expect((await doors.admin.program('GET', '/bulk-runs')).body.items).toEqual([]);
});

test('a run is begun, watched and undone; sent again with the same key it is begun once', async () => {
  await make(doors.admin, 'Bulk one', 20);
  const order = { verb: 'update', where: 'name = "Bulk one"', values: { description: 'new' } };
  const key = { 'idempotency-key': 'bulk-1' };
  const begun = await doors.admin.program('POST', '/accounts/bulk', order, key);
  expect(begun.status, begun.text).toBe(202);
  expect(begun.headers.location).toBe(`/api/v1/bulk-runs/${begun.body.id}`);
  const again = await doors.admin.program('POST', '/accounts/bulk', order, key);
  expect(again.body.id).toBe(begun.body.id);
  expect(await ended(doors.admin, begun.body.id)).toMatchObject({ state: 'done', total: 20, changed: 20 });
  expect((await doors.admin.program('POST', `/bulk-runs/${begun.body.id}/cancel`)).status).toBe(409);
  const csv = await doors.admin.program('GET', `/bulk-runs/${begun.body.id}/refused.csv`);
  expect([csv.status, csv.text.trim().split('\n').length]).toEqual([200, 1]);
  expect((await doors.admin.program('POST', `/bulk-runs/${begun.body.id}/undo`)).status).toBe(202);
  expect(await ended(doors.admin, begun.body.id)).toMatchObject({ state: 'undone', undo: { done: 20 } });
  const { body } = await doors.admin.program('GET', '/accounts?where=description%3D%22new%22');
  expect(body.items).toEqual([]);
  expect((await doors.admin.program('GET', '/bulk-runs')).body.items).toHaveLength(1);
});

test('somebody’s runs are his own, and reach what he may change alone', async () => {
  const [sam, kim] = [await doors.user('Sam'), await doors.user('Kim')];
  const nobody = await doors.user('Nobody', []);
  const [theirs] = await make(doors.admin, 'Not Sam’s', 1);
  const [own] = await make(sam, 'Sam’s', 1);
  const refused = await nobody.program('POST', '/accounts/bulk', { verb: 'remove', where: '' });
  expect(refused.status).toBe(403);
  const order = { verb: 'update', ids: [theirs, own], values: { description: 'by Sam' } };
  const begun = await sam.program('POST', '/accounts/bulk', order);
  expect(begun.status, begun.text).toBe(202);
  expect(await ended(sam, begun.body.id)).toMatchObject({ total: 2, changed: 1, refused: 1 });
  expect((await doors.admin.program('GET', `/accounts/${theirs}`)).body.description).toBeNull();
  expect((await doors.admin.program('GET', `/accounts/${own}`)).body.description).toBe('by Sam');
  const { items } = (await sam.program('GET', `/bulk-runs/${begun.body.id}/records?outcome=refused`)).body;
  // What he may not see is refused as what isn't there, without its name.
  expect(items).toMatchObject([
    { record: { id: theirs, label: null }, reasons: [{ code: 'record-not-found' }] },
  ]);
  const all = await sam.program('POST', '/accounts/bulk', { verb: 'remove', where: '', dryRun: true });
  expect(await ended(sam, all.body.id)).toMatchObject({ total: 1, changed: 1 });
  for (const path of ['', '/records', '/refused.csv'])
    expect((await kim.program('GET', `/bulk-runs/${begun.body.id}${path}`)).status).toBe(404);
  for (const act of ['cancel', 'undo'])
    expect((await kim.program('POST', `/bulk-runs/${begun.body.id}/${act}`)).status).toBe(404);
  expect((await kim.program('GET', '/bulk-runs')).body.items).toEqual([]);
});
