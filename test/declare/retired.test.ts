import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, type Caller, type TestDoors, testDoors } from '../harness/doors.ts';
import { until } from '../harness/until.ts';

let doors: TestDoors;
let admin: Caller;
let sales: Caller;
let salesRole: string;
beforeAll(async () => {
  doors = await testDoors({ works: true });
  ({ admin } = doors);
  sales = await doors.user('Sal');
  const roles = await admin.program('GET', '/roles');
  salesRole = roles.body.items.find(({ code }) => code === 'sales')?.id ?? '';
});
afterAll(() => doors.close());

const done = (answer: Answer): Answer['body'] => {
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.body;
};
const made = async (path: string, values: object): Promise<Answer['body']> =>
  done(await admin.program('POST', path, values));
/** Refused with words, not with a mistake of ours. */
const told = (answer: Answer): void => {
  expect(answer.status, answer.text).toBeLessThan(500);
  if (answer.status >= 400) expect(answer.body.detail ?? answer.body.mistakes, answer.text).toBeDefined();
};

describe('an entity that was retired', () => {
  let entity: string;
  let name: string;
  let at = 0;
  beforeEach(async () => {
    at += 1;
    name = `x-thing${at}`;
    entity = (await made('/custom-entities', { oneEn: `Thing${at}`, manyEn: `Things${at}` })).id;
  });
  const retire = async (): Promise<void> => {
    done(await admin.program('DELETE', `/custom-entities/${entity}`));
  };
  const erase = async (): Promise<void> => {
    done(await admin.program('DELETE', `/custom-entities/${entity}/values`, { confirm: name }));
  };

  test('leaves its imports readable, and none of their doors fails', async () => {
    const boundary = '----rapport';
    const part = `--${boundary}\r\ncontent-disposition: form-data; name=`;
    const file = `${part}"file"; filename="a.csv"\r\ncontent-type: text/csv\r\n\r\nID,Name\n1,a\n2,b\n\r\n`;
    const upload = async (): Promise<string> =>
      done(
        await admin.browser(
          'POST',
          '/imports',
          Buffer.from(`${part}"entity"\r\n\r\n${name}\r\n${file}--${boundary}--\r\n`),
          { 'content-type': `multipart/form-data; boundary=${boundary}` },
        ),
      ).id;
    const ran = await upload();
    const { mapping } = done(await admin.browser('GET', `/imports/${ran}`));
    done(await admin.browser('POST', `/imports/${ran}/run`));
    const stateOf = async () => done(await admin.browser('GET', `/imports/${ran}`)).state;
    await until(stateOf, (state) => state === 'done');
    const open = await upload();
    for (const next of [retire, erase]) {
      await next();
      done(await admin.browser('GET', '/imports'));
      for (const id of [ran, open]) {
        done(await admin.browser('GET', `/imports/${id}`));
        done(await admin.browser('GET', `/imports/${id}/rows`));
        told(await admin.browser('GET', `/imports/${id}/failed.csv`));
        told(await admin.browser('PUT', `/imports/${id}/mapping`, mapping));
        for (const what of ['check', 'run', 'undo'])
          told(await admin.browser('POST', `/imports/${id}/${what}`));
        told(await admin.browser('GET', `/batches/${id}`));
        told(await admin.browser('POST', `/batches/${id}/undo`, {}));
      }
    }
    done(await admin.browser('GET', `/import-batches/${ran}`));
    expect((await admin.browser('DELETE', `/imports/${open}`)).status).toBe(204);
  });

  test('leaves rights, rules, views, fields and what refers to it, and none of their doors fails', async () => {
    const row = await made(`/x-things${at}`, { name: 'A' });
    const field = await made('/custom-fields', {
      entity: 'account',
      type: 'reference',
      labelEn: `Ref${at}`,
      options: { to: name },
    });
    const own = await made('/custom-fields', { entity: name, type: 'text', labelEn: `Own${at}` });
    const ref = String(field.name);
    const account = await made('/accounts', { name: 'Refers', owner: sales.id, [ref]: row.id });
    const right = await made('/rights', { role: salesRole, entity: name, read: 'all', where: `name = "A"` });
    const rule = await made('/validation-rules', {
      name: 'r',
      entity: name,
      wrongWhen: 'name = "bad"',
      field: 'name',
      messageEn: 'Bad',
    });
    const beyond = await made('/validation-rules', {
      name: 'r2',
      entity: 'account',
      wrongWhen: `${ref}.name = "bad"`,
      field: 'name',
      messageEn: 'Bad',
    });
    const view = await made('/saved-views', { name: 'v', entity: name, columns: 'name', sort: 'name' });
    const views = await made('/saved-views', {
      name: 'v2',
      entity: 'account',
      where: `${ref}.name = "A"`,
      columns: `name,${ref}`,
    });
    const rights = async (): Promise<void> => {
      for (const who of [admin, sales]) {
        done(await who.browser('GET', '/accounts'));
        done(await who.browser('GET', `/accounts/${account.id}`));
        done(await who.browser('GET', `/accounts/${account.id}/history`));
        done(await who.browser('GET', `/accounts/${account.id}?at=${new Date().toISOString()}`));
        done(await who.browser('GET', '/accounts/describe'));
        done(await who.browser('GET', '/search?q=Refers'));
        done(await who.browser('GET', '/saved-views'));
        done(await who.browser('POST', '/accounts/judge', { values: { name: 'x' } }));
        told(await who.browser('GET', '/accounts/export?format=csv'));
        told(await who.browser('GET', `/accounts?where=${encodeURIComponent(`${ref}.name = "A"`)}`));
        told(await who.browser('GET', `/accounts/totals?by=${ref}`));
        told(await who.browser('GET', `/accounts?sort=${ref}`));
        told(await who.browser('GET', `/accounts/export?format=csv&fields=name,${ref}`));
        told(await who.browser('GET', `/x-things${at}`));
        told(await who.browser('POST', `/accounts/${account.id}/erase`, {}));
        done(await who.browser('GET', '/openapi.json'));
      }
      for (const path of [
        `/rights/${right.id}`,
        `/validation-rules/${rule.id}`,
        `/validation-rules/${beyond.id}`,
        `/saved-views/${view.id}`,
        `/saved-views/${views.id}`,
        `/custom-fields/${own.id}`,
        `/custom-fields/${field.id}`,
      ]) {
        const { version } = done(await admin.browser('GET', `${path}?removed=1`));
        told(await admin.browser('PATCH', path, { version, teams: [] }));
        told(await admin.browser('GET', `${path}/history`));
        told(await admin.browser('GET', `${path}/access?user=${sales.id}`));
      }
      for (const [wrongWhen, of] of [
        ['name = "A"', name],
        [`${ref}.name = "A"`, 'account'],
      ] as const)
        told(await admin.browser('POST', '/validation-rules/check', { entity: of, wrongWhen }));
      done(await admin.browser('GET', '/index-builds'));
    };
    await retire();
    await rights();
    told(await admin.browser('POST', `/accounts/${account.id}/history/nothing/undo`, {}));
    await erase();
    await rights();
    told(await admin.browser('POST', `/custom-entities/${entity}/restore`));
  });
});
