import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestDoors, testDoors } from '../../../test/harness/doors.ts';
import { fingerprint } from '../../../test/harness/fingerprint.ts';

let doors: TestDoors;
let ana: Caller;
let ben: Caller;
beforeAll(async () => {
  doors = await testDoors();
  ana = await doors.user('Ana');
  ben = await doors.user('Ben');
});
afterAll(() => doors.close());

const prints = () => fingerprint(doors.db, doors.workspace.schema);
const person = (first: string, last: string, email: string) => ({ name: { first, last }, email });

test('what else than create or refuse is refused by name, and nothing written', async () => {
  const before = await prints();
  for (const [query, field] of [
    ['onDuplicate=merge', 'onDuplicate'],
    ['onDuplicates=refuse', 'onDuplicates'],
  ]) {
    const answer = await ana.program('POST', `/contacts?${query}`, person('A', 'B', 'a@b.example'));
    expect(answer).toMatchObject({ status: 422, body: { mistakes: [{ field }] } });
  }
  expect(await prints()).toEqual(before);
});

test('a record that may be there already is refused with what it may be, in the reader’s language, and nothing written', async () => {
  const there = (await ana.program('POST', '/contacts', person('Léa', 'Moreau', 'lea.moreau@example.org')))
    .body;
  await ana.browser('PATCH', '/me', { locale: 'fr' });
  const before = await prints();
  const again = person('Lea', 'Moraeu', 'lea.moreau@exemple.example');
  const answer = await ana.program('POST', '/contacts?onDuplicate=refuse', again);
  expect(await prints()).toEqual(before);
  await ana.browser('PATCH', '/me', { locale: 'en' });
  expect(answer).toMatchObject({
    status: 409,
    body: {
      code: 'duplicate',
      detail: expect.stringMatching(/^Contact.: cette fiche existe peut-être déjà/) as unknown,
      duplicates: [
        {
          entity: 'contact',
          place: 0,
          earlier: [],
          items: [
            {
              id: there.id,
              label: 'Léa Moreau',
              score: 73,
              reasons: [
                {
                  criterion: 'name',
                  points: 43,
                  message: expect.stringMatching(/^Proche.: Nom$/) as unknown,
                },
                { criterion: 'email', points: 30 },
              ],
            },
          ],
        },
      ],
    },
  });
  for (const query of ['', '?onDuplicate=create'])
    expect((await ana.program('POST', `/contacts${query}`, again)).status).toBe(201);
});

test('mistakes are told before duplicates', async () => {
  const wrong = { ...person('Léa', 'Moreau', 'lea.moreau@example.org'), birthday: 'never' };
  const answer = await ana.program('POST', '/contacts?onDuplicate=refuse', wrong);
  expect(answer).toMatchObject({ status: 422, body: { mistakes: [{ field: 'birthday' }] } });
});

test('of several records each is told with its place, those that come twice too, and none is written', async () => {
  await ana.program('POST', '/contacts', person('Nora', 'Lund', 'nora.lund@example.org'));
  const before = await prints();
  const answer = await ana.program('POST', '/contacts?onDuplicate=refuse', [
    person('Olaf', 'Berg', 'olaf.berg@example.org'),
    person('Nora', 'Lund', 'nora.lund@example.org'),
    person('Olav', 'Berg', 'olaf.berg@example.org'),
  ]);
  expect(await prints()).toEqual(before);
  expect(answer).toMatchObject({
    status: 409,
    body: {
      duplicates: [
        { place: 1, earlier: [], items: [{ label: 'Nora Lund', score: 100 }] },
        { place: 2, earlier: [{ place: 0 }], items: [] },
      ],
    },
  });
});

test('nobody is told of records that he may not see', async () => {
  await ana.program('POST', '/contacts', person('Ida', 'Quist', 'ida.quist@example.org'));
  const answer = await ben.program(
    'POST',
    '/contacts?onDuplicate=refuse',
    person('Ida', 'Quist', 'ida.quist@example.org'),
  );
  expect(answer.status).toBe(201);
});

test('of two who write the same at once one is refused', async () => {
  const same = person('Uma', 'Twain', 'uma.twain@example.org');
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => ana.program('POST', '/contacts?onDuplicate=refuse', same)),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(5);
});

test('a refused record is refused again with the same idempotency key, and can be sent differently', async () => {
  const key = { 'idempotency-key': 'twice-nora' };
  const nora = person('Nora', 'Lund', 'nora.lund@example.org');
  const send = (path: string) => ana.program('POST', path, nora, key);
  expect((await send('/contacts?onDuplicate=refuse')).status).toBe(409);
  expect((await send('/contacts')).status).toBe(201);
});

test('a lead that may be a contact is refused with that contact, and the contact made of a lead isn’t because of it', async () => {
  const known = (await ana.program('POST', '/contacts', person('Jo', 'Spence', 'jo.spence@example.org')))
    .body;
  const before = await prints();
  const again = person('Jo', 'Spence', 'jo.spence@example.org');
  const answer = await ana.program('POST', '/leads?onDuplicate=refuse', again);
  expect(await prints()).toEqual(before);
  expect(answer).toMatchObject({
    status: 409,
    body: { duplicates: [{ entity: 'lead', place: 0, items: [{ entity: 'contact', id: known.id }] }] },
  });
  const lead = (await ana.program('POST', '/leads', person('Lee', 'Miller', 'lee.miller@example.org'))).body
    .id;
  const converted = await ana.program('POST', `/leads/${lead}/convert?onDuplicate=refuse`, { contact: {} });
  expect(converted.status, converted.text).toBe(200);
});

test('a conversion is refused as a whole when what it makes may be there already', async () => {
  await ana.program('POST', '/accounts', { name: 'Vestas Vind' });
  const lead = { name: { first: 'Per', last: 'Holm' }, company: 'Vestas Vind A/S' };
  const { id } = (await ana.program('POST', '/leads', lead)).body;
  const before = await prints();
  const made = { account: { name: 'Vestas Vind A/S' }, contact: {} };
  const refused = await ana.program('POST', `/leads/${id}/convert?onDuplicate=refuse`, made);
  expect(refused).toMatchObject({
    status: 409,
    body: { code: 'duplicate', duplicates: [{ entity: 'account', items: [{ label: 'Vestas Vind' }] }] },
  });
  expect(await prints()).toEqual(before);
  expect((await ana.program('POST', `/leads/${id}/convert`, made)).status).toBe(200);
});
