import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AnswerBody, type Caller, type TestDoors, testDoors } from '../harness/doors.ts';

let doors: TestDoors;
let admin: Caller;
let sales: Caller;
beforeAll(async () => {
  doors = await testDoors();
  admin = doors.admin;
  sales = await doors.user('Sal');
});
afterAll(() => doors.close());

const declare = (values: Record<string, unknown>) =>
  admin.program('POST', '/custom-fields', { entity: 'contact', type: 'text', ...values });
const mistakesOf = ({ body }: { body: AnswerBody }) =>
  (body.mistakes ?? []).map(({ field, code }) => `${field}: ${code}`).sort();
const contact = async (values: Record<string, unknown> = {}) =>
  (await sales.program('POST', '/contacts', { name: { first: 'Ann', last: 'Lee' }, ...values })).body;

describe('a custom field is refused', () => {
  test('to everybody but administrators', async () => {
    const answer = await sales.program('POST', '/custom-fields', {
      entity: 'contact',
      type: 'text',
      labelEn: 'Shoe size',
    });
    expect(answer.status).toBe(403);
    expect((await sales.program('GET', '/custom-fields')).status).toBe(403);
  });

  test.each<[string, Record<string, unknown>, readonly string[]]>([
    ['of an entity that isn’t there', { labelEn: 'A', entity: 'contac' }, ['entity: custom-no-entity']],
    ['of one of the engine’s own', { labelEn: 'A', entity: 'user' }, ['entity: custom-no-entity']],
    ['of a type that isn’t there', { labelEn: 'A', type: 'colour' }, ['type: choice-unknown']],
    ['of a type that only code declares', { labelEn: 'A', type: 'json' }, ['type: choice-unknown']],
    ['whose name a later version may take', { labelEn: 'A', name: 'segment' }, ['name: custom-field-name']],
    ['whose name is SQL', { labelEn: 'A', name: 'select' }, ['name: custom-field-name']],
    ['whose name is a word of expressions', { labelEn: 'A', name: 'today' }, ['name: custom-field-name']],
    ['whose name is an attack', { labelEn: 'A', name: 'xA"; drop' }, ['name: custom-field-name']],
    ['whose name is too long', { labelEn: 'A', name: `x${'A'.repeat(41)}` }, ['name: custom-field-name']],
    [
      'whose columns would be too long',
      { labelEn: 'A', name: `x${'Ab'.repeat(19)}`, type: 'money' },
      ['name: custom-name-long'],
    ],
    ['without a letter to make a name of', { labelEn: '日本' }, ['name: custom-field-name']],
    ['without a label', {}, ['labelEn: required']],
    [
      'with an option its type doesn’t take',
      { labelEn: 'A', options: { scale: 2 } },
      ['options.scale: options-none'],
    ],
    ['with an option out of bounds', { labelEn: 'A', options: { max: 9999 } }, ['options.max: option-whole']],
    ['with options that are no object', { labelEn: 'A', options: [1] }, ['options: options-object']],
    ['as a choice without values', { labelEn: 'A', type: 'choice' }, ['options.values: option-missing']],
    [
      'as a choice with bad values',
      {
        labelEn: 'A',
        type: 'choice',
        options: { values: [{ code: 'a' }, { code: 'a' }, { code: 'B' }, { code: 'c', label: {} }] },
      },
      [
        'options.values.[1].code: option-value-twice',
        'options.values.[2].code: option-value-code',
        'options.values.[3].label: option-value-label',
      ],
    ],
    [
      'as a reference to nothing',
      { labelEn: 'A', type: 'reference', options: { to: 'nothing' } },
      ['options.to: option-name'],
    ],
    [
      'as a reference to a declaration',
      { labelEn: 'A', type: 'reference', options: { to: 'custom-field' } },
      ['options.to: custom-no-entity'],
    ],
    [
      'as a value of a list that isn’t there',
      { labelEn: 'A', type: 'base-value', options: { list: 'nothing' } },
      ['options.list: option-name'],
    ],
    [
      'with limits the wrong way round',
      { labelEn: 'A', type: 'decimal', options: { min: 5, max: 1 } },
      ['options: custom-refused'],
    ],
    [
      'with a default its type refuses',
      { labelEn: 'A', type: 'number', default: 'many' },
      ['default: wrong-type'],
    ],
    ['with a default that means somebody', { labelEn: 'A', default: 'me' }, ['default: custom-default']],
    [
      'as unique where nothing can be',
      { labelEn: 'A', type: 'checkbox', unique: true },
      ['unique: custom-cannot'],
    ],
    [
      'as sorted by where nothing has an order',
      { labelEn: 'A', type: 'references', options: { to: 'account' }, sortable: true },
      ['sortable: custom-cannot'],
    ],
  ])('%s', async (_, values, expected) => {
    const answer = await declare(values);
    expect(answer.status).toBe(422);
    expect(mistakesOf(answer)).toEqual(expected);
  });

  test('under a name that another one has, or kept when it was retired', async () => {
    const { body } = await declare({ labelEn: 'Shoe size' });
    expect(mistakesOf(await declare({ labelEn: 'Shoe size' }))).toEqual(['name: custom-taken']);
    await admin.program('DELETE', `/custom-fields/${body.id}`);
    expect(mistakesOf(await declare({ labelEn: 'Shoe size' }))).toEqual(['name: custom-taken-retired']);
  });

  test('when its columns are those of another field', async () => {
    await declare({ labelEn: 'Fee', type: 'money' });
    expect(mistakesOf(await declare({ labelEn: 'Fee currency' }))).toEqual(['name: custom-taken']);
  });

  test('a new entity, name or type once it is there', async () => {
    const { body } = await declare({ labelEn: 'Fixed' });
    const change = { version: 1, entity: 'account', name: 'xOther', type: 'number' };
    const answer = await admin.program('PATCH', `/custom-fields/${body.id}`, change);
    expect(mistakesOf(answer)).toEqual(['entity: custom-fixed', 'name: custom-fixed', 'type: custom-fixed']);
  });
});

test('a custom field is there for everybody from the next request on', async () => {
  const before = await contact();
  const { status, body } = await declare({
    labelEn: 'Customer segment',
    labelFr: 'Segment client',
  });
  expect([status, body.name]).toEqual([201, 'xCustomerSegment']);
  const made = await contact({ xCustomerSegment: 'Gold' });
  expect(made).toMatchObject({ xCustomerSegment: 'Gold' });
  const changed = await sales.program('PATCH', `/contacts/${before.id}`, {
    version: 1,
    xCustomerSegment: 'Silver',
  });
  expect(changed.body).toMatchObject({ version: 2, xCustomerSegment: 'Silver' });
  const where = encodeURIComponent('xCustomerSegment = "GOLD"');
  const { body: page } = await sales.program('GET', `/contacts?where=${where}`);
  expect(page.items.map(({ id }) => id)).toEqual([made.id]);
  const { body: told } = await sales.program('GET', '/contacts/describe');
  expect(told.form).toContainEqual({
    label: 'Further details',
    fields: expect.arrayContaining(['xCustomerSegment']) as unknown,
  });
  expect((told.list as { columns: string[] }).columns).toContain('xCustomerSegment');
});

test('what is retired is gone from every door with its values kept, and comes back with them', async () => {
  const { body: field } = await declare({ labelEn: 'Nickname', searchable: true });
  const made = await contact({ xNickname: 'Bibi' });
  expect((await sales.program('GET', '/search?q=bibi')).text).toContain(made.id);
  await admin.program('DELETE', `/custom-fields/${field.id}`);
  const doorsOf = async () => [
    (await sales.program('GET', `/contacts/${made.id}`)).text,
    (await sales.program('GET', '/contacts')).text,
    (await sales.program('GET', '/describe')).text,
    (await sales.program('GET', '/openapi.json')).text,
    (await sales.program('GET', `/contacts/${made.id}/history`)).text,
  ];
  for (const text of await doorsOf()) expect(text).not.toMatch(/xNickname|Bibi/);
  const filtered = await sales.program('GET', `/contacts?where=${encodeURIComponent('xNickname = "Bibi"')}`);
  expect(filtered.status).toBe(400);
  expect((await sales.program('PATCH', `/contacts/${made.id}`, { version: 1, xNickname: 'x' })).status).toBe(
    422,
  );
  expect(
    (await sales.program('PATCH', `/contacts/${made.id}`, { version: 1, jobTitle: 'Boss' })).status,
  ).toBe(200);
  await admin.program('POST', `/custom-fields/${field.id}/restore`);
  expect((await sales.program('GET', `/contacts/${made.id}`)).body).toMatchObject({
    xNickname: 'Bibi',
    jobTitle: 'Boss',
  });
});
