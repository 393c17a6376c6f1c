import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mistakes, refusal } from '../../../test/harness/refusal.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import type { Ctx } from '../ctx.ts';
import { createRecords, updateRecords } from '../record/verbs.ts';
import { findVerb } from '../verbs/find-verb.ts';
import { runVerb } from '../verbs/run-verb.ts';
import { findDuplicates } from './find-duplicates.ts';
import { decidePair, listPairs } from './pairs.ts';
import { waitingScans, workOnScan } from './scan.ts';
import { askScan } from './scans.ts';

let place: TestWorkspace;
let ana: Ctx;
let ben: Ctx;
beforeAll(async () => {
  place = await testWorkspace();
  ana = await place.user('Ana', { teams: ['North'] });
  ben = await place.user('Ben', { teams: ['South'] });
});
afterAll(() => place.close());

const make = async (ctx: Ctx, name: string, input: Record<string, unknown>): Promise<string> =>
  (await createRecords(ctx, place.entity(name), [input]))[0]?.id ?? '';
const found = async (ctx: Ctx, name: string, draft: Record<string, unknown>, from?: string) =>
  (await findDuplicates(ctx, place.entity(name), draft, from)).items.map(({ entity, id }) => [entity, id]);
const person = (first: string, last: string, more: object = {}) => ({
  name: { first, last },
  email: `${first}.${last}@north.example`.toLowerCase(),
  ...more,
});
const work = () =>
  workOnScan(place.system, 'lead', (error) => {
    throw error;
  });
async function scan(): Promise<void> {
  await askScan(place.system, place.entity('lead'));
  await work();
}
const pairs = async (ctx: Ctx, name = 'lead', other = 'contact') =>
  (await listPairs(ctx, place.entity(name), { with: other })).items.map(({ records }) =>
    records.map(({ id }) => id),
  );

describe('records of an entity that may be one of another', () => {
  it('are told while either is written, each with its entity, to who may read it', async () => {
    const contact = await make(ana, 'contact', person('Rosa', 'Luz', { phone: '+33 1 42 68 53 00' }));
    const lead = await make(ana, 'lead', person('Emil', 'Nolde'));
    expect(await found(ana, 'lead', person('Rosa', 'Luz'))).toEqual([['contact', contact]]);
    expect(
      await found(ana, 'lead', { name: { first: 'Rosa', last: 'Luz' }, mobile: '01 42 68 53 00' }),
    ).toEqual([['contact', contact]]);
    expect(await found(ana, 'contact', person('Emil', 'Nolde'))).toEqual([['lead', lead]]);
    expect(await found(ben, 'lead', person('Rosa', 'Luz'))).toEqual([]);
    expect(await found(ben, 'contact', person('Emil', 'Nolde'))).toEqual([]);
  });

  it('aren’t told to who reads none of the other entity', async () => {
    await make(ana, 'lead', person('Otto', 'Dix'));
    const without: Ctx = { ...ana, workspace: { ...ana.workspace, rights: noLeads(ana) } };
    expect(await found(without, 'contact', person('Otto', 'Dix'))).toEqual([]);
    const refused = await refusal(listPairs(without, place.entity('contact'), { with: 'lead' }));
    expect(mistakes(refused)).toEqual([['with', 'duplicate-not-compared']]);
  });

  it('aren’t told when one names the other, nor when it doesn’t count any more', async () => {
    const contact = await make(ana, 'contact', person('Paul', 'Klee'));
    expect(await found(ana, 'lead', { ...person('Paul', 'Klee'), contact })).toEqual([]);
    const named = await make(ana, 'lead', { ...person('Paul', 'Klee'), contact });
    expect(await found(ana, 'contact', { ...person('Paul', 'Klee'), id: contact })).toEqual([]);
    expect(await found(ana, 'contact', person('Paul', 'Klee'))).toEqual([
      ['contact', contact],
      ['lead', named],
    ]);
    const lead = place.entity('lead');
    const convert = findVerb(place.system.workspace.model, lead, 'convert');
    const gone = await make(ana, 'lead', person('Gabriele', 'Münter', { company: 'Reiter' }));
    await runVerb(ana, lead, convert, gone, { account: { name: 'Reiter' } });
    expect(await found(ana, 'contact', person('Gabriele', 'Münter'))).toEqual([]);
  });

  it('aren’t told of the record they are made of, nor refused because of it', async () => {
    const lead = place.entity('lead');
    const id = await make(ana, 'lead', person('Max', 'Pechstein'));
    expect(await found(ana, 'contact', person('Max', 'Pechstein'))).toEqual([['lead', id]]);
    expect(await found(ana, 'contact', person('Max', 'Pechstein'), id)).toEqual([]);
    const refused = await refusal(
      createRecords({ ...ana, refusesDuplicates: true }, place.entity('contact'), [
        person('Max', 'Pechstein'),
      ]),
    );
    expect(refused).toMatchObject({
      code: 'duplicate',
      detail: { extra: { duplicates: [{ entity: 'contact', items: [{ entity: 'lead', id }] }] } },
    });
    const convert = findVerb(place.system.workspace.model, lead, 'convert');
    const { made } = await runVerb({ ...ana, refusesDuplicates: true }, lead, convert, id, { contact: {} });
    expect(made).toMatchObject([{ entity: 'contact', isNew: true }]);
  });

  it('are pairs once all records are searched, and what is written on either side since', async () => {
    const contact = await make(ana, 'contact', person('August', 'Macke'));
    const lead = await make(ana, 'lead', person('August', 'Macke'));
    const other = await make(ana, 'contact', person('Franz', 'Marc'));
    const bens = await make(ben, 'contact', person('Hanna', 'Höch'));
    const hers = await make(ana, 'lead', person('Hanna', 'Höch'));
    await scan();
    expect(await pairs(ana)).toContainEqual([lead, contact]);
    expect(await pairs(ana, 'contact', 'lead')).toEqual(await pairs(ana));
    expect(await pairs(place.system)).toContainEqual([hers, bens]);
    for (const ctx of [ana, ben]) expect((await pairs(ctx)).flat()).not.toContain(bens);
    expect((await listPairs(ana, place.entity('lead'), {})).items).toEqual([]);

    expect(await waitingScans(place.system)).toEqual([]);
    const late = await make(ana, 'lead', person('Franz', 'Marc'));
    expect(await waitingScans(place.system)).toEqual(['lead']);
    await work();
    expect(await pairs(ana)).toContainEqual([late, other]);
    const [wassily = ''] = (
      await createRecords(ana, place.entity('lead'), [person('Wassily', 'Kandinsky')])
    ).map(({ id }) => id);
    await work();
    const written = await make(ana, 'contact', person('Wassily', 'Kandinsky'));
    expect(await waitingScans(place.system)).toEqual(['lead']);
    await work();
    expect(await pairs(ana)).toContainEqual([wassily, written]);
    const items = (await listPairs(ana, place.entity('lead'), { with: 'contact' })).items;
    const version = items.flatMap(({ records }) => records).find(({ id }) => id === wassily)?.version ?? 0;
    await updateRecords(ana, place.entity('lead'), [{ id: wassily, version, values: { contact: written } }]);
    // Told as the records are now, before the search has caught up.
    expect(await pairs(ana)).not.toContainEqual([wassily, written]);
    await work();
    expect(await pairs(ana)).not.toContainEqual([wassily, written]);
  });

  it('are kept apart by who may change one of them, and told no more: as a pair, while written, when refused', async () => {
    const contact = await make(ana, 'contact', person('Lyonel', 'Feininger'));
    const lead = await make(ana, 'lead', person('Lyonel', 'Feininger'));
    await scan();
    const decide = (ctx: Ctx, state: 'open' | 'not-duplicate', other = 'contact') =>
      decidePair(ctx, place.entity('lead'), { records: [contact, lead], state, with: other });
    expect(await refusal(decide(ben, 'not-duplicate'))).toMatchObject({ code: 'not-found' });
    expect(mistakes(await refusal(decide(ana, 'not-duplicate', 'account')))).toEqual([
      ['with', 'duplicate-not-compared'],
    ]);
    expect(await refusal(decide(ana, 'not-duplicate', 'lead'))).toMatchObject({ code: 'not-found' });
    const draft = person('Lyonel', 'Feininger');
    expect(await found(ana, 'lead', { ...draft, id: lead })).toEqual([['contact', contact]]);
    await decide(ana, 'not-duplicate');
    expect(await pairs(ana)).not.toContainEqual([lead, contact]);
    expect(await found(ana, 'lead', { ...draft, id: lead })).toEqual([]);
    expect(await found(ana, 'contact', { ...draft, id: contact })).toEqual([]);
    // A new record may be either of them.
    expect(await found(ana, 'contact', draft)).toHaveLength(2);
    expect(await found(ana, 'contact', draft, lead)).toEqual([]);
    await scan();
    expect(await pairs(ana)).not.toContainEqual([lead, contact]);
    await decide(ana, 'open');
    expect(await pairs(ana)).toContainEqual([lead, contact]);
  });
});

describe('two records of one entity that somebody said aren’t the same', () => {
  it('are no longer told of one another while one is written, until that is taken back', async () => {
    const contact = place.entity('contact');
    const draft = person('Sonia', 'Delaunay');
    const [one, other] = [await make(ana, 'contact', draft), await make(ana, 'contact', draft)];
    await askScan(place.system, contact);
    await workOnScan(place.system, 'contact');
    expect(await found(ana, 'contact', { ...draft, id: one })).toEqual([['contact', other]]);
    await decidePair(ana, contact, { records: [other, one], state: 'not-duplicate' });
    for (const id of [one, other]) expect(await found(ana, 'contact', { ...draft, id })).toEqual([]);
    expect(await found(ana, 'contact', draft)).toHaveLength(2);
    await decidePair(ana, contact, { records: [one, other], state: 'open' });
    expect(await found(ana, 'contact', { ...draft, id: one })).toEqual([['contact', other]]);
  });
});

describe('what somebody may not see of the records', () => {
  it('isn’t told by whether two of them can be decided on', async () => {
    const contact = await make(ana, 'contact', person('Hannah', 'Arp'));
    const lead = await make(ana, 'lead', person('Hannah', 'Arp'));
    await scan();
    const decide = (ctx: Ctx) =>
      decidePair(ctx, place.entity('lead'), {
        records: [lead, contact],
        state: 'not-duplicate',
        with: 'contact',
      });
    const blind = unseeing(ana, ['email']);
    expect((await pairs(blind)).flat()).not.toContain(lead);
    expect(await refusal(decide(blind))).toMatchObject({ code: 'not-found' });
    expect(await pairs(ana)).toContainEqual([lead, contact]);
    await decide(ana);
    expect(await pairs(ana)).not.toContainEqual([lead, contact]);
  });

  it('isn’t told by which of them are left out: which one names the other, or no longer counts', async () => {
    const contact = await make(ana, 'contact', person('Sophie', 'Taeuber'));
    const lead = await make(ana, 'lead', person('Sophie', 'Taeuber', { contact, company: 'Dada' }));
    const draft = { ...person('Sophie', 'Taeuber'), id: contact };
    const blind = unseeing(ana, ['contact', 'convertedAt']);
    expect(await found(ana, 'contact', draft)).toEqual([]);
    expect(await found(blind, 'contact', draft)).toEqual([['lead', lead]]);
    const convert = findVerb(place.system.workspace.model, place.entity('lead'), 'convert');
    await runVerb(ana, place.entity('lead'), convert, lead, { account: { name: 'Dada' } });
    expect(await found(ana, 'contact', person('Sophie', 'Taeuber'))).toEqual([['contact', contact]]);
    expect(await found(blind, 'contact', person('Sophie', 'Taeuber'))).toContainEqual(['lead', lead]);
  });
});

/** Somebody whose roles don’t show him these fields of leads. */
const unseeing = (ctx: Ctx, hidden: readonly string[]): Ctx => {
  const { rights } = ctx.workspace;
  const fieldRightOf: typeof rights.fieldRightOf = (role, entity, field) =>
    entity === 'lead' && hidden.includes(field)
      ? { read: false, write: false }
      : rights.fieldRightOf(role, entity, field);
  return { ...ctx, workspace: { ...ctx.workspace, rights: { ...rights, fieldRightOf } } };
};

/** The rights of somebody who reads no leads. */
const noLeads = ({ workspace: { rights } }: Ctx): Ctx['workspace']['rights'] => ({
  ...rights,
  grantOf: (role, entity) =>
    entity === 'lead' ? { levels: {}, filter: null } : rights.grantOf(role, entity),
});
