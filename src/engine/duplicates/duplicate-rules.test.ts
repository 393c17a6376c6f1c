import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mistakes, refusal } from '../../../test/harness/refusal.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import type { Ctx } from '../ctx.ts';
import { createRecords, removeRecords } from '../record/verbs.ts';
import { findDuplicates } from './find-duplicates.ts';
import { listPairs } from './pairs.ts';
import { workOnScan } from './scan.ts';
import { askScan } from './scans.ts';

let place: TestWorkspace;
let ana: Ctx;
beforeAll(async () => {
  place = await testWorkspace();
  ana = await place.user('Ana');
});
afterAll(() => place.close());

const say = async (input: Record<string, unknown>): Promise<string> =>
  (await createRecords(place.system, place.entity('duplicate-rule'), [input]))[0]?.id ?? '';
const take = (id: string) => removeRecords(place.system, place.entity('duplicate-rule'), [{ id }]);
const found = async (draft: Record<string, unknown>) =>
  (await findDuplicates(ana, place.entity('contact'), draft)).items.map(({ score }) => score);

describe('what an administrator says of duplicates', () => {
  it.each([
    [{ entity: 'opportunity', criterion: 'name', points: 10 }, 'entity', 'duplicate-rule-entity'],
    [{ entity: 'contact', criterion: 'colour', points: 10 }, 'criterion', 'duplicate-rule-criterion'],
    [{ entity: 'contact', criterion: 'threshold', points: 0 }, 'points', 'duplicate-rule-threshold'],
    [{ entity: 'contact', criterion: 'email', points: 101 }, 'points', 'number-too-large'],
  ])('is refused by field: %j', async (input, field, code) => {
    expect(mistakes(await refusal(say(input)))).toEqual([[field, code]]);
  });

  it('is refused to who isn’t one', async () => {
    const rule = { entity: 'contact', criterion: 'email', points: 10 };
    const refused = await refusal(createRecords(ana, place.entity('duplicate-rule'), [rule]));
    expect(refused).toMatchObject({ code: 'forbidden' });
  });

  it('holds at once: a criterion counts otherwise or not at all, and the threshold moves', async () => {
    const contact = { name: { first: 'Rosa', last: 'Luz' }, email: 'rosa.luz@example.org' };
    await createRecords(ana, place.entity('contact'), [contact]);
    const draft = { email: 'rosa.luz@example.org' };
    expect(await found(draft)).toEqual([60]);
    const weak = await say({ entity: 'contact', criterion: 'email', points: 40 });
    expect(await found(draft)).toEqual([]);
    const low = await say({ entity: 'contact', criterion: 'threshold', points: 40 });
    expect(await found(draft)).toEqual([40]);
    const off = await say({ entity: 'contact', criterion: 'email', points: 0 });
    expect(await found(draft)).toEqual([]);
    for (const id of [weak, low, off]) await take(id);
    expect(await found(draft)).toEqual([60]);
  });

  it('may leave no criterion that counts: then nothing is alike, and no search stumbles', async () => {
    const account = place.entity('account');
    const names = (account.duplicates?.criteria ?? []).map(({ name }) => name);
    const firm = { name: 'Sierra Nevada Foods', website: 'https://sierra-nevada.example' };
    await createRecords(place.system, account, [firm, firm]);
    const search = async () => {
      await askScan(place.system, account);
      await workOnScan(place.system, 'account');
      const { items, scan } = await listPairs(place.system, account, {});
      return [items.length, scan?.state];
    };
    expect(await search()).toEqual([1, 'done']);
    const rules: string[] = [];
    for (const criterion of names) rules.push(await say({ entity: 'account', criterion, points: 0 }));
    expect((await listPairs(place.system, account, {})).items).toEqual([]);
    expect((await findDuplicates(place.system, account, firm)).items).toEqual([]);
    expect(await search()).toEqual([0, 'done']);
    for (const id of rules) await take(id);
    expect(await search()).toEqual([1, 'done']);
  });

  it('is told of a search that was made by other rules', async () => {
    const contact = place.entity('contact');
    const isOutdated = async () => (await listPairs(place.system, contact, {})).scan?.isOutdated;
    await askScan(place.system, contact);
    await workOnScan(place.system, 'contact');
    expect(await isOutdated()).toBe(false);
    const rule = await say({ entity: 'contact', criterion: 'phone', points: 60 });
    expect(await isOutdated()).toBe(true);
    await askScan(place.system, contact);
    await workOnScan(place.system, 'contact');
    expect(await isOutdated()).toBe(false);
    await take(rule);
  });
});
