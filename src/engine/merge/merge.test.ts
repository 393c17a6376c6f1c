import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mistakes, refusal } from '../../../test/harness/refusal.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import type { MergeOrder } from '../../model/merge.ts';
import type { RecordOut } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';
import { undoWhole } from '../events/batch-door.ts';
import { readRecord } from '../query/read.ts';
import { findByKeys } from '../record/external-keys.ts';
import { createRecords, removeRecords, restoreRecords, updateRecords } from '../record/verbs.ts';
import { mergeRecords } from './merge-records.ts';
import { tablesNow } from './merging.fixture.ts';

let place: TestWorkspace;
let ana: Ctx;
let ben: Ctx;
let admin: Ctx;

beforeAll(async () => {
  place = await testWorkspace();
  ana = await place.user('Ana Díaz', { teams: ['North'] });
  ben = await place.user('Ben Noël');
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
const idOf = (value: unknown): string | undefined => (value as { id?: string } | null)?.id;

/** Two accounts of Ana's with this in them besides. */
async function twoAccounts(one: Record<string, unknown> = {}, other: Record<string, unknown> = {}) {
  const stays = await made(ana, 'account', { name: 'Acme', ...one });
  const goes = await made(ana, 'account', { name: 'ACME Inc.', ...other });
  return { stays: stays.id, goes: goes.id };
}

describe('a merge is refused', () => {
  test('of no record, of itself, of one named twice, of more than five', async () => {
    const { stays, goes } = await twoAccounts();
    const refused = async (ids: readonly string[]) =>
      mistakes(await refusal(merge(ana, 'account', stays, { with: ids })));
    expect(await refused([])).toEqual([['with', 'merge-how-many']]);
    expect(await refused([stays])).toEqual([['with[0]', 'merge-with-itself']]);
    expect(await refused([goes, goes])).toEqual([['with[1]', 'merge-named-twice']]);
    expect(await refused(['x'])).toEqual([['with[0]', 'merge-bad-id']]);
    expect(await refused(Array.from({ length: 5 }, () => crypto.randomUUID()))).toEqual([
      ['with', 'merge-how-many'],
    ]);
  });

  test('of links and of set-up', async () => {
    const { stays, goes } = await twoAccounts();
    for (const name of ['account-contact', 'user', 'team'])
      expect((await refusal(merge(admin, name, stays, { with: [goes] }))).detail.message?.code).toBe(
        'not-mergeable',
      );
  });

  test('to who may not change the one or not remove the other', async () => {
    const { stays, goes } = await twoAccounts();
    const bens = await made(ben, 'account', { name: 'Acme Ltd' });
    expect((await refusal(merge(ben, 'account', bens.id, { with: [goes] }))).code).toBe('not-found');
    await updateRecords(ana, place.entity('account'), [{ id: stays, values: { teams: [...ana.who.teams] } }]);
    const mate = await place.user('Mia', { teams: ['North'] });
    const mias = await made(mate, 'account', { name: 'Acme' });
    expect((await refusal(merge(mate, 'account', mias.id, { with: [stays] }))).code).toBe('forbidden');
    expect((await refusal(merge(mate, 'account', stays, { with: [mias.id] }))).code).toBe('forbidden');
    expect(await read(ana, 'account', goes)).toMatchObject({ name: 'ACME Inc.' });
  });

  test('of wrong values, by field, and nothing is changed', async () => {
    const { stays, goes } = await twoAccounts();
    const before = await tablesNow(place.system);
    const bad = { take: { name: crypto.randomUUID(), colour: goes }, values: { employees: 'many' } };
    expect(mistakes(await refusal(merge(ana, 'account', stays, { with: [goes], take: bad.take })))).toEqual([
      ['take.name', 'merge-take-other'],
      ['take.colour', 'unknown-field'],
    ]);
    expect(
      mistakes(await refusal(merge(ana, 'account', stays, { with: [goes], values: bad.values }))).map(
        ([field]) => field,
      ),
    ).toEqual(['employees']);
    expect(await tablesNow(place.system)).toEqual(before);
  });

  test('of what somebody changed since it was read', async () => {
    const { stays, goes } = await twoAccounts();
    await updateRecords(ana, place.entity('account'), [
      { id: goes, values: { website: 'https://new.example' } },
    ]);
    const problem = await refusal(merge(ana, 'account', stays, { with: [goes], versions: { [goes]: 1 } }));
    expect([problem.code, problem.detail.message?.code]).toEqual(['conflict', 'stale-merge']);
  });
});

describe('field by field', () => {
  test('what the stayer has stays, what it lacks comes from the others in their order, and what there may be several of comes together', async () => {
    const { stays, goes } = await twoAccounts(
      { phone: '+33142685300' },
      { phone: '+33142685301', website: 'https://acme.example', teams: [...ana.who.teams] },
    );
    const third = await made(ana, 'account', {
      name: 'Acme 3',
      website: 'https://no.example',
      employees: 12,
    });
    const result = await merge(ana, 'account', stays, { with: [goes, third.id] });
    expect(result.record).toMatchObject({
      name: 'Acme',
      phone: { e164: '+33142685300' },
      website: 'https://acme.example',
      employees: 12,
    });
    expect(result.record?.teams).toHaveLength(1);
    expect(result.fields).toContainEqual({ field: 'website', from: [goes] });
    expect(result.fields).toContainEqual({ field: 'name', from: [stays] });
  });

  test('any record’s value may be taken, an empty one too, and any other given', async () => {
    const { stays, goes } = await twoAccounts(
      { website: 'https://old.example', employees: 3 },
      { kind: 'customer' },
    );
    const result = await merge(ana, 'account', stays, {
      with: [goes],
      take: { kind: goes, website: goes },
      values: { name: 'Acme Group' },
    });
    expect(result.record).toMatchObject({
      name: 'Acme Group',
      kind: 'customer',
      website: null,
      employees: 3,
    });
  });

  test('nobody comes to be his own parent, and a parent’s parent is taken over', async () => {
    const top = await made(ana, 'account', { name: 'Holding' });
    const { stays, goes } = await twoAccounts();
    await updateRecords(ana, place.entity('account'), [
      { id: stays, values: { parent: goes } },
      { id: goes, values: { parent: top.id } },
    ]);
    const result = await merge(ana, 'account', stays, { with: [goes] });
    expect(idOf(result.record?.parent)).toBe(top.id);
  });

  test('a parent between the two is refused until another one is given', async () => {
    const { stays, goes } = await twoAccounts();
    const middle = await made(ana, 'account', { name: 'Middle', parent: goes });
    await updateRecords(ana, place.entity('account'), [{ id: stays, values: { parent: middle.id } }]);
    expect(mistakes(await refusal(merge(ana, 'account', stays, { with: [goes] })))).toEqual([
      ['parent', 'merge-ring'],
    ]);
    const result = await merge(ana, 'account', stays, { with: [goes], values: { parent: null } });
    expect(result.record?.parent).toBeNull();
    expect(idOf((await read(ana, 'account', middle.id)).parent)).toBe(stays);
  });

  test('a parent that lies below the stayer isn’t taken over by itself, and that is told', async () => {
    const { stays, goes } = await twoAccounts();
    const middle = await made(ana, 'account', { name: 'Middle', parent: stays });
    await updateRecords(ana, place.entity('account'), [{ id: goes, values: { parent: middle.id } }]);
    const result = await merge(ana, 'account', stays, { with: [goes] });
    expect(result.record?.parent).toBeNull();
    expect(result.left).toMatchObject([{ field: 'parent' }]);
    expect(result.fields).toContainEqual({ field: 'parent', from: [stays] });
  });

  test('what the stayer may not hold as it stands it goes without, and that is told', async () => {
    const lost = { stage: 'closed-lost', lostReason: 'price' };
    const deal = { name: 'Deal', closeDate: '2030-01-01', amount: { amount: '10', currency: 'EUR' } };
    const account = (await twoAccounts()).stays;
    const open = await made(ana, 'opportunity', { ...deal, account, stage: 'qualification' });
    const closed = await made(ana, 'opportunity', { ...deal, account, ...lost, nextStep: 'Call again' });
    const result = await merge(ana, 'opportunity', open.id, { with: [closed.id] });
    expect(result.record).toMatchObject({ lostReason: null, nextStep: 'Call again' });
    expect(result.left).toMatchObject([{ field: 'lostReason' }]);
  });

  test('a box that somebody ticked stays ticked', async () => {
    const one = await made(ana, 'contact', { name: { last: 'Ray' } });
    const other = await made(ana, 'contact', { name: { last: 'Ray' }, doNotCall: true });
    expect((await merge(ana, 'contact', one.id, { with: [other.id] })).record).toMatchObject({
      doNotCall: true,
    });
  });
});

describe('what is related', () => {
  test('goes along, whosever it is and wherever it names the record, and in the bin it follows when it comes out', async () => {
    const { stays, goes } = await twoAccounts();
    const opportunity = await made(admin, 'opportunity', {
      name: 'Deal',
      account: goes,
      stage: 'qualification',
      closeDate: '2030-01-01',
    });
    const task = await made(ana, 'task', { subject: 'Call', related: { entity: 'account', id: goes } });
    const note = await made(ana, 'note', { text: 'Hello', related: { entity: 'account', id: goes } });
    const child = await made(ana, 'account', { name: 'Child', parent: goes });
    const binned = await made(ana, 'task', { subject: 'Gone', related: { entity: 'account', id: goes } });
    await removeRecords(ana, place.entity('task'), [{ id: binned.id }]);
    const result = await merge(ana, 'account', stays, { with: [goes] });
    expect(idOf((await read(admin, 'opportunity', opportunity.id)).account)).toBe(stays);
    expect(idOf((await read(ana, 'task', task.id)).related)).toBe(stays);
    expect(idOf((await read(ana, 'note', note.id)).related)).toBe(stays);
    expect(idOf((await read(ana, 'account', child.id)).parent)).toBe(stays);
    // Ana doesn’t read the administrator’s opportunity, and isn’t told of it.
    expect(result.moved).toEqual([
      { entity: 'account', field: 'parent', count: 1 },
      { entity: 'task', field: 'related', count: 1 },
      { entity: 'note', field: 'related', count: 1 },
    ]);
    const [back] = await restoreRecords(ana, place.entity('task'), [binned.id]);
    expect(idOf(back?.related)).toBe(stays);
  });

  test('links that would double are one, with what only one of them says, and a contact has one primary account', async () => {
    const { stays, goes } = await twoAccounts();
    const contact = await made(ana, 'contact', { name: { last: 'Doe' }, account: goes });
    await made(ana, 'account-contact', { account: stays, contact: contact.id });
    const result = await merge(ana, 'account', stays, { with: [goes] });
    expect(result.united).toBe(1);
    expect(await linksOf(contact.id)).toEqual([{ account: stays, primary: true }]);
    expect(idOf((await read(ana, 'contact', contact.id)).account)).toBe(stays);
    await undoWhole(ana, result.batch ?? '');
    expect(await linksOf(contact.id)).toEqual([
      { account: stays, primary: false },
      { account: goes, primary: true },
    ]);
    expect(idOf((await read(ana, 'contact', contact.id)).account)).toBe(goes);
  });

  test('of two contacts with an account each, one account is primary: the one that stays in the field', async () => {
    const { stays: first, goes: second } = await twoAccounts();
    const one = await made(ana, 'contact', { name: { last: 'Fay' }, account: first });
    const other = await made(ana, 'contact', { name: { last: 'Fay' }, account: second });
    const result = await merge(ana, 'contact', one.id, { with: [other.id], take: { account: other.id } });
    expect(idOf(result.record?.account)).toBe(second);
    expect(await linksOf(one.id)).toEqual([
      { account: first, primary: false },
      { account: second, primary: true },
    ]);
  });

  test('roles of a contact in an opportunity stay apart, and one without a role goes into one with', async () => {
    const { stays: account } = await twoAccounts();
    const deal = { stage: 'qualification', closeDate: '2030-01-01', account };
    const opportunity = await made(ana, 'opportunity', { name: 'Deal', ...deal });
    const one = await made(ana, 'contact', { name: { last: 'Gil' } });
    const other = await made(ana, 'contact', { name: { last: 'Gil' } });
    const link = (contact: string, role?: string) =>
      made(ana, 'opportunity-contact', { opportunity: opportunity.id, contact, ...(role ? { role } : {}) });
    await link(one.id, 'decision-maker');
    await link(other.id, 'evaluator');
    await link(other.id, 'decision-maker');
    const result = await merge(ana, 'contact', one.id, { with: [other.id] });
    expect(result.united).toBe(1);
    const { rows } = await sql<{ role: string }>`select role from w_main.opportunity_contact
      where removed_at is null and contact_id = ${one.id} order by role`.execute(place.system.db);
    expect(rows.map(({ role }) => role)).toEqual(['decision-maker', 'evaluator']);
  });

  test('keys of other systems find the one that stays', async () => {
    const { stays, goes } = await twoAccounts({}, { externalKeys: [{ source: 'erp', key: 'K1' }] });
    const { batch } = await merge(ana, 'account', stays, { with: [goes] });
    expect(await findByKeys(ana, 'account', 'erp', ['K1'])).toEqual(new Map([['K1', stays]]));
    await undoWhole(ana, batch ?? '');
    expect(await findByKeys(ana, 'account', 'erp', ['K1'])).toEqual(new Map([['K1', goes]]));
  });
});

async function linksOf(contact: string) {
  const { rows } = await sql<{ account: string; primary: boolean }>`
    select account_id as account, "primary" from w_main.account_contact
    where removed_at is null and contact_id = ${contact} order by "primary" desc, id`.execute(
    place.system.db,
  );
  return rows
    .map(({ account, primary }) => ({ account, primary }))
    .sort((a, b) => (a.account < b.account ? -1 : 1));
}

describe('the id of a record that went', () => {
  test('answers with the one that stays, through any number of merges, to who may read that one', async () => {
    const { stays, goes } = await twoAccounts();
    const last = await made(ana, 'account', { name: 'Last' });
    await merge(ana, 'account', stays, { with: [goes] });
    expect(await read(ana, 'account', goes)).toMatchObject({ id: stays });
    await merge(ana, 'account', last.id, { with: [stays] });
    expect(await read(ana, 'account', goes)).toMatchObject({ id: last.id });
    expect((await refusal(read(ben, 'account', goes))).code).toBe('not-found');
  });

  test('takes no writes and doesn’t leave the bin by itself: the remedy is told', async () => {
    const { stays, goes } = await twoAccounts();
    const { batch } = await merge(ana, 'account', stays, { with: [goes] });
    const update = await refusal(
      updateRecords(ana, place.entity('account'), [{ id: goes, values: { name: 'X' } }]),
    );
    expect([update.code, update.detail.message?.code, update.detail.extra]).toEqual([
      'conflict',
      'record-merged',
      { mergedInto: stays },
    ]);
    expect((await refusal(removeRecords(ana, place.entity('account'), [{ id: goes }]))).code).toBe(
      'conflict',
    );
    const restore = await refusal(restoreRecords(ana, place.entity('account'), [goes]));
    expect([restore.detail.message?.code, restore.detail.extra]).toEqual([
      'merged-not-restored',
      { mergedInto: stays, batch },
    ]);
    expect((await refusal(merge(ana, 'account', stays, { with: [goes] }))).detail.message?.code).toBe(
      'record-merged',
    );
  });

  test('means the one that stays, wherever it is named in a write', async () => {
    const { stays, goes } = await twoAccounts();
    await merge(ana, 'account', stays, { with: [goes] });
    const task = await made(ana, 'task', { subject: 'Call', related: { entity: 'account', id: goes } });
    expect(idOf(task.related)).toBe(stays);
    const contact = await made(ana, 'contact', { name: { last: 'Late' }, account: goes });
    expect(idOf(contact.account)).toBe(stays);
    expect(await linksOf(contact.id)).toEqual([{ account: stays, primary: true }]);
  });
});
