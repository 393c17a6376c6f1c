import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fingerprint } from '../../../test/harness/fingerprint.ts';
import { mistakes, refusal } from '../../../test/harness/refusal.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import type { RecordOut } from '../../model/record.ts';
import type { VerbResult } from '../../model/verb-offer.ts';
import type { Ctx } from '../ctx.ts';
import { undoBatch } from '../events/undo-batch.ts';
import { readRecord } from '../query/read.ts';
import { createRecords } from '../record/verbs.ts';
import { findVerb } from './find-verb.ts';
import { runVerb } from './run-verb.ts';

let place: TestWorkspace;
let ana: Ctx;
let ben: Ctx;
beforeAll(async () => {
  place = await testWorkspace();
  ana = await place.user('Ana Díaz', { teams: ['North'] });
  ben = await place.user('Ben Noël', { teams: ['North'] });
});
afterAll(() => place.close());

const make = async (ctx: Ctx, name: string, input: Record<string, unknown>): Promise<RecordOut> => {
  const [made] = await createRecords(ctx, place.entity(name), [input]);
  if (!made) throw new Error('nothing was created');
  return made;
};
const read = (name: string, id: string): Promise<RecordOut> => readRecord(ana, place.entity(name), id);
const prints = () => fingerprint(place.system.db, place.system.workspace.schema);
const convert = (ctx: Ctx, id: string, input: Record<string, unknown>): Promise<VerbResult> => {
  const lead = place.entity('lead');
  return runVerb(ctx, lead, findVerb(place.system.workspace.model, lead, 'convert'), id, input);
};

const full = {
  name: { first: 'Léa', last: 'Moreau' },
  jobTitle: 'Buyer',
  company: 'Moreau SARL',
  industry: 'retail',
  email: 'lea@moreau.example',
  mobile: '+33 6 12 34 56 78',
  website: 'https://moreau.example/',
  address: { street: '1 rue X', city: 'Paris', postalCode: '75001', region: null, country: 'FR' },
};

describe('a verb that takes a record there is already', () => {
  it('is refused to fill one that the asker may not change, and by no yes or no', async () => {
    const { id } = await make(ana, 'lead', full);
    const bens = await make(ben, 'contact', { name: { last: 'Bens' } });
    const mine = await make(ana, 'account', { name: 'Mine' });
    const before = await prints();
    const fill = (contact: object) =>
      refusal(convert(ana, id, { account: { id: mine.id, fill: true }, contact }));
    expect(mistakes(await fill({ id: bens.id, fill: true }))).toEqual([
      ['contact.fill', 'verb-section-fill-forbidden'],
    ]);
    expect(mistakes(await fill({ id: bens.id, fill: 'yes' }))).toEqual([
      ['contact.fill', 'verb-section-bad-fill'],
    ]);
    expect(await prints()).toEqual(before);
  });

  it('fills what is empty in the records it takes when the asker says so, and nothing else; undone it is empty again', async () => {
    const account = await make(ana, 'account', { name: 'Sparse', industry: 'energy' });
    const contact = await make(ana, 'contact', { name: { last: 'Sparse' }, email: 'own@sparse.example' });
    const { id } = await make(ana, 'lead', full);
    const { batch } = await convert(ana, id, {
      account: { id: account.id, fill: true },
      contact: { id: contact.id, fill: true },
    });
    expect(await read('account', account.id)).toMatchObject({
      name: 'Sparse',
      industry: 'energy',
      website: full.website,
      billingAddress: full.address,
    });
    expect(await read('contact', contact.id)).toMatchObject({
      name: { first: null, last: 'Sparse' },
      email: 'own@sparse.example',
      jobTitle: 'Buyer',
      mobile: { typed: full.mobile },
      account: { id: account.id },
      owner: { id: ana.who.userId },
    });
    await undoBatch(ana, batch);
    for (const [name, before] of [
      ['account', account],
      ['contact', contact],
    ] as const) {
      const { version: _, updatedAt: __, ...values } = before;
      expect(await read(name, before.id)).toMatchObject(values);
    }
    const untouched = await make(ana, 'lead', full);
    await convert(ana, untouched.id, { contact: { id: contact.id } });
    expect(await read('contact', contact.id)).toMatchObject({ jobTitle: null, mobile: null });
  });
});
