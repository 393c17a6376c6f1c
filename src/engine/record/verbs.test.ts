import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mistakes, refusal } from '../../../test/harness/refusal.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import { newId } from '../../lib/ids.ts';
import type { Ctx } from '../ctx.ts';
import { undoBatch } from '../events/undo-batch.ts';
import { readRecord } from '../query/read.ts';
import {
  createRecords,
  linkRecords,
  removeRecords,
  restoreRecords,
  unlinkRecords,
  updateRecords,
} from './verbs.ts';

let place: TestWorkspace;
let rep: Ctx;
let colleague: Ctx;
let stranger: Ctx;

beforeAll(async () => {
  place = await testWorkspace();
  rep = await place.user('Ana Díaz', { teams: ['North'] });
  colleague = await place.user('Émile Noël', { teams: ['North'] });
  stranger = await place.user('Sam Other', { teams: ['South'] });
});
afterAll(() => place.close());

const entity = (name: string) => place.entity(name);
const one = async (ctx: Ctx, name: string, input: Record<string, unknown>) => {
  const [made] = await createRecords(ctx, entity(name), [input]);
  if (!made) throw new Error('nothing was created');
  return made;
};
const counts = async () => {
  const { rows } = await sql<{ events: number; accounts: number }>`select
    (select count(*)::int from w_main.event) as events, (select count(*)::int from w_main.account) as accounts`.execute(
    place.system.db,
  );
  return rows[0];
};

describe('create', () => {
  it('reports every mistake of every record at once and writes nothing', async () => {
    const before = await counts();
    const problem = await refusal(
      createRecords(rep, entity('account'), [
        { name: 'x'.repeat(201), kind: 'friend', employees: -1, nmae: 'typo' },
        { name: 'Good one' },
        { kind: 'customer', parent: newId(), industry: 'mistery', createdAt: '2020-01-01T00:00:00Z' },
      ]),
    );
    expect(problem.code).toBe('invalid');
    expect(new Set(mistakes(problem).map(([field]) => field))).toEqual(
      new Set([
        '[0].name',
        '[0].kind',
        '[0].employees',
        '[0].nmae',
        '[2].name',
        '[2].parent',
        '[2].industry',
        '[2].createdAt',
      ]),
    );
    expect(await counts()).toEqual(before);
  });

  it('gives a record its owner, teams, version and event', async () => {
    const made = await one(rep, 'account', {
      name: 'Gravity Investments',
      revenue: { amount: '60000000', currency: 'USD' },
    });
    expect(made).toMatchObject({
      version: 1,
      kind: 'prospect',
      revenue: { amount: '60000000.00', currency: 'USD' },
      can: { update: true, remove: true },
    });
    expect(made.owner).toMatchObject({ id: rep.who.userId, label: 'Ana Díaz' });
    const { rows } = await sql<{ verb: string; version: number; changes: Record<string, unknown> }>`
      select verb, version, changes from w_main.event where record = ${made.id}`.execute(place.system.db);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      verb: 'create',
      version: 1,
      changes: { name: [null, 'Gravity Investments'] },
    });
  });

  it('refuses a reference the writer may not see as if it did not exist', async () => {
    const hidden = await one(stranger, 'account', { name: 'Hidden Ltd' });
    const problem = await refusal(
      createRecords(rep, entity('contact'), [{ name: { last: 'Doe' }, account: hidden.id }]),
    );
    expect(mistakes(problem)).toEqual([['account', 'unknown-reference']]);
  });

  it('takes references by the key of another system', async () => {
    const account = await one(rep, 'account', {
      name: 'Keyed',
      externalKeys: [{ source: 'npsp', key: '42' }],
    });
    const contact = await one(rep, 'contact', {
      name: { first: 'Zoë', last: 'Ng' },
      account: { source: 'npsp', key: '42' },
    });
    expect(contact.account).toMatchObject({ id: account.id, label: 'Keyed' });
    const problem = await refusal(
      createRecords(rep, entity('account'), [
        { name: 'Twin', externalKeys: [{ source: 'npsp', key: '42' }] },
      ]),
    );
    expect(mistakes(problem)).toEqual([['externalKeys', 'external-key-taken']]);
    const unseen = await refusal(
      createRecords(stranger, entity('contact'), [
        { name: { last: 'X' }, account: { source: 'npsp', key: '42' } },
      ]),
    );
    expect(mistakes(unseen)).toEqual([['account', 'unknown-external-key']]);
    const unknown = await refusal(
      createRecords(rep, entity('contact'), [
        { name: { last: 'X' }, account: { source: 'npsp', key: '43' } },
      ]),
    );
    expect(mistakes(unknown)).toEqual([['account', 'unknown-external-key']]);
  });
});

describe('update', () => {
  it('is refused to who may only read, and hidden from who may not', async () => {
    const made = await one(rep, 'account', { name: 'Mine' });
    expect(
      (
        await refusal(
          updateRecords(colleague, entity('account'), [
            { id: made.id, version: 1, values: { name: 'Ours' } },
          ]),
        )
      ).code,
    ).toBe('forbidden');
    expect(
      (
        await refusal(
          updateRecords(stranger, entity('account'), [
            { id: made.id, version: 1, values: { name: 'Theirs' } },
          ]),
        )
      ).code,
    ).toBe('not-found');
  });

  it('merges different fields and refuses the same field with both values', async () => {
    const made = await one(rep, 'account', { name: 'Shared', number: '1' });
    await updateRecords(rep, entity('account'), [{ id: made.id, version: 1, values: { number: '2' } }]);
    const [merged] = await updateRecords(rep, entity('account'), [
      { id: made.id, version: 1, values: { name: 'Shared & renamed' } },
    ]);
    expect(merged).toMatchObject({ version: 3, number: '2', name: 'Shared & renamed' });
    const problem = await refusal(
      updateRecords(rep, entity('account'), [{ id: made.id, version: 1, values: { number: '9' } }]),
    );
    expect(problem.code).toBe('conflict');
    expect(problem.detail.extra).toMatchObject({
      version: 3,
      conflicts: [{ field: 'number', yours: '9', theirs: '2', by: { label: 'Ana Díaz' } }],
    });
  });

  it('leaves no trace when nothing changes', async () => {
    const made = await one(rep, 'account', { name: 'Quiet' });
    const before = await counts();
    const [same] = await updateRecords(rep, entity('account'), [
      { id: made.id, version: 1, values: { name: 'Quiet', kind: 'prospect' } },
    ]);
    expect(same?.version).toBe(1);
    expect(await counts()).toEqual(before);
  });
});

describe('the rules of opportunities', () => {
  const deal = (more: Record<string, unknown> = {}) => ({
    name: 'Deal',
    closeDate: '2027-01-31',
    amount: { amount: '1000', currency: 'EUR' },
    ...more,
  });

  it('let the probability follow the stage unless it is typed, and weigh the amount', async () => {
    const made = await one(rep, 'opportunity', deal({ stage: 'proposal' }));
    expect(made).toMatchObject({ probability: '50.00', weighted: { amount: '500.00', currency: 'EUR' } });
    const [typed] = await updateRecords(rep, entity('opportunity'), [
      { id: made.id, values: { stage: 'negotiation', probability: '65' } },
    ]);
    expect(typed).toMatchObject({ probability: '65.00', weighted: { amount: '650.00', currency: 'EUR' } });
    const [renamed] = await updateRecords(rep, entity('opportunity'), [
      { id: made.id, values: { name: 'Deal 2' } },
    ]);
    expect(renamed).toMatchObject({ probability: '65.00' });
    const [won] = await updateRecords(rep, entity('opportunity'), [
      { id: made.id, values: { stage: 'closed-won' } },
    ]);
    expect(won).toMatchObject({ probability: '100.00', weighted: { amount: '1000.00', currency: 'EUR' } });
  });

  it('demand a reason of a lost one, and no other', async () => {
    const lost = await refusal(createRecords(rep, entity('opportunity'), [deal({ stage: 'closed-lost' })]));
    expect(mistakes(lost)).toEqual([['lostReason', 'opportunity.lost-without-reason']]);
    const open = await refusal(createRecords(rep, entity('opportunity'), [deal({ lostReason: 'price' })]));
    expect(mistakes(open)).toEqual([['lostReason', 'opportunity.reason-without-loss']]);
    const made = await one(rep, 'opportunity', deal({ stage: 'closed-lost', lostReason: 'price' }));
    const [reopened] = await updateRecords(rep, entity('opportunity'), [
      { id: made.id, values: { stage: 'proposal' } },
    ]);
    expect(reopened).toMatchObject({ lostReason: null, probability: '50.00' });
  });
});

describe('links', () => {
  it('keep one primary account per contact and the contact’s own field equal to it', async () => {
    const [first, second] = [
      await one(rep, 'account', { name: 'First' }),
      await one(rep, 'account', { name: 'Second' }),
    ];
    const person = await one(rep, 'contact', { name: { first: 'Primo', last: 'Uno' }, account: first.id });
    const [link] = await linkRecords(rep, entity('contact'), person.id, 'accounts', [
      { to: second.id, primary: true, role: 'finance' },
    ]);
    expect(link).toMatchObject({ primary: true });
    expect(await readRecord(rep, entity('contact'), person.id)).toMatchObject({ account: { id: second.id } });
    await updateRecords(rep, entity('contact'), [{ id: person.id, values: { account: first.id } }]);
    const { rows } = await sql<{ account_id: string; primary: boolean }>`
      select account_id, "primary" from w_main.account_contact where contact_id = ${person.id} and removed_at is null order by id`.execute(
      place.system.db,
    );
    expect(rows).toEqual([
      { account_id: first.id, primary: true },
      { account_id: second.id, primary: false },
    ]);
    const twice = await refusal(
      linkRecords(rep, entity('contact'), person.id, 'accounts', [{ to: second.id }]),
    );
    expect(mistakes(twice)).toEqual([['contact', 'not-unique']]);
    await unlinkRecords(rep, entity('contact'), person.id, 'accounts', [first.id]);
    expect(await readRecord(rep, entity('contact'), person.id)).toMatchObject({ account: null });
  });

  it('free the contact they are moved away from', async () => {
    const home = await one(rep, 'account', { name: 'Home' });
    const [from, to] = [
      await one(rep, 'contact', { name: { last: 'From' }, account: home.id }),
      await one(rep, 'contact', { name: { last: 'To' } }),
    ];
    const { rows } = await sql<{ id: string }>`
      select id from w_main.account_contact where contact_id = ${from.id}`.execute(place.system.db);
    await updateRecords(rep, entity('account-contact'), [
      { id: rows[0]?.id ?? '', values: { contact: to.id } },
    ]);
    expect(await readRecord(rep, entity('contact'), from.id)).toMatchObject({ account: null });
    expect(await readRecord(rep, entity('contact'), to.id)).toMatchObject({ account: { id: home.id } });
  });

  it('let a named role take the place of the link without one', async () => {
    const person = await one(rep, 'contact', { name: { last: 'Roe' } });
    const deal = await one(rep, 'opportunity', {
      name: 'Roe’s',
      closeDate: '2027-01-01',
      contact: person.id,
    });
    await linkRecords(rep, entity('opportunity'), deal.id, 'contacts', [
      { to: person.id, role: 'influencer' },
    ]);
    const { rows } =
      await sql`select role, "primary" from w_main.opportunity_contact where opportunity_id = ${deal.id} and removed_at is null`.execute(
        place.system.db,
      );
    expect(rows).toEqual([{ role: 'influencer', primary: true }]);
  });

  it('are refused to who may not change the record they belong to', async () => {
    const deal = await one(rep, 'opportunity', { name: 'Closed to others', closeDate: '2027-01-01' });
    const person = await one(colleague, 'contact', { name: { last: 'Poe' } });
    const problem = await refusal(
      linkRecords(colleague, entity('opportunity'), deal.id, 'contacts', [{ to: person.id }]),
    );
    expect(mistakes(problem)).toEqual([['opportunity', 'parent-not-writable']]);
  });
});

describe('remove, restore and undo', () => {
  it('refuses to remove what somebody changed since it was read', async () => {
    const made = await one(rep, 'account', { name: 'Read long ago' });
    await updateRecords(rep, entity('account'), [{ id: made.id, values: { name: 'Changed since' } }]);
    const problem = await refusal(removeRecords(rep, entity('account'), [{ id: made.id, version: 1 }]));
    expect(problem.code).toBe('conflict');
    expect(problem.detail.extra).toMatchObject({
      version: 2,
      conflicts: [{ field: 'name', theirs: 'Changed since' }],
    });
    await removeRecords(rep, entity('account'), [{ id: made.id, version: 2 }]);
  });

  it('puts into the bin and back, keys and uniqueness included', async () => {
    const made = await one(rep, 'account', { name: 'Binned', externalKeys: [{ source: 'x', key: '1' }] });
    await removeRecords(rep, entity('account'), [{ id: made.id }]);
    expect((await refusal(readRecord(rep, entity('account'), made.id))).code).toBe('not-found');
    const other = await one(rep, 'account', {
      name: 'Took the key',
      externalKeys: [{ source: 'x', key: '1' }],
    });
    expect(mistakes(await refusal(restoreRecords(rep, entity('account'), [made.id])))).toEqual([
      ['externalKeys', 'external-key-taken'],
    ]);
    await removeRecords(rep, entity('account'), [{ id: other.id }]);
    const [back] = await restoreRecords(rep, entity('account'), [made.id]);
    expect(back).toMatchObject({ id: made.id, version: 3, name: 'Binned', removedAt: null });
  });

  it('reverses a batch: created to the bin, former values back, later changes in the way', async () => {
    const batch = newId();
    const inBatch: Ctx = { ...rep, batch, door: 'import' };
    const [kept, touched] = [
      await one(rep, 'account', { name: 'Before A' }),
      await one(rep, 'account', { name: 'Before B' }),
    ];
    await updateRecords(inBatch, entity('account'), [
      { id: kept.id, values: { name: 'After A', number: '7' } },
      { id: touched.id, values: { name: 'After B' } },
    ]);
    const fresh = await one(inBatch, 'contact', { name: { last: 'Fresh' }, account: kept.id });
    await updateRecords(rep, entity('account'), [{ id: touched.id, values: { name: 'Later B' } }]);
    const report = await undoBatch(rep, batch);
    expect(report.refused).toMatchObject([
      { entity: 'account', id: touched.id, mistakes: [{ params: { who: 'Ana Díaz' } }] },
    ]);
    expect(await readRecord(rep, entity('account'), kept.id)).toMatchObject({
      name: 'Before A',
      number: null,
    });
    expect(await readRecord(rep, entity('account'), touched.id)).toMatchObject({ name: 'Later B' });
    expect((await refusal(readRecord(rep, entity('contact'), fresh.id))).code).toBe('not-found');
    const { rows } =
      await sql`select 1 from w_main.account_contact where contact_id = ${fresh.id} and removed_at is null`.execute(
        place.system.db,
      );
    expect(rows).toEqual([]);
  });

  it('is refused to strangers', async () => {
    const batch = newId();
    await one({ ...rep, batch }, 'account', { name: 'Batch of one' });
    expect((await refusal(undoBatch(stranger, batch))).code).toBe('not-found');
  });
});
