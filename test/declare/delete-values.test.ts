import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planWorkspace } from '../../src/engine/workspace/migrate.ts';
import { type AnswerBody, type Caller, type TestDoors, testDoors } from '../harness/doors.ts';

let doors: TestDoors;
let admin: Caller;
beforeAll(async () => {
  doors = await testDoors();
  admin = doors.admin;
});
afterAll(() => doors.close());

async function make(path: string, values: Record<string, unknown>): Promise<AnswerBody> {
  const { status, body, text } = await admin.program('POST', path, values);
  if (status !== 201) throw new Error(text);
  return body;
}
const codesOf = ({ body }: { body: AnswerBody }) =>
  (body.mistakes ?? []).map(({ field, code }) => `${field}: ${code}`);
const columnsOf = async (table: string): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string }>`
    select column_name as name from information_schema.columns where table_schema = 'w_main' and table_name = ${table}`.execute(
    doors.db,
  );
  return rows.map(({ name }) => name);
};
const left = () => planWorkspace({ db: doors.db, model: doors.workspace.declaredInCode, name: 'main' });

describe('deleting the values of a field for good', () => {
  let id: string;
  let path: string;
  beforeAll(async () => {
    ({ id } = await make('/custom-fields', { entity: 'contact', type: 'money', labelEn: 'Budget' }));
    path = `/custom-fields/${id}/values`;
    for (const amount of ['1', '2'])
      await make('/contacts', { name: { last: 'A' }, xBudget: { amount, currency: 'EUR' } });
    await make('/contacts', { name: { last: 'B' } });
  });

  test('is refused to others, while it is in use, and without its name as a second word', async () => {
    const sales = await doors.user('Sal');
    expect((await sales.program('GET', path)).status).toBe(403);
    expect((await sales.program('DELETE', path, { confirm: 'xBudget' })).status).toBe(403);
    expect(codesOf(await admin.program('DELETE', path, { confirm: 'xBudget' }))).toEqual([
      'removedAt: custom-retire-first',
    ]);
    await admin.program('DELETE', `/custom-fields/${id}`);
    expect((await admin.program('GET', path)).body).toEqual({ name: 'xBudget', values: 2 });
    for (const body of [undefined, {}, { confirm: 'yes' }]) {
      const answer = await admin.program('DELETE', path, body);
      expect(codesOf(answer)).toEqual(['confirm: custom-confirm']);
      expect(answer.text).toContain('2 values');
    }
    expect(await columnsOf('contact')).toContain('x_budget_currency');
  });

  test('drops its columns, leaves others alone, and frees its name', async () => {
    const answer = await admin.program('DELETE', path, { confirm: 'xBudget' });
    expect([answer.status, answer.body]).toEqual([200, { name: 'xBudget', values: 2 }]);
    expect((await columnsOf('contact')).filter((name) => name.startsWith('x_'))).toEqual([]);
    expect(codesOf(await admin.program('POST', `/custom-fields/${id}/restore`))).toEqual([
      'deletedAt: custom-deleted',
    ]);
    expect((await admin.program('GET', path)).status).toBe(404);
    expect((await admin.program('GET', '/contacts')).status).toBe(200);
    expect(await left()).toEqual([]);
    await make('/custom-fields', { entity: 'contact', type: 'text', labelEn: 'Budget' });
  });
});

test('deleting an entity for good takes its table, its fields and what refers to it', async () => {
  const entity = await make('/custom-entities', { oneEn: 'Project', manyEn: 'Projects' });
  await make('/custom-fields', { entity: 'x-project', type: 'text', labelEn: 'Stage' });
  await make('/custom-relations', {
    kind: 'one-to-many',
    from: 'x-project',
    to: 'contact',
    labelEn: 'Project',
    backLabelEn: 'People',
  });
  await make('/custom-relations', {
    kind: 'many-to-many',
    from: 'x-project',
    to: 'account',
    labelEn: 'Firms',
    backLabelEn: 'Projects',
  });
  const project = await make('/x-projects', { name: 'Tower', xStage: 'one' });
  await make('/contacts', { name: { last: 'C' }, xProject: project.id });
  await admin.program('DELETE', `/custom-entities/${entity.id}`);
  const { body } = await admin.program('DELETE', `/custom-entities/${entity.id}/values`, {
    confirm: 'x-project',
  });
  expect(body).toEqual({ name: 'x-project', values: 2 });
  expect([await columnsOf('x_project'), await columnsOf('x_firms_link')]).toEqual([[], []]);
  expect(await columnsOf('contact')).not.toContain('x_project_id');
  expect((await admin.program('GET', '/contacts')).status).toBe(200);
  expect((await admin.program('GET', '/custom-relations')).body.items).toEqual([]);
  expect(await left()).toEqual([]);
  await make('/custom-entities', { oneEn: 'Project', manyEn: 'Projects' });
  expect((await admin.program('GET', '/x-projects')).body.items).toEqual([]);
});

test('options on which values depend stay, others change', async () => {
  const decimal = await make('/custom-fields', {
    entity: 'contact',
    type: 'decimal',
    labelEn: 'Exact',
    options: { scale: 2 },
  });
  const any = await make('/custom-fields', {
    entity: 'contact',
    type: 'any-reference',
    labelEn: 'About',
    options: { to: ['account'] },
  });
  const change = (id: string, version: number, options: unknown) =>
    admin.program('PATCH', `/custom-fields/${id}`, { version, options });
  expect(codesOf(await change(decimal.id, 1, { scale: 4 }))).toEqual(['options.scale: custom-fixed']);
  expect((await change(decimal.id, 1, { scale: 2, max: 10 })).status).toBe(200);
  expect(codesOf(await change(any.id, 1, { to: ['contact'] }))).toEqual(['options.to: custom-fixed']);
  expect((await change(any.id, 1, { to: ['account', 'contact'] })).status).toBe(200);
  const over = await admin.program('POST', '/contacts', { name: { last: 'D' }, xExact: 11 });
  expect(over.status).toBe(422);
});
