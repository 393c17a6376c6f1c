import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mistakes, refusal } from '../../../test/harness/refusal.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import { newId } from '../../lib/ids.ts';
import type { HistoryEntry } from '../../model/history.ts';
import type { Ctx } from '../ctx.ts';
import { readRecord } from '../query/read.ts';
import { createRecords, linkRecords, removeRecords, updateRecords } from '../record/verbs.ts';
import { history } from './history.ts';
import { undoBatch } from './undo-batch.ts';
import { undoChange } from './undo-change.ts';

let place: TestWorkspace;
let ana: Ctx;
let ben: Ctx;
let zoe: Ctx;

beforeAll(async () => {
  place = await testWorkspace();
  ana = await place.user('Ana Díaz', { teams: ['North'] });
  ben = await place.user('Ben Noël', { teams: ['North'] });
  zoe = await place.user('Zoé');
});
afterAll(() => place.close());

const one = async (ctx: Ctx, name: string, input: Record<string, unknown>): Promise<string> => {
  const [made] = await createRecords(ctx, place.entity(name), [input]);
  return made?.id ?? '';
};
const change = (ctx: Ctx, name: string, id: string, values: Record<string, unknown>) =>
  updateRecords(ctx, place.entity(name), [{ id, values }]);
const account = () => place.entity('account');
const entries = async (name: string, id: string): Promise<readonly HistoryEntry[]> =>
  (await history(place.system, place.entity(name), id)).items;
const latest = async (name: string, id: string): Promise<string> => (await entries(name, id))[0]?.id ?? '';

describe('the undo of a change is refused', () => {
  it('to who may not read the record, and to who may read but not change it', async () => {
    const id = await one(ana, 'account', { name: 'Hers' });
    await change(ana, 'account', id, { name: 'Hers still' });
    const event = await latest('account', id);
    expect((await refusal(undoChange(zoe, account(), id, event))).detail.message?.code).toBe(
      'record-not-found',
    );
    expect((await refusal(undoChange(ben, account(), id, event))).detail.message?.code).toBe(
      'record-not-writable',
    );
    expect(await readRecord(ana, account(), id)).toMatchObject({ name: 'Hers still', version: 2 });
  });

  it('of an event that isn’t of this record', async () => {
    const id = await one(ana, 'account', { name: 'One' });
    const other = await one(ana, 'account', { name: 'Other' });
    for (const event of [newId(), 'no id', await latest('account', other)])
      expect((await refusal(undoChange(ana, account(), id, event))).detail.message?.code).toBe(
        'event-not-found',
      );
  });

  it('of fields that the change didn’t touch', async () => {
    const id = await one(ana, 'account', { name: 'Before' });
    await change(ana, 'account', id, { name: 'After' });
    const event = await latest('account', id);
    const refused = await refusal(undoChange(ana, account(), id, event, { fields: ['number'] }));
    expect(mistakes(refused)).toEqual([['fields', 'undo-other-field']]);
  });

  it('where a field was changed again, with the reason by field and what can be undone', async () => {
    const id = await one(ana, 'account', { name: 'A', number: '1', employees: 5 });
    await change(ana, 'account', id, { name: 'B', number: '2', employees: 6 });
    const event = await latest('account', id);
    await change(place.system, 'account', id, { number: '3' });
    const refused = await refusal(undoChange(ana, account(), id, event));
    expect(refused.code).toBe('conflict');
    expect(mistakes(refused)).toEqual([['number', 'changed-again']]);
    expect(refused.detail.mistakes?.[0]?.params).toMatchObject({ who: 'Rapport' });
    expect(refused.detail.extra).toEqual({
      possible: expect.arrayContaining(['employees', 'name']) as string[],
    });
    expect(await readRecord(ana, account(), id)).toMatchObject({ name: 'B', version: 3 });

    const done = await undoChange(ana, account(), id, event, { fields: ['name'] });
    expect(done.undone).toEqual(['name']);
    expect(done.record).toMatchObject({ name: 'A', number: '3', employees: 6 });
    const rest = await undoChange(ana, account(), id, event, { part: true });
    expect(rest.undone).toEqual(['employees']);
    expect(
      (await refusal(undoChange(ana, account(), id, event, { fields: ['name'] }))).detail.message?.code,
    ).toBe('undo-done-already');
  });

  it('where rules say no, naming what can be undone without', async () => {
    const id = await one(ana, 'opportunity', { name: 'Deal', closeDate: '2027-01-31' });
    const gone = await one(ana, 'account', { name: 'Gone' });
    await change(ana, 'opportunity', id, { account: gone, name: 'Deal at Gone' });
    await change(ana, 'opportunity', id, { account: null, name: 'Deal alone' });
    const event = await latest('opportunity', id);
    await removeRecords(ana, account(), [{ id: gone }]);
    const refused = await refusal(undoChange(ana, place.entity('opportunity'), id, event));
    expect(mistakes(refused)).toEqual([['account', 'unknown-reference']]);
    expect(refused.detail.extra).toEqual({ possible: ['name'] });
  });

  it('of a record in the bin, until it is restored', async () => {
    const id = await one(ana, 'account', { name: 'Old' });
    await change(ana, 'account', id, { name: 'New' });
    const event = await latest('account', id);
    await removeRecords(ana, account(), [{ id }]);
    expect((await refusal(undoChange(ana, account(), id, event))).detail.message?.code).toBe('undo-in-bin');
    const restored = await undoChange(ana, account(), id, await latest('account', id));
    expect(restored.record).toMatchObject({ name: 'New', removedAt: null });
    expect((await undoChange(ana, account(), id, event)).record).toMatchObject({ name: 'Old' });
  });

  it('of a creation that was worked on since', async () => {
    const id = await one(ana, 'account', { name: 'Made' });
    await change(place.system, 'account', id, { name: 'Improved' });
    const event = (await entries('account', id)).at(-1)?.id ?? '';
    const refused = await refusal(undoChange(ana, account(), id, event, { part: true }));
    expect([refused.detail.message?.code, ...mistakes(refused)]).toEqual([
      'undo-impossible',
      ['name', 'changed-again'],
    ]);
  });
});

describe('the undo of a change', () => {
  it('is an event of its own, in a batch by which it is redone', async () => {
    const id = await one(ana, 'account', { name: 'First', number: '1' });
    await change(ana, 'account', id, { name: 'Second', number: null });
    const { batch } = await undoChange(ana, account(), id, await latest('account', id));
    expect((await entries('account', id))[0]).toMatchObject({
      door: 'undo',
      verb: 'update',
      version: 3,
      batch,
    });
    expect(await readRecord(ana, account(), id)).toMatchObject({ name: 'First', number: '1' });
    await undoBatch(ana, batch);
    expect(await readRecord(ana, account(), id)).toMatchObject({ name: 'Second', number: null });
  });

  it('of a creation puts the record into the bin and tells who still names it', async () => {
    const id = await one(ana, 'account', { name: 'Named' });
    await one(ana, 'opportunity', { name: 'Its deal', account: id, closeDate: '2027-01-31' });
    const done = await undoChange(ana, account(), id, await latest('account', id));
    expect(done.record?.['removedAt']).toBeTypeOf('string');
    expect(done.stillNamed).toEqual([
      { entity: 'account', id, by: 'opportunity', field: 'account', count: 1 },
    ]);
  });

  it('of a link’s making takes the link away, and rules follow', async () => {
    const firm = await one(ana, 'account', { name: 'Firm' });
    const contact = await one(ana, 'contact', { name: { first: 'Li', last: 'Ng' } });
    const [link] = await linkRecords(ana, place.entity('contact'), contact, 'accounts', [{ to: firm }]);
    expect(await readRecord(ana, place.entity('contact'), contact)).toMatchObject({ account: { id: firm } });
    const made = (await entries('account-contact', link?.id ?? '')).at(-1)?.id ?? '';
    await undoChange(ana, place.entity('account-contact'), link?.id ?? '', made, {});
    expect(await readRecord(ana, place.entity('contact'), contact)).toMatchObject({ account: null });
  });
});
