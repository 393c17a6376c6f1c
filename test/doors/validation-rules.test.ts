import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRecords } from '../../src/engine/record/verbs.ts';
import { openPool } from '../../src/engine/workspace/database.ts';
import { openWorkspace } from '../../src/engine/workspace/open.ts';
import { entityOf } from '../../src/model/declarations.ts';
import { type Answer, type Caller, type TestDoors, testDoors } from '../harness/doors.ts';
import { productModel } from '../harness/workspace.ts';
import { ctxOf } from './write-doors.ts';

let doors: TestDoors;
let sal: Caller;
beforeAll(async () => {
  doors = await testDoors();
  sal = await doors.user('Sal');
});
afterAll(() => doors.close());

const rule = {
  name: 'Big accounts have a number',
  entity: 'account',
  wrongWhen: 'employees > 1000 and number is empty',
  field: 'number',
  messageEn: 'Give an account of more than 1,000 people a number.',
};
const told = ({ body }: Answer): readonly string[] =>
  (body.mistakes ?? []).map(({ field, code }) => `${field}: ${code}`);
const big = (values: object = {}) =>
  sal.program('POST', '/accounts', { name: 'Big', employees: 2000, ...values });

/** Keeps a rule while `during` runs. */
async function ruled(values: object, during: (id: string) => Promise<void>): Promise<void> {
  const made = await doors.admin.program('POST', '/validation-rules', { ...rule, ...values });
  expect([made.status, told(made)]).toEqual([201, []]);
  try {
    await during(made.body.id);
  } finally {
    await doors.admin.program('DELETE', `/validation-rules/${made.body.id}`);
  }
}

describe('a validation rule of the administrator', () => {
  test('is kept, read and tried by administrators alone', async () => {
    expect((await sal.program('POST', '/validation-rules', rule)).status).toBe(403);
    expect((await sal.program('GET', '/validation-rules')).status).toBe(403);
    const tried = await sal.program('POST', '/validation-rules/check', rule);
    expect([tried.status, tried.body.code]).toEqual([403, 'rule-check-forbidden']);
  });

  test.each<[string, object, readonly string[]]>([
    ['an entity that isn’t there', { entity: 'acount' }, ['entity: validation-rule-entity']],
    ['an entity of the set-up', { entity: 'validation-rule' }, ['entity: validation-rule-entity']],
    ['a field that isn’t there', { field: 'nmber' }, ['field: validation-rule-field']],
    [
      'an expression with mistakes',
      { wrongWhen: 'emplyees > 5 and\nnme is empty' },
      ['wrongWhen: validation-rule-expression', 'wrongWhen: validation-rule-expression'],
    ],
    [
      'a code its list doesn’t hold',
      { wrongWhen: 'kind = frend' },
      ['wrongWhen: validation-rule-expression'],
    ],
    ['nothing', { wrongWhen: ' ', messageEn: '' }, ['messageEn: required', 'wrongWhen: required']],
  ])('is refused with %s', async (_what, values, mistakes) => {
    const answer = await doors.admin.program('POST', '/validation-rules', { ...rule, ...values });
    expect([answer.status, [...told(answer)].sort()]).toEqual([422, mistakes]);
  });

  test('tells the place of a mistake in every language', async () => {
    const sent = { ...rule, wrongWhen: 'employees > 5 and\n  nme is empty' };
    const { body } = await doors.admin.program('POST', '/validation-rules', sent);
    expect(body.mistakes).toMatchObject([
      { field: 'wrongWhen', message: 'Line 2, column 3: Account has no field “nme”. Did you mean: name?' },
    ]);
  });

  test('holds from the next request on, and no longer once it is switched off, changed or removed', async () => {
    expect((await big()).status).toBe(201);
    await ruled({}, async (id) => {
      expect(told(await big())).toEqual(['number: validation-rule']);
      expect((await big()).body.mistakes[0]).toMatchObject({ message: rule.messageEn });
      expect((await big({ number: '7' })).status).toBe(201);
      const change = (values: object, version: number) =>
        doors.admin.program('PATCH', `/validation-rules/${id}`, { version, ...values });
      expect((await change({ active: false }, 1)).status).toBe(200);
      expect((await big()).status).toBe(201);
      await change({ active: true, wrongWhen: 'employees > 5000 and number is empty' }, 2);
      expect((await big()).status).toBe(201);
      expect(told(await big({ employees: 6000 }))).toEqual(['number: validation-rule']);
    });
    expect((await big({ employees: 6000 })).status).toBe(201);
  });

  test('holds in another process too, and is described to forms', async () => {
    const pool = openPool(doors.url, { max: 3 });
    const workspace = await openWorkspace({ db: pool.db, model: productModel(), name: 'main' });
    try {
      await ruled({}, async () => {
        await expect.poll(() => workspace.model.validations.get('account')?.length).toBe(1);
        const ctx = { ...ctxOf(doors, sal, 'api'), workspace, db: pool.db };
        const writing = createRecords(ctx, entityOf(workspace.model, 'account'), [
          { name: 'There', employees: 2000 },
        ]);
        await expect(writing).rejects.toMatchObject({ code: 'invalid' });
        const { body } = await sal.program('GET', '/accounts/describe');
        expect(body.validations).toEqual([
          {
            name: rule.name,
            wrongWhen: { text: rule.wrongWhen, isRelated: false },
            field: 'number',
            message: rule.messageEn,
          },
        ]);
      });
    } finally {
      await workspace.close();
      await pool.close();
    }
  });

  test('judges old records only when they are written, and tells beforehand how many it would refuse', async () => {
    const names = ['Old 1', 'Old 2', 'Old 3'];
    for (const name of names)
      await sal.program('POST', '/accounts', { name, employees: 77_000, owner: sal.id });
    const old = { ...rule, wrongWhen: 'employees = 77000 and number is empty' };
    const check = await doors.admin.program('POST', '/validation-rules/check', {
      entity: old.entity,
      wrongWhen: old.wrongWhen,
    });
    expect(check.body).toMatchObject({ count: 3, examples: names.map((label) => ({ label })) });
    await ruled(old, async () => {
      const { body } = await sal.program('GET', '/accounts?where=employees%20%3D%2077000&sort=createdAt');
      const [first] = body.items;
      const path = `/accounts/${first?.id}`;
      expect(told(await sal.program('PATCH', path, { version: 1, name: 'Renamed' }))).toEqual([
        'number: validation-rule',
      ]);
      expect((await sal.program('PATCH', path, { version: 1, name: 'Renamed', number: 'A' })).status).toBe(
        200,
      );
    });
  });

  test.each<[string, object, number, readonly string[]]>([
    ['without an entity', { wrongWhen: 'true' }, 422, ['entity: input-missing']],
    [
      'with mistakes',
      { entity: 'account', wrongWhen: 'nme = 1' },
      422,
      ['wrongWhen: validation-rule-expression'],
    ],
    ['of another entity', { entity: 'user', wrongWhen: 'true' }, 422, ['entity: validation-rule-entity']],
  ])('isn’t tried %s', async (_what, body, status, mistakes) => {
    const answer = await doors.admin.program('POST', '/validation-rules/check', body);
    expect([answer.status, told(answer)]).toEqual([status, mistakes]);
  });

  test('that asks what changed finds nothing wrong with records that nobody changes', async () => {
    const { body } = await doors.admin.program('POST', '/validation-rules/check', {
      entity: 'account',
      wrongWhen: 'changed(name) or old(name) <> name',
    });
    expect(body).toMatchObject({ count: 0, examples: [] });
  });
});
