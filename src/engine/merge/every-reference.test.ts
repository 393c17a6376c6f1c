import { afterAll, beforeAll, expect, test } from 'vitest';
import { mistakes, refusal } from '../../../test/harness/refusal.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import type { RecordOut } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';
import { undoWhole } from '../events/batch-door.ts';
import { lookUp } from '../import/find-named.ts';
import { listRecords } from '../query/list.ts';
import { readRecord } from '../query/read.ts';
import { createRecords } from '../record/verbs.ts';
import { findVerb } from '../verbs/find-verb.ts';
import { runVerb } from '../verbs/run-verb.ts';
import { mergeRecords } from './merge-records.ts';
import { everyWay } from './naming.fixture.ts';

let place: TestWorkspace;
let ana: Ctx;

beforeAll(async () => {
  place = await testWorkspace({ more: everyWay });
  ana = await place.user('Ana');
});
afterAll(() => place.close());

const made = async (name: string, input: Record<string, unknown>): Promise<string> => {
  const [record] = await createRecords(ana, place.entity(name), [input]);
  if (!record) throw new Error('nothing was made');
  return record.id;
};
const read = (name: string, id: string): Promise<RecordOut> => readRecord(ana, place.entity(name), id);
const merge = (name: string, id: string, goes: string) =>
  mergeRecords(ana, place.entity(name), id, { with: [goes] });
const convert = (lead: string, input: Record<string, unknown>) => {
  const { model } = ana.workspace;
  return runVerb(ana, place.entity('lead'), findVerb(model, place.entity('lead'), 'convert'), lead, input);
};
const idOf = (value: unknown): string | undefined => (value as { id?: string } | null)?.id;
const people = (...titles: readonly string[]): Promise<readonly string[]> =>
  Promise.all(titles.map((title) => made('person', { title })));
const friends = async (id: string): Promise<readonly (readonly [string | undefined, boolean])[]> => {
  const { items } = await listRecords(ana, place.entity('friendship'), {
    where: `one = "${id}"`,
    sort: 'id',
  });
  return items.map((each) => [idOf(each['other']), each['best'] === true] as const);
};

test('a record is named anew in lists of records and among records of several entities, and once where both were named', async () => {
  const [stays = '', goes = '', third = ''] = await people('Stays', 'Goes', 'Third');
  const members = await made('club', { members: [third, goes, stays] });
  const patron = await made('club', { patron: { entity: 'person', id: goes } });
  const { batch } = await merge('person', stays, goes);
  expect((await read('club', members))['members']).toMatchObject([{ id: third }, { id: stays }]);
  expect((await read('club', patron))['patron']).toMatchObject({ entity: 'person', id: stays });
  await undoWhole(ana, batch ?? '');
  expect((await read('club', members))['members']).toMatchObject([
    { id: third },
    { id: goes },
    { id: stays },
  ]);
  expect(idOf((await read('club', patron))['patron'])).toBe(goes);
});

test('records that would share what must be unique are named, each in its place, and nothing is merged', async () => {
  const [stays = '', goes = ''] = await people('Stays', 'Goes');
  await made('badge', { holder: stays });
  const second = await made('badge', { holder: goes });
  const problem = await refusal(merge('person', stays, goes));
  expect(mistakes(problem)).toEqual([[`badges/${second}.holder`, 'not-unique']]);
  expect(await read('person', goes)).toMatchObject({ id: goes });
});

test('two who knew each other aren’t linked with themselves, and one friend is the best', async () => {
  const [stays = '', goes = '', third = ''] = await people('Stays', 'Goes', 'Third');
  await made('friendship', { one: stays, other: goes, best: true });
  const kept = await made('friendship', { one: goes, other: third, best: true });
  const { batch } = await merge('person', stays, goes);
  expect(await friends(stays)).toEqual([[third, true]]);
  expect(idOf((await read('friendship', kept))['one'])).toBe(stays);
  await undoWhole(ana, batch ?? '');
  expect(await friends(stays)).toEqual([[goes, true]]);
  expect(await friends(goes)).toEqual([[third, true]]);
});

test('what names a link that becomes one with another names that one', async () => {
  const [stays = '', goes = '', third = ''] = await people('Stays', 'Goes', 'Third');
  const kept = await made('friendship', { one: stays, other: third });
  const united = await made('friendship', { one: goes, other: third, best: true });
  const speech = await made('toast', { to: united });
  const { batch } = await merge('person', stays, goes);
  expect(await friends(stays)).toEqual([[third, true]]);
  expect(idOf((await read('toast', speech))['to'])).toBe(kept);
  expect((await read('friendship', united)).id).toBe(kept);
  await undoWhole(ana, batch ?? '');
  expect(idOf((await read('toast', speech))['to'])).toBe(united);
  expect(await friends(goes)).toEqual([[third, true]]);
});

test('a converted lead, which nobody changes by hand, follows too, and back', async () => {
  const stays = await made('account', { name: 'Stays' });
  const lead = await made('lead', { name: { last: 'Moreau' }, company: 'Goes', status: 'new' });
  const done = await convert(lead, { account: { name: 'Goes' } });
  const goes = done.made.find((each) => each.entity === 'account')?.id ?? '';
  const { batch } = await merge('account', stays, goes);
  expect(idOf((await read('lead', lead))['convertedAccount'])).toBe(stays);
  const undone = await undoWhole(ana, batch ?? '');
  expect(undone.refused).toBe(0);
  expect(idOf((await read('lead', lead))['convertedAccount'])).toBe(goes);
});

test('an id that went means the one that stays in a verb’s section and in the rows of a file', async () => {
  const [stays, goes] = [await made('account', { name: 'Stays' }), await made('account', { name: 'Goes' })];
  await merge('account', stays, goes);
  const lead = await made('lead', { name: { last: 'Petit' }, status: 'new' });
  const done = await convert(lead, { account: { id: goes } });
  expect(done.made.find((each) => each.entity === 'account')?.id).toBe(stays);
  const found = await lookUp(ana, 'csv', ['account'], 'id', [goes.toUpperCase()]);
  expect(found.get(goes.toUpperCase())).toEqual([{ entity: 'account', id: stays }]);
});

test('a merge that is done again takes along what was written after it was undone, and its undo gives that back', async () => {
  const [stays = '', goes = '', third = ''] = await people('Stays', 'Goes', 'Third');
  const early = await made('badge', { holder: goes });
  const { batch } = await merge('person', stays, goes);
  const undone = await undoWhole(ana, batch ?? '');
  const late = await made('club', { members: [third, goes], patron: { entity: 'person', id: goes } });
  await made('friendship', { one: goes, other: third });
  const redone = await undoWhole(ana, undone.batch);
  expect(redone.refused).toBe(0);
  expect(idOf((await read('badge', early))['holder'])).toBe(stays);
  expect(await read('club', late)).toMatchObject({
    members: [{ id: third }, { id: stays }],
    patron: { id: stays },
  });
  expect(await friends(stays)).toEqual([[third, true]]);
  expect((await undoWhole(ana, redone.batch)).refused).toBe(0);
  expect(idOf((await read('badge', early))['holder'])).toBe(goes);
  expect(await read('club', late)).toMatchObject({
    members: [{ id: third }, { id: goes }],
    patron: { id: goes },
  });
  expect(await friends(goes)).toEqual([[third, true]]);
});

test('a merge isn’t done again where what was written since would share what must be unique', async () => {
  const [stays = '', goes = ''] = await people('Stays', 'Goes');
  const { batch } = await merge('person', stays, goes);
  const undone = await undoWhole(ana, batch ?? '');
  await made('badge', { holder: stays });
  const second = await made('badge', { holder: goes });
  const problem = await refusal(undoWhole(ana, undone.batch));
  expect(mistakes(problem)).toEqual([[`person/${goes}.badges/${second}.holder`, 'not-unique']]);
  expect(await read('person', goes)).toMatchObject({ id: goes });
});
