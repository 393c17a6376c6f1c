import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import type { Ctx } from '../ctx.ts';
import { undoWhole } from '../events/batch-door.ts';
import { listRecords } from '../query/list.ts';
import { totals } from '../query/totals.ts';
import { createRecords, removeRecords } from '../record/verbs.ts';
import { openWorkspace } from '../workspace/open.ts';
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
const merge = (stays: string, goes: string) =>
  mergeRecords(ana, place.entity('person'), stays, { with: [goes] });
/** The titles that a filter finds. */
const found = async (entity: string, where: string, ctx: Ctx = ana): Promise<readonly unknown[]> =>
  (await listRecords(ctx, place.entity(entity), { where, sort: 'title' })).items.map(({ title }) => title);

test('a filter that names an id that went means the record that stays, until the merge is undone', async () => {
  const [stays, goes, third] = [
    await made('person', { title: 'Stays' }),
    await made('person', { title: 'Goes' }),
    await made('person', { title: 'Third' }),
  ];
  await made('badge', { title: 'Of who stays', holder: stays });
  await made('club', {
    title: 'Of who goes',
    members: [goes, third],
    patron: { entity: 'person', id: goes },
  });
  await made('club', { title: 'Of the third', members: [third] });
  const who = ['Of who stays'];
  const expected = [
    ['badge', `holder = "${goes}"`, [], who],
    ['badge', `holder in ("${third}", "${goes.toUpperCase()}")`, [], who],
    ['badge', `not (holder = "${goes}")`, who, []],
    ['badge', `holder.id = "${goes}"`, [], who],
    ['club', `members in ("${goes}")`, ['Of who goes'], ['Of who goes']],
    ['club', `members in ("${goes}", "${stays}")`, ['Of who goes'], ['Of who goes']],
    ['person', `id = "${goes}"`, ['Goes'], ['Stays']],
    ['person', `any(badges, holder = "${goes}")`, [], ['Stays']],
  ] as const;
  const all = async (): Promise<unknown> => {
    const answers: unknown[] = [];
    for (const [entity, where] of expected) answers.push(await found(entity, where));
    return answers;
  };
  expect(await all()).toEqual(expected.map(([, , before]) => before));
  const { batch } = await merge(stays, goes);
  expect(await all()).toEqual(expected.map(([, , , after]) => after));
  expect(await totals(ana, place.entity('badge'), { where: `holder = "${goes}"` })).toMatchObject({
    groups: [{ count: 1 }],
  });
  await undoWhole(ana, batch ?? '');
  expect(await all()).toEqual(expected.map(([, , before]) => before));
});

test('among what lies in the bin it means the record itself: nothing there follows a merge', async () => {
  const [stays, goes] = [
    await made('person', { title: 'Kept' }),
    await made('person', { title: 'Merged away' }),
  ];
  const badge = await made('badge', { title: 'Thrown away before', holder: goes });
  await removeRecords(ana, place.entity('badge'), [{ id: badge }]);
  await merge(stays, goes);
  const binned = async (entity: string, where: string): Promise<readonly unknown[]> =>
    (await listRecords(ana, place.entity(entity), { where, removed: true })).items.map(({ title }) => title);
  expect(await binned('person', `id = "${goes}"`)).toEqual(['Merged away']);
  expect(await binned('badge', `holder in ("${goes}")`)).toEqual(['Thrown away before']);
  expect(await found('person', `id = "${goes}"`)).toEqual(['Kept']);
});

test('through several merges it means the last one, and in every process', async () => {
  const [last, next, first] = [
    await made('person', { title: 'Last' }),
    await made('person', { title: 'Next' }),
    await made('person', { title: 'First' }),
  ];
  const other = await openWorkspace({
    db: place.system.db,
    model: place.system.workspace.declaredInCode,
    name: 'main',
  });
  try {
    const there: Ctx = { ...ana, workspace: other };
    await merge(next, first);
    const { batch } = await merge(last, next);
    expect(await found('person', `id = "${first}"`)).toEqual(['Last']);
    await expect.poll(() => found('person', `id = "${first}"`, there)).toEqual(['Last']);
    await undoWhole(ana, batch ?? '');
    expect(await found('person', `id = "${first}"`)).toEqual(['Next']);
    await expect.poll(() => found('person', `id = "${first}"`, there)).toEqual(['Next']);
  } finally {
    await other.close();
  }
});
