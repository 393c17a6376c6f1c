import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, type Caller, type TestDoors, testDoors } from '../harness/doors.ts';

let doors: TestDoors;
let admin: Caller;
let clerk: Caller;
let role: string;

beforeAll(async () => {
  doors = await testDoors();
  ({ admin } = doors);
  role = (await made('/roles', { code: 'clerk', name: 'Clerk', special: ['undo-any'] })).id;
  clerk = await doors.user('Cleo', ['clerk']);
});
afterAll(() => doors.close());

/** Every test decides the rights of the role for itself. */
beforeEach(async () => {
  for (const plural of ['rights', 'field-rights']) {
    for (const { id } of (await admin.program('GET', `/${plural}?limit=200`)).body.items)
      await admin.program('DELETE', `/${plural}/${id}`);
  }
});

const made = async (path: string, values: object): Promise<Answer['body']> => {
  const answer = await admin.program('POST', path, values);
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
};
const everything = {
  read: 'all',
  create: 'all',
  update: 'all',
  remove: 'all',
  export: 'all',
  import: 'all',
  massChange: 'all',
};
const allow = (entity: string, levels: object = everything): Promise<Answer['body']> =>
  made('/rights', { role, entity, ...levels });
const hide = (entity: string, field: string): Promise<Answer['body']> =>
  made('/field-rights', { role, entity, field, read: false, write: false });
const done = (answer: Answer): Answer => {
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer;
};

describe('what a lead hides from somebody', () => {
  const secret = 'Rue du Secret 7';
  const lead = async (): Promise<string> => {
    const account = await made('/accounts', { name: 'Hidden Holding' });
    const { id } = await made('/leads', {
      name: { last: 'Veil' },
      company: 'Veil Works',
      account: account.id,
      address: { street: secret, city: 'Lyon', country: 'FR' },
      amount: { amount: '12345', currency: 'EUR' },
    });
    return id;
  };

  test('isn’t proposed by its conversion, nor handed on by it', async () => {
    for (const entity of ['lead', 'account', 'contact', 'opportunity']) await allow(entity);
    for (const field of ['address', 'account', 'amount']) await hide('lead', field);
    const id = await lead();
    const offer = done(await clerk.program('GET', `/leads/${id}/convert`));
    expect(offer.text).not.toContain(secret);
    expect(offer.text).not.toContain('Hidden Holding');
    expect(offer.body.sections).toMatchObject({
      opportunity: { wanted: false },
      account: { existing: null },
    });
    const answer = done(await clerk.program('POST', `/leads/${id}/convert`, { account: {} }));
    const [account] = answer.body.made as { id: string }[];
    const read = done(await clerk.program('GET', `/accounts/${account?.id}`));
    expect(read.text).not.toContain(secret);
    expect(read.body.name).toBe('Veil Works');
  });

  test('isn’t told when its conversion is refused', async () => {
    for (const entity of ['lead', 'account']) await allow(entity);
    await hide('lead', 'status');
    const id = await lead();
    done(await admin.program('PATCH', `/leads/${id}`, { version: 1, status: 'dead' }));
    const answer = await clerk.program('POST', `/leads/${id}/convert`, { account: { name: 'x' } });
    expect(answer.status).toBe(422);
    expect(answer.text).not.toContain('dead');
    expect(answer.body.mistakes[0]?.field).not.toBe('status');
  });
});

describe('the undo of a batch', () => {
  test('names no hidden field that stands in the way', async () => {
    for (const entity of ['lead', 'account']) await allow(entity);
    const lead = await made('/leads', { name: { last: 'Way' }, company: 'Way Works' });
    const converted = done(await clerk.program('POST', `/leads/${lead.id}/convert`, { account: {} })).body;
    const [account] = converted.made as { id: string }[];
    done(await admin.program('PATCH', `/accounts/${account?.id}`, { version: 1, phone: '+33142685309' }));
    await hide('account', 'phone');
    const path = `/batches/${String(converted.batch)}`;
    for (const answer of [
      await clerk.browser('GET', path),
      await clerk.browser('POST', `${path}/undo`, {}),
    ]) {
      expect([200, 409]).toContain(answer.status);
      expect(answer.text).not.toMatch(/phone/i);
      expect(answer.text).toContain('batch' in answer.body ? 'inTheWay' : 'mistakes');
    }
  });

  test('of records whose entity was retired since is told, not a mistake of ours', async () => {
    const entity = await made('/custom-entities', { oneEn: 'Seam', manyEn: 'Seams' });
    const { id } = await made('/x-seams', { name: 'A' });
    const [event] = done(await admin.program('GET', `/x-seams/${id}/history`)).body.items;
    const undone = done(await admin.program('POST', `/x-seams/${id}/history/${event?.id}/undo`, {}));
    const batch = String(undone.body.batch);
    expect((await admin.program('GET', `/batches/${batch}`)).status).toBe(200);
    done(await admin.program('DELETE', `/custom-entities/${entity.id}`));
    const preview = done(await admin.program('GET', `/batches/${batch}`));
    expect(preview.body).toMatchObject({ records: 1, refused: 1 });
    expect(preview.text).toContain('is retired');
    const undo = await admin.program('POST', `/batches/${batch}/undo`, {});
    expect(undo.status, undo.text).toBe(409);
    expect(undo.body.mistakes[0]).toMatchObject({ field: `x-seam/${id}`, code: 'undo-entity-retired' });
  });
});

test('a rule about a hidden field is told as something unseen while one types, as it is on saving', async () => {
  await allow('account');
  await hide('account', 'phone');
  const rule = await made('/validation-rules', {
    name: 'Line',
    entity: 'account',
    wrongWhen: 'phone is empty',
    field: 'phone',
    messageEn: 'Line needed',
  });
  const judged = done(await clerk.browser('POST', '/accounts/judge', { values: { name: 'Judged' } }));
  expect(judged.body.wrong).toMatchObject([{ name: 'unseen-field-wrong', field: 'name' }]);
  expect(judged.text).not.toMatch(/phone|line needed/i);
  done(await admin.program('DELETE', `/validation-rules/${rule.id}`));
});

test('a record as of now tells its teams as the record does', async () => {
  const { id, teams } = await made('/accounts', { name: 'Past teams' });
  const past = done(await admin.program('GET', `/accounts/${id}?at=${new Date().toISOString()}`));
  expect(past.body.teams).toEqual(teams);
});

describe('a conflict', () => {
  test('names nobody whom the asker may not see', async () => {
    await allow('account');
    await made('/rights', { role, entity: 'user', read: 'own' });
    const one = await made('/accounts', { name: 'Conflict' });
    done(await admin.program('PATCH', `/accounts/${one.id}`, { version: 1, name: 'Conflict A' }));
    const answer = await clerk.program('PATCH', `/accounts/${one.id}`, { version: 1, name: 'Conflict B' });
    expect(answer.status, answer.text).toBe(409);
    expect(answer.text).not.toContain('Ada');
  });
});
