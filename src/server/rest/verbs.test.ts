import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestDoors, testDoors } from '../../../test/harness/doors.ts';
import { fingerprint } from '../../../test/harness/fingerprint.ts';
import type { VerbResult } from '../../model/verb-offer.ts';

let doors: TestDoors;
let ana: Caller;
let ben: Caller;
beforeAll(async () => {
  doors = await testDoors();
  ana = await doors.user('Ana');
  ben = await doors.user('Ben');
});
afterAll(() => doors.close());

const newLead = async (more: object = {}): Promise<string> =>
  (
    await ana.program('POST', '/leads', {
      name: { first: 'Léa', last: 'Moreau' },
      company: 'Moreau',
      ...more,
    })
  ).body.id;
const all = { account: {}, contact: {}, opportunity: { closeDate: '2027-01-31' } };
const prints = () => fingerprint(doors.db, doors.workspace.schema);
const resultOf = (body: unknown): VerbResult => body as VerbResult;

describe('a verb at the door', () => {
  test('is refused with all mistakes by field, in the language of who asks, and nothing written', async () => {
    await ana.browser('PATCH', '/me', { locale: 'fr' });
    const id = await newLead();
    const before = await prints();
    const answer = await ana.program('POST', `/leads/${id}/convert`, {
      account: { nmae: 'x' },
      opportunity: {},
    });
    expect(await prints()).toEqual(before);
    await ana.browser('PATCH', '/me', { locale: 'en' });
    expect(answer).toMatchObject({
      status: 422,
      body: {
        mistakes: [
          {
            field: 'account.nmae',
            code: 'unknown-field-near',
            message: expect.stringMatching(/^Il n’y a pas de champ «.nmae.»/) as unknown,
          },
          { field: 'opportunity.closeDate', code: 'required' },
        ],
      },
    });
  });

  test('is refused to who may not change the record, and is a 404 where it can’t be seen', async () => {
    const id = await newLead();
    for (const method of ['GET', 'POST'] as const) {
      const body = method === 'GET' ? undefined : { contact: {} };
      expect(await ben.program(method, `/leads/${id}/convert`, body)).toMatchObject({ status: 404 });
    }
  });

  test('is offered with each record while it can be done', async () => {
    const id = await newLead();
    expect((await ana.program('GET', `/leads/${id}`)).body.can).toEqual({
      update: true,
      remove: true,
      verbs: ['convert'],
    });
    expect((await ana.program('GET', `/leads/${id}/convert`)).body).toMatchObject({
      available: true,
      sections: { account: { wanted: true, values: { name: 'Moreau' } } },
    });
    await ana.program('POST', `/leads/${id}/convert`, { contact: {} });
    expect((await ana.program('GET', `/leads/${id}`)).body.can).toMatchObject({ verbs: [] });
    const where = encodeURIComponent(`id = "${id}"`);
    const { body } = await ana.program('GET', `/leads?where=${where}&fields=company`);
    expect(body.items[0]?.can).toMatchObject({ verbs: [] });
    expect((await ana.program('GET', `/leads/${id}/convert`)).body).toMatchObject({
      available: false,
      reason: expect.stringContaining('Only an open lead') as unknown,
    });
    expect((await ana.program('DELETE', `/leads/${id}`)).body.can).toMatchObject({ verbs: [] });
  });

  test('is told by the description of its entity', async () => {
    const { body } = await ana.program('GET', '/leads/describe');
    expect(body.verbs).toMatchObject([
      {
        name: 'convert',
        label: 'Convert',
        sections: [
          { name: 'account', entity: 'account', takesExisting: true },
          { name: 'contact', from: { account: 'account' } },
          { name: 'opportunity', takesExisting: false },
        ],
      },
    ]);
    expect((await ana.program('GET', '/accounts/describe')).body.verbs).toEqual([]);
  });

  test('hands on fields that an administrator added to both sides while everything ran', async () => {
    for (const entity of ['lead', 'contact']) {
      const field = { entity, name: 'xSegment', type: 'text', labelEn: 'Segment' };
      expect((await doors.admin.program('POST', '/custom-fields', field)).status).toBe(201);
    }
    const id = await newLead({ xSegment: 'gold' });
    const offer = await ana.program('GET', `/leads/${id}/convert`);
    expect(offer.body).toMatchObject({ sections: { contact: { values: { xSegment: 'gold' } } } });
    const { made } = resultOf((await ana.program('POST', `/leads/${id}/convert`, { contact: {} })).body);
    expect((await ana.program('GET', `/contacts/${made[0]?.id}`)).body).toMatchObject({ xSegment: 'gold' });
  });

  test('sent again with the same key is done once', async () => {
    const id = await newLead();
    const key = { 'idempotency-key': `convert-${id}` };
    const [first, second] = [
      await ana.program('POST', `/leads/${id}/convert`, { contact: {} }, key),
      await ana.program('POST', `/leads/${id}/convert`, { contact: {} }, key),
    ];
    expect(first.status).toBe(200);
    expect(second.body).toEqual(first.body);
  });

  test('writes under the door it came through, as one batch', async () => {
    const id = await newLead();
    const { status, body } = await ana.browser('POST', `/leads/${id}/convert`, all);
    expect(status).toBe(200);
    const { batch, made } = resultOf(body);
    for (const { entity, id: of } of made) {
      const plural = doors.workspace.model.entities.get(entity)?.plural;
      const history = await ana.program('GET', `/${plural}/${of}/history`);
      expect(history.body.items).toMatchObject([{ door: 'browser', batch, verb: 'create' }]);
    }
  });
});

describe('what was written under a batch', () => {
  test('is taken back by nobody else', async () => {
    const id = await newLead();
    const { batch } = resultOf((await ana.program('POST', `/leads/${id}/convert`, all)).body);
    const before = await prints();
    expect(await ben.program('POST', `/batches/${batch}/undo`)).toMatchObject({ status: 404 });
    expect(await prints()).toEqual(before);
  });

  test('stays whole while a later change stands in the way, and says which; part of it can go', async () => {
    const id = await newLead();
    const { batch, made } = resultOf((await ana.program('POST', `/leads/${id}/convert`, all)).body);
    const [account, , opportunity] = made;
    await ana.program('PATCH', `/opportunities/${opportunity?.id}`, { version: 1, nextStep: 'Call' });
    const before = await prints();
    const refused = await ana.program('POST', `/batches/${batch}/undo`);
    expect(refused).toMatchObject({
      status: 409,
      body: {
        code: 'batch-blocked',
        undo: { inTheWay: [{ entity: 'opportunity', id: opportunity?.id }] },
      },
    });
    expect(refused.text).toContain('Next step');
    expect(await prints()).toEqual(before);

    const partly = await ana.program('POST', `/batches/${batch}/undo`, { part: true });
    expect(partly).toMatchObject({ status: 200, body: { refused: 1 } });
    expect((await ana.program('GET', `/accounts/${account?.id}`)).status).toBe(404);
    expect((await ana.program('GET', `/opportunities/${opportunity?.id}`)).status).toBe(200);
  });

  test('is taken back as one, and brought again by undoing the undo', async () => {
    const id = await newLead();
    const { batch, made } = resultOf((await ana.program('POST', `/leads/${id}/convert`, all)).body);
    const undone = await ana.program('POST', `/batches/${batch}/undo`);
    expect(undone).toMatchObject({ status: 200, body: { refused: 0 } });
    expect((await ana.program('GET', `/leads/${id}`)).body).toMatchObject({
      status: 'new',
      convertedAt: null,
      convertedAccount: null,
      can: { verbs: ['convert'] },
    });
    for (const { entity, id: of } of made) {
      const plural = doors.workspace.model.entities.get(entity)?.plural;
      expect((await ana.program('GET', `/${plural}/${of}`)).status).toBe(404);
    }
    const again = await ana.program('POST', `/batches/${String(undone.body.batch)}/undo`);
    expect(again).toMatchObject({ status: 200, body: { refused: 0 } });
    expect((await ana.program('GET', `/leads/${id}`)).body).toMatchObject({
      status: 'converted',
      convertedAccount: { id: made[0]?.id },
    });
  });
});
