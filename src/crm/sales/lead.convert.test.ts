import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mistakes, refusal } from '../../../test/harness/refusal.ts';
import type { TestWorkspace } from '../../../test/harness/workspace.ts';
import type { Ctx } from '../../engine/ctx.ts';
import { history } from '../../engine/events/history.ts';
import { undoBatch } from '../../engine/events/undo-batch.ts';
import { listRecords } from '../../engine/query/list.ts';
import { updateRecords } from '../../engine/record/verbs.ts';
import { offerVerb } from '../../engine/verbs/propose.ts';
import type { RecordOut } from '../../model/record.ts';
import { converting, made, twoOfOneTeam } from './converting.fixture.ts';
import { leadConvert } from './lead.convert.ts';

let place: TestWorkspace;
let ana: Ctx;
let ben: Ctx;

beforeAll(async () => {
  ({ place, ana, ben } = await twoOfOneTeam());
});
afterAll(() => place.close());

const { make, convert, prints, ...work } = converting(() => place);
const lead = () => place.entity('lead');
const read = (name: string, id: string, ctx: Ctx = ana): Promise<RecordOut> => work.read(name, id, ctx);

const full = {
  name: { first: 'Léa', last: 'Moreau' },
  salutation: 'mrs',
  jobTitle: 'Buyer',
  company: 'Moreau SARL',
  source: 'trade-show',
  industry: 'retail',
  quality: 'hot',
  amount: { amount: '1200.00', currency: 'EUR' },
  email: 'lea@moreau.example',
  phone: '+33 1 42 68 53 00',
  mobile: '+33 6 12 34 56 78',
  doNotCall: true,
  website: 'https://moreau.example/',
  address: { street: '1 rue X', city: 'Paris', postalCode: '75001', region: null, country: 'FR' },
  description: 'Met at the fair',
};
const all = { account: {}, contact: {}, opportunity: { closeDate: '2027-01-31' } };

describe('a conversion is refused', () => {
  it('into nothing, and what it takes no names of', async () => {
    const { id } = await make(ana, 'lead', { name: { last: 'Nothing' } });
    const before = await prints();
    expect(mistakes(await refusal(convert(ana, id, {})))).toEqual([['', 'lead.converts-into-nothing']]);
    expect(mistakes(await refusal(convert(ana, id, { acount: {}, contact: 'x' })))).toEqual([
      ['acount', 'unknown-field-near'],
      ['contact', 'verb-section-not-object'],
    ]);
    expect(await prints()).toEqual(before);
  });

  it('with every mistake of every section at once, and nothing half written', async () => {
    const { id } = await make(ana, 'lead', { name: { last: 'Faulty' } });
    const before = await prints();
    const refused = await refusal(
      convert(ana, id, {
        account: { kind: 'friend' },
        contact: { email: 'nobody', account: null, colour: 'red' },
        opportunity: { name: 'Deal', weighted: { amount: '1', currency: 'EUR' } },
      }),
    );
    expect(mistakes(refused)).toEqual([
      ['account.kind', 'choice-unknown'],
      ['account.name', 'required'],
      ['contact.email', 'email-unknown'],
      ['contact.colour', 'unknown-field'],
      ['opportunity.weighted', 'read-only'],
      ['opportunity.closeDate', 'required'],
    ]);
    expect(await prints()).toEqual(before);
  });

  it('of a lead that isn’t one’s own to change, or that nobody has', async () => {
    const { id } = await make(ana, 'lead', { name: { last: 'Hers' } });
    const before = await prints();
    expect(await refusal(convert(ben, id, { contact: {} }))).toMatchObject({ code: 'forbidden' });
    const nobody = '01934f2a-7c1e-7b3a-9d5e-3f2a1b4c5d6e';
    expect(await refusal(convert(ben, nobody, { contact: {} }))).toMatchObject({ code: 'not-found' });
    expect(await prints()).toEqual(before);
  });

  it('of a lead that is dead or was converted, with the reason', async () => {
    const { id } = await make(ana, 'lead', { name: { last: 'Dead' }, status: 'dead' });
    expect(mistakes(await refusal(convert(ana, id, { contact: {} })))).toEqual([['status', 'lead.not-open']]);
    await updateRecords(ana, lead(), [{ id, values: { status: 'new' } }]);
    await convert(ana, id, { contact: {} });
    const before = await prints();
    expect(mistakes(await refusal(convert(ana, id, { contact: {} })))).toEqual([['status', 'lead.not-open']]);
    expect(await prints()).toEqual(before);
  });

  it('into a record that doesn’t exist or an opportunity that does', async () => {
    const { id } = await make(ana, 'lead', { name: { last: 'Elsewhere' } });
    const opportunity = await make(ana, 'opportunity', { name: 'Deal', closeDate: '2027-01-31' });
    const hidden = await make(place.system, 'account', { name: 'Hidden' });
    const refused = await refusal(convert(ana, id, { account: { id: hidden.id }, contact: { id: 'x' } }));
    expect(mistakes(refused)).toEqual([['contact.id', 'verb-section-bad-id']]);
    expect(mistakes(await refusal(convert(ana, id, { account: { id: hidden.id } })))).toEqual([
      ['account.id', 'verb-section-unknown'],
    ]);
    expect(mistakes(await refusal(convert(ana, id, { opportunity: { id: opportunity.id } })))).toEqual([
      ['opportunity.id', 'verb-section-only-new'],
    ]);
    expect(mistakes(await refusal(convert(ana, id, { account: { id: hidden.id, name: 'x' } })))).toEqual([
      ['account.id', 'verb-section-id-and-values'],
    ]);
  });

  it('to the second of two who convert at once', async () => {
    const { id } = await make(ana, 'lead', { name: { last: 'Contested' }, company: 'Contested' });
    const tries = await Promise.allSettled([convert(ana, id, all), convert(ana, id, all)]);
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { items } = await listRecords(ana, place.entity('account'), { where: 'name = "Contested"' });
    expect(items).toHaveLength(1);
  });
});

describe('a conversion', () => {
  it('offers what the lead says, field by field', async () => {
    const { id } = await make(ana, 'lead', full);
    const offer = await offerVerb(ana, lead(), leadConvert, id);
    expect(offer).toMatchObject({ available: true, reason: null });
    const owner = { id: ana.who.userId, label: 'Ana Díaz' };
    expect(offer.sections.account).toMatchObject({
      wanted: true,
      existing: null,
      values: {
        name: 'Moreau SARL',
        industry: 'retail',
        source: 'trade-show',
        website: full.website,
        billingAddress: full.address,
        owner,
      },
    });
    expect(offer.sections.contact?.values).toMatchObject({
      name: { first: 'Léa', middle: null, last: 'Moreau' },
      salutation: 'mrs',
      jobTitle: 'Buyer',
      email: full.email,
      mobile: { typed: full.mobile, e164: '+33612345678' },
      doNotCall: true,
      address: full.address,
      owner,
    });
    expect(offer.sections.opportunity).toMatchObject({
      wanted: true,
      values: { name: 'Moreau SARL', amount: full.amount, source: 'trade-show', owner },
    });
  });

  it('makes all three of what the lead says and links them', async () => {
    const { id } = await make(ana, 'lead', full);
    const result = await convert(ana, id, all);
    expect(result).toMatchObject({
      verb: 'convert',
      done: 'Converted',
      made: [
        { section: 'account', entity: 'account', label: 'Moreau SARL', isNew: true },
        { section: 'contact', entity: 'contact', label: 'Léa Moreau', isNew: true },
        { section: 'opportunity', entity: 'opportunity', label: 'Moreau SARL', isNew: true },
      ],
    });
    const [account, contact, opportunity] = [
      made(result, 'account'),
      made(result, 'contact'),
      made(result, 'opportunity'),
    ];
    expect(await read('contact', contact)).toMatchObject({
      account: { id: account },
      email: full.email,
      jobTitle: 'Buyer',
    });
    expect(await read('opportunity', opportunity)).toMatchObject({
      account: { id: account },
      contact: { id: contact },
      amount: full.amount,
      stage: 'prospecting',
      probability: '10.00',
    });
    expect(await read('lead', id)).toMatchObject({
      ...full,
      name: { ...full.name, middle: null },
      phone: { typed: full.phone },
      mobile: { typed: full.mobile },
      status: 'converted',
      convertedAt: expect.any(String) as unknown,
      convertedAccount: { id: account, label: 'Moreau SARL' },
      convertedContact: { id: contact, label: 'Léa Moreau' },
      convertedOpportunity: { id: opportunity, label: 'Moreau SARL' },
    });
    const links = await listRecords(ana, place.entity('account-contact'), {
      where: `contact = "${contact}"`,
    });
    expect(links.items).toMatchObject([{ account: { id: account }, primary: true }]);
  });

  it('takes a known account and a known contact, and links them once', async () => {
    const account = await make(ana, 'account', { name: 'Known' });
    const contact = await make(ana, 'contact', { name: { last: 'Known' } });
    const first = await make(ana, 'lead', { name: { last: 'Known' } });
    const second = await make(ana, 'lead', { name: { last: 'Known' } });
    const known = { account: { id: account.id }, contact: { id: contact.id } };
    const result = await convert(ana, first.id, known);
    expect(result.made).toMatchObject([
      { id: account.id, isNew: false },
      { id: contact.id, isNew: false },
    ]);
    await convert(ana, second.id, { ...known, opportunity: { name: 'Deal', closeDate: '2027-01-31' } });
    const { items } = await listRecords(ana, place.entity('account-contact'), {
      where: `contact = "${contact.id}"`,
    });
    expect(items).toMatchObject([{ account: { id: account.id } }]);
  });

  it('goes on with the account and contact that the lead names already', async () => {
    const account = await make(ana, 'account', { name: 'Named', kind: 'customer' });
    const contact = await make(ana, 'contact', { name: { last: 'Named' }, account: account.id });
    const { id } = await make(ana, 'lead', {
      name: { last: 'Named' },
      account: account.id,
      contact: contact.id,
    });
    const offer = await offerVerb(ana, lead(), leadConvert, id);
    expect(offer.sections).toMatchObject({
      account: { wanted: true, existing: { id: account.id, label: 'Named' } },
      contact: { wanted: true, existing: { id: contact.id, label: 'Named' } },
      opportunity: { wanted: false, values: { account: { id: account.id }, contact: { id: contact.id } } },
    });
    const result = await convert(ana, id, { opportunity: { name: 'Deal', closeDate: '2027-01-31' } });
    expect(await read('opportunity', made(result, 'opportunity'))).toMatchObject({
      account: { id: account.id },
      contact: { id: contact.id },
    });
  });

  it('lets the asker say otherwise, also that a field stays empty', async () => {
    const { id } = await make(ana, 'lead', full);
    const result = await convert(ana, id, {
      contact: { name: { first: 'Lea' }, jobTitle: null, email: 'other@moreau.example' },
    });
    expect(await read('contact', made(result, 'contact'))).toMatchObject({
      jobTitle: null,
      email: 'other@moreau.example',
      account: null,
    });
    expect(await read('lead', id)).toMatchObject({ jobTitle: 'Buyer', convertedAccount: null });
  });

  it('leaves the lead as it was, but for description, owner and teams', async () => {
    const { id } = await make(ana, 'lead', full);
    await convert(ana, id, { contact: {} });
    const refused = await refusal(
      updateRecords(ana, lead(), [{ id, values: { company: 'Other', status: 'new', description: 'x' } }]),
    );
    expect(mistakes(refused)).toEqual([
      ['company', 'read-only-now'],
      ['status', 'read-only-now'],
    ]);
    await updateRecords(ana, lead(), [{ id, values: { description: 'Kept in mind' } }]);
    expect(await read('lead', id)).toMatchObject({ description: 'Kept in mind', status: 'converted' });
  });

  it('undone leaves lead, account, contact and opportunity as they were, the whole story in the history', async () => {
    const account = await make(ana, 'account', { name: 'Before' });
    const contact = await make(ana, 'contact', { name: { last: 'Before' } });
    const { id } = await make(ana, 'lead', full);
    const before = {
      lead: await read('lead', id),
      account: await read('account', account.id),
      contact: await read('contact', contact.id),
    };
    const counts = await liveCounts();
    const result = await convert(ana, id, {
      account: { id: account.id },
      contact: { id: contact.id },
      opportunity: { closeDate: '2027-01-31' },
    });
    const opportunity = made(result, 'opportunity');
    expect(await read('contact', contact.id)).toMatchObject({ account: { id: account.id } });

    const report = await undoBatch(ana, result.batch);
    expect(report.refused).toEqual([]);
    const after = {
      lead: await read('lead', id),
      account: await read('account', account.id),
      contact: await read('contact', contact.id),
    };
    expect(stripped(after.lead)).toEqual(stripped(before.lead));
    expect(stripped(after.account)).toEqual(stripped(before.account));
    expect(stripped(after.contact)).toEqual(stripped(before.contact));
    expect(await read('opportunity', opportunity)).toMatchObject({
      removedAt: expect.any(String) as unknown,
    });
    expect(await liveCounts()).toEqual(counts);

    const told = async (name: string, of: string): Promise<unknown> =>
      (await history(ana, place.entity(name), of)).items.map(({ verb, door, batch }) => [verb, door, batch]);
    expect(await told('lead', id)).toEqual([
      ['update', 'undo', report.batch],
      ['update', 'api', result.batch],
      ['create', 'api', null],
    ]);
    expect(await told('opportunity', opportunity)).toEqual([
      ['remove', 'undo', report.batch],
      ['create', 'api', result.batch],
    ]);
    expect(await told('contact', contact.id)).toEqual([
      ['update', 'undo', report.batch],
      ['update', 'rule', result.batch],
      ['create', 'api', null],
    ]);
    // And it can be converted again, as if nothing had happened.
    expect(await convert(ana, id, { contact: {} })).toMatchObject({ record: { status: 'converted' } });
  });
});

/** A record without what tells who wrote it last. */
function stripped({ version: _version, updatedAt: _at, ...record }: RecordOut): unknown {
  return record;
}

async function liveCounts(): Promise<Readonly<Record<string, number | null>>> {
  const names = ['lead', 'account', 'contact', 'opportunity', 'account-contact', 'opportunity-contact'];
  const pages = await Promise.all(
    names.map((name) => listRecords(place.system, place.entity(name), { count: 'exact', limit: 1 })),
  );
  return Object.fromEntries(names.map((name, index) => [name, pages[index]?.total ?? null]));
}
