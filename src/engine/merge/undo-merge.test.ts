import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import type { Problem } from '../../lib/problem.ts';
import type { MergeOrder } from '../../model/merge.ts';
import type { RecordOut } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';
import { eraseRecord } from '../erase/erase-record.ts';
import { undoWhole } from '../events/batch-door.ts';
import { readRecord } from '../query/read.ts';
import { createRecords } from '../record/verbs.ts';
import { mergeRecords } from './merge-records.ts';
import { tablesNow } from './merging.fixture.ts';

let place: TestWorkspace;
let ana: Ctx;
let admin: Ctx;

beforeAll(async () => {
  place = await testWorkspace();
  ana = await place.user('Ana Díaz', { teams: ['North'] });
  admin = await place.user('Ada', { roles: ['administrator'] });
});
afterAll(() => place.close());

const made = async (ctx: Ctx, name: string, input: Record<string, unknown>): Promise<RecordOut> => {
  const [record] = await createRecords(ctx, place.entity(name), [input]);
  if (!record) throw new Error('nothing was made');
  return record;
};
const merge = (ctx: Ctx, name: string, id: string, order: MergeOrder) =>
  mergeRecords(ctx, place.entity(name), id, order);
const read = (ctx: Ctx, name: string, id: string) => readRecord(ctx, place.entity(name), id);

/** Two accounts of Ana's with this in them besides. */
async function twoAccounts(one: Record<string, unknown> = {}, other: Record<string, unknown> = {}) {
  const stays = await made(ana, 'account', { name: 'Acme', ...one });
  const goes = await made(ana, 'account', { name: 'ACME Inc.', ...other });
  return { stays: stays.id, goes: goes.id };
}

test('who erases a person erases what was merged into it, and the id goes on answering', async () => {
  const one = await made(ana, 'contact', { name: { first: 'Zyx', last: 'Qponml' } });
  const email = 'zyx.other@example.org';
  const other = await made(ana, 'contact', {
    name: { first: 'Zyxwvu', last: 'Qponml' },
    email,
    externalKeys: [{ source: 'old', key: email }],
  });
  await merge(ana, 'contact', one.id, { with: [other.id], values: { email: null } });
  await eraseRecord(admin, place.entity('contact'), one.id);
  const left = Object.values(await tablesNow(place.system, { withEvents: true })).flat();
  expect(left.filter((row) => /Zyxwvu|zyx\.other/.test(row))).toEqual([]);
  expect(await read(ana, 'contact', other.id)).toMatchObject({ id: one.id });
});

test('of two who merge the same records into each other one comes first, and the other is told', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { stays, goes } = await twoAccounts();
    const tries = await Promise.allSettled([
      merge(ana, 'account', stays, { with: [goes] }),
      merge(ana, 'account', goes, { with: [stays] }),
    ]);
    const lost = tries.flatMap((tried) => (tried.status === 'rejected' ? [tried.reason as Problem] : []));
    expect(lost.map(({ detail }) => detail.message?.code)).toEqual(['record-merged']);
    expect((await read(ana, 'account', stays)).id).toBe((await read(ana, 'account', goes)).id);
  }
});

test('undone, a merge of two accounts with hundreds of related records leaves every table as it was, and a redo merges again', async () => {
  const { stays, goes } = await twoAccounts(
    { phone: '+33142685300' },
    { website: 'https://acme.example', externalKeys: [{ source: 'erp', key: 'B' }] },
  );
  const people = Array.from({ length: 150 }, (_, index) => ({
    name: { last: `P${index}` },
    account: index % 3 === 0 ? stays : goes,
  }));
  const contacts = await createRecords(ana, place.entity('contact'), people);
  // A third is linked with both.
  await createRecords(
    ana,
    place.entity('account-contact'),
    contacts.filter((_, index) => index % 3 === 1).map(({ id }) => ({ account: stays, contact: id })),
  );
  await createRecords(
    admin,
    place.entity('opportunity'),
    Array.from({ length: 200 }, (_, index) => ({
      name: `Deal ${index}`,
      account: goes,
      stage: 'qualification',
      closeDate: '2030-01-01',
    })),
  );
  const related = { entity: 'account', id: goes };
  for (const [name, more] of [
    ['task', { subject: 'T' }],
    ['note', { text: 'N' }],
  ] as const)
    await createRecords(
      ana,
      place.entity(name),
      Array.from({ length: 100 }, () => ({ ...more, related })),
    );
  await createRecords(
    ana,
    place.entity('account'),
    Array.from({ length: 20 }, (_, index) => ({ name: `Child ${index}`, parent: goes })),
  );
  const before = await tablesNow(place.system);
  const result = await merge(ana, 'account', stays, { with: [goes] });
  expect(result).toMatchObject({ united: 50 });
  const after = await tablesNow(place.system);
  expect(after).not.toEqual(before);
  // Nothing live names the one that went.
  const { merged_record: _marks, ...records } = after;
  const naming = Object.values(records)
    .flat()
    .filter((row) => row.includes(goes) && !row.includes('in the bin'));
  expect(naming).toEqual([]);
  const undone = await undoWhole(ana, result.batch ?? '');
  expect(undone.refused).toBe(0);
  expect(await tablesNow(place.system)).toEqual(before);
  expect(await read(ana, 'account', goes)).toMatchObject({ id: goes, name: 'ACME Inc.' });
  // What followed from a deed is taken back with it, whosever it is; put there again only by who may write it.
  await undoWhole(admin, undone.batch);
  expect(await tablesNow(place.system)).toEqual(after);
  expect(await read(ana, 'account', goes)).toMatchObject({ id: stays });
});

test('a preview tells the same and changes nothing', async () => {
  const { stays, goes } = await twoAccounts({}, { website: 'https://acme.example' });
  await made(ana, 'task', { subject: 'Call', related: { entity: 'account', id: goes } });
  const before = await tablesNow(place.system);
  const preview = await merge(ana, 'account', stays, { with: [goes], preview: true });
  expect(await tablesNow(place.system)).toEqual(before);
  const { batch, record, ...told } = await merge(ana, 'account', stays, { with: [goes] });
  expect(preview).toMatchObject({ batch: null, ...told, record: { website: 'https://acme.example' } });
  expect([typeof batch, record?.id]).toEqual(['string', stays]);
});
