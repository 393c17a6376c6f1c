import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AnswerBody, type Caller, type TestDoors, testDoors } from '../harness/doors.ts';

let doors: TestDoors;
let admin: Caller;
beforeAll(async () => {
  doors = await testDoors();
  admin = doors.admin;
  await make('/custom-entities', { oneEn: 'Project', manyEn: 'Projects' });
  await make('/custom-entities', { oneEn: 'Milestone', manyEn: 'Milestones' });
});
afterAll(() => doors.close());

async function make(path: string, values: Record<string, unknown>): Promise<AnswerBody> {
  const { status, body, text } = await admin.program('POST', path, values);
  if (status !== 201) throw new Error(text);
  return body;
}
const mistakesOf = ({ body }: { body: AnswerBody }) =>
  (body.mistakes ?? []).map(({ field, code }) => `${field}: ${code}`).sort();
const describeOf = async (plural: string) =>
  (await admin.program('GET', `/${plural}/describe`)).body as unknown as {
    fields: { name: string; to: string[] }[];
    links: { name: string; toEntity: string }[];
    related: { entity: string; via: string; label: string; columns: string[] }[];
  };
const relation = { labelEn: 'Site', backLabelEn: 'Sites' };

describe('a relation is refused', () => {
  test.each<[string, Record<string, unknown>, readonly string[]]>([
    [
      'from or to nothing',
      { kind: 'one-to-many', from: 'x-nothing', to: 'nothing' },
      ['from: custom-no-entity', 'to: custom-no-entity'],
    ],
    [
      'to one of the engine’s own',
      { kind: 'one-to-many', from: 'contact', to: 'user' },
      ['to: custom-no-entity'],
    ],
    ['of no kind', { kind: 'some', from: 'contact', to: 'account' }, ['kind: choice-unknown']],
    [
      'under a name of the business',
      { kind: 'one-to-many', from: 'account', to: 'contact', name: 'account' },
      ['name: custom-field-name'],
    ],
    [
      'whose both ways have one name',
      { kind: 'many-to-many', from: 'contact', to: 'contact', name: 'xPeer', backName: 'xPeer' },
      ['backName: custom-taken', 'name: custom-taken'],
    ],
  ])('%s', async (_, values, expected) => {
    const answer = await admin.program('POST', '/custom-relations', { ...relation, ...values });
    expect([answer.status, mistakesOf(answer)]).toEqual([422, expected]);
  });
});

test('one to many: a reference at the many, a list at the one, filters over both', async () => {
  await make('/custom-relations', {
    kind: 'one-to-many',
    from: 'x-project',
    to: 'x-milestone',
    labelEn: 'Project',
    backLabelEn: 'Milestones',
    required: true,
  });
  const missing = await admin.program('POST', '/x-milestones', { name: 'Roof' });
  expect(mistakesOf(missing)).toEqual(['xProject: required']);
  const project = await make('/x-projects', { name: 'Tower' });
  const milestone = await make('/x-milestones', { name: 'Roof', xProject: project.id });
  expect(milestone).toMatchObject({ xProject: { id: project.id, label: 'Tower' } });
  expect((await describeOf('x-projects')).related).toMatchObject([
    { entity: 'x-milestone', via: 'xProject', columns: ['name'], label: 'Milestones' },
  ]);
  const filter = async (plural: string, where: string) =>
    (await admin.program('GET', `/${plural}?where=${encodeURIComponent(where)}`)).body.items.map(
      ({ id }) => id,
    );
  expect(await filter('x-milestones', 'xProject.name = "tower"')).toEqual([milestone.id]);
});

test('many to many: links both ways, by an entity of their own, through link and unlink', async () => {
  await make('/custom-relations', {
    kind: 'many-to-many',
    from: 'x-project',
    to: 'contact',
    labelEn: 'Speakers',
    backLabelEn: 'Talks',
  });
  const project = await make('/x-projects', { name: 'Congress' });
  const contact = await make('/contacts', { name: { last: 'Lovelace' } });
  const linked = await admin.program('POST', `/x-projects/${project.id}/link`, {
    link: 'xSpeakers',
    to: contact.id,
  });
  expect(linked).toMatchObject({
    status: 201,
    body: { xProject: { id: project.id }, contact: { id: contact.id } },
  });
  const again = await admin.program('POST', `/contacts/${contact.id}/link`, {
    link: 'xTalks',
    to: project.id,
  });
  expect(mistakesOf(again)).toEqual(['contact: not-unique']);
  const { links, related } = await describeOf('contacts');
  expect(links).toContainEqual(expect.objectContaining({ name: 'xTalks', toEntity: 'x-project' }));
  expect(related).toContainEqual(
    expect.objectContaining({
      entity: 'x-speakers-link',
      via: 'contact',
      columns: ['xProject'],
      label: 'Talks',
    }),
  );
  const where = encodeURIComponent('any(xSpeakers, name contains "lovelace")');
  const { body: page } = await admin.program('GET', `/x-projects?where=${where}`);
  expect(page.items.map(({ id }) => id)).toEqual([project.id]);
  const unlinked = await admin.program('POST', `/contacts/${contact.id}/unlink`, {
    link: 'xTalks',
    to: project.id,
  });
  expect(unlinked.status).toBe(200);
});

test('of a contact to contacts: the two ends of a link have different names', async () => {
  await make('/custom-relations', {
    kind: 'many-to-many',
    from: 'contact',
    to: 'contact',
    labelEn: 'Mentors',
    backLabelEn: 'Mentees',
  });
  const [one, other] = [
    await make('/contacts', { name: { last: 'A' } }),
    await make('/contacts', { name: { last: 'B' } }),
  ];
  const linked = await admin.program('POST', `/contacts/${one.id}/link`, { link: 'xMentors', to: other.id });
  expect(linked.body).toMatchObject({ contact: { id: one.id }, otherContact: { id: other.id } });
});

test('retiring an entity hides its relations and what refers to it, and taking it back brings all back', async () => {
  const { body: entities } = await admin.program(
    'GET',
    `/custom-entities?where=${encodeURIComponent('name = "x-project"')}`,
  );
  const id = entities.items[0]?.id ?? '';
  const before = [await describeOf('contacts'), await describeOf('x-milestones')];
  expect((await admin.program('DELETE', `/custom-entities/${id}`)).status).toBe(200);
  expect((await admin.program('GET', '/x-projects')).status).toBe(404);
  expect(JSON.stringify([await describeOf('contacts'), await describeOf('x-milestones')])).not.toMatch(
    /x-project|xProject|xTalks/,
  );
  const { body: left } = await admin.program('GET', '/x-milestones');
  expect(left.items.map(({ name }) => name)).toEqual(['Roof']);
  expect(left.items[0]).not.toHaveProperty('xProject');
  expect((await admin.program('POST', `/custom-entities/${id}/restore`)).status).toBe(200);
  expect([await describeOf('contacts'), await describeOf('x-milestones')]).toEqual(before);
  const { body: back } = await admin.program('GET', '/x-milestones');
  expect(back.items[0]).toMatchObject({ xProject: { label: 'Tower' } });
});

test('an entity asks for title, order and board only by fields that can give them', async () => {
  const entity = await make('/custom-entities', { oneEn: 'Deal', manyEn: 'Deals' });
  const wish = (values: Record<string, unknown>, version: number) =>
    admin.program('PATCH', `/custom-entities/${entity.id}`, { version, ...values });
  expect(
    mistakesOf(await wish({ titleField: 'xNo', sort: '-teams', boardBy: 'name', boardSum: 'name' }, 1)),
  ).toEqual([
    'boardBy: custom-no-field',
    'boardSum: custom-no-field',
    'sort: custom-no-field',
    'titleField: custom-no-field',
  ]);
  const values = [{ code: 'open' }, { code: 'done' }];
  const field = (more: Record<string, unknown>) => make('/custom-fields', { entity: 'x-deal', ...more });
  await field({ type: 'text', labelEn: 'Reference' });
  await field({ type: 'choice', labelEn: 'Step', options: { values } });
  await field({ type: 'money', labelEn: 'Worth' });
  const wished = await wish(
    { titleField: 'xReference', sort: '-createdAt', boardBy: 'xStep', boardSum: 'xWorth' },
    1,
  );
  expect(wished.status).toBe(200);
  expect(await describeOf('x-deals')).toMatchObject({
    title: 'xReference',
    list: { sort: '-createdAt' },
    board: { by: 'xStep', sum: 'xWorth' },
  });
});

describe('a custom entity is refused', () => {
  test.each<[string, Record<string, unknown>, readonly string[]]>([
    ['under a name of the business', { name: 'contact' }, ['name: custom-entity-name']],
    ['under a plural of the engine', { plural: 'admin' }, ['plural: custom-entity-name']],
    ['with a plural like its name', { name: 'x-sheep', plural: 'x-sheep' }, ['plural: custom-same-plural']],
    ['under a name another has', { name: 'x-project' }, ['name: custom-taken']],
    ['under a plural another has', { plural: 'x-projects' }, ['plural: custom-taken']],
    ['under the plural of a relation’s links', { plural: 'x-speakers-links' }, ['plural: custom-taken']],
  ])('%s', async (_, values, expected) => {
    const answer = await admin.program('POST', '/custom-entities', {
      oneEn: 'Sheep',
      manyEn: 'Flock',
      ...values,
    });
    expect([answer.status, mistakesOf(answer)]).toEqual([422, expected]);
  });
});
