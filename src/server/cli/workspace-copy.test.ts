import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Caller,
  callerIn,
  type TestDoors,
  testDoors,
  testPassword,
} from '../../../test/harness/doors.ts';
import { fingerprint } from '../../../test/harness/fingerprint.ts';
import { workspaceNames } from '../../engine/workspace/workspace-names.ts';
import { setUpUnattended } from '../auth/set-up.ts';
import { runCommandLine } from './commands.ts';

let doors: TestDoors;
const former = { ...process.env };
beforeAll(async () => {
  doors = await testDoors();
  process.env.DATABASE_URL = doors.url;
  process.env.LOG_LEVEL = 'silent';
  await setUpMain();
});
afterAll(async () => {
  process.env = former;
  await doors.close();
});

const run = async (line: string) => {
  const [out, notes]: [string[], string[]] = [[], []];
  const code = await runCommandLine(line.split(' '), {
    out: (text) => out.push(text),
    note: (text) => notes.push(text),
  });
  return { code, out: out.join('\n'), notes: notes.join('\n') };
};

const main: Caller['program'] = (...asked) => doors.admin.program(...asked);

const made = async (path: string, body: Record<string, unknown>): Promise<string> => {
  const answer = await main('POST', path, body);
  expect(answer.status, `${path}: ${answer.text}`).toBe(201);
  return answer.body.id;
};

/** Of everything that can be set up, something new, something changed and something taken away. */
async function setUpMain(): Promise<void> {
  const idOf = async (path: string, where: string): Promise<string> => {
    const answer = await main('GET', `${path}?${new URLSearchParams({ where })}`);
    expect(answer.status, answer.text).toBe(200);
    return answer.body.items[0]?.id ?? '';
  };
  await made('/custom-entities', {
    oneEn: 'Machine',
    manyEn: 'Machines',
    name: 'x-machine',
    plural: 'x-machines',
  });
  await made('/custom-fields', {
    entity: 'x-machine',
    type: 'text',
    labelEn: 'Serial',
    name: 'xSerial',
    unique: true,
  });
  await made('/custom-fields', {
    entity: 'account',
    type: 'choice',
    labelEn: 'Segment',
    name: 'xSegment',
    options: { values: [{ code: 'a', label: { en: 'A', fr: 'A', es: 'A' } }] },
  });
  await made('/base-values', {
    list: 'industry',
    code: 'shipping',
    labelEn: 'Shipping',
    labelFr: 'Transport',
    position: 5,
  });
  const source = await idOf('/base-values', 'list = "source"');
  expect((await main('DELETE', `/base-values/${source}`)).status).toBe(200);
  const role = await made('/roles', { code: 'field-sales', name: 'Field sales', special: ['share-views'] });
  await made('/rights', {
    role,
    entity: 'account',
    read: 'all',
    create: 'own',
    where: 'industry = shipping',
  });
  await made('/rights', { role, entity: 'x-machine', read: 'all' });
  await made('/field-rights', { role, entity: 'account', field: 'phone', read: true, write: false });
  await made('/validation-rules', {
    name: 'Shipping has a phone',
    entity: 'account',
    wrongWhen: 'industry = shipping and phone is empty',
    field: 'phone',
    messageEn: 'Ships need a phone.',
  });
  await made('/teams', { name: 'Harbour' });
  await made('/saved-views', {
    name: 'Ships',
    entity: 'account',
    shared: 'everyone',
    where: 'industry = shipping',
  });
  await made('/saved-views', { name: 'Mine', entity: 'account', shared: 'private' });
  const series = await idOf('/numberings', 'code = "opportunity.number"');
  const { body } = await main('GET', `/numberings/${series}`);
  const changed = await main('PATCH', `/numberings/${series}`, {
    version: body.version,
    prefix: 'SHIP-',
    padding: 3,
  });
  expect(changed.status, changed.text).toBe(200);
  await made('/accounts', { name: 'Stays behind' });
}

const setUp = [
  'custom-entities',
  'custom-fields',
  'custom-relations',
  'base-values',
  'roles',
  'rights',
  'field-rights',
  'validation-rules',
  'numberings',
] as const;

/** The records of a list as what somebody decided: without ids and times, references by their labels. */
async function decided(by: Caller, plural: string): Promise<readonly string[]> {
  const { body } = await by.program('GET', `/${plural}?limit=200`);
  const own = new Set(['id', 'version', 'can', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'owner']);
  return body.items
    .map((item) =>
      JSON.stringify(item, (name, value: unknown) =>
        own.has(name)
          ? undefined
          : value && typeof value === 'object' && 'label' in value
            ? value.label
            : value,
      ),
    )
    .toSorted();
}

async function adminOf(name: string): Promise<Caller> {
  const workspace = await doors.services.workspaces.find(name);
  if (!workspace) throw new Error(`the workspace ${name} isn’t there`);
  const person = { name: 'Pia', email: 'pia@example.org', password: testPassword, company: 'Copy' };
  const id = await setUpUnattended(
    { db: doors.db, workspace },
    { ...person, locale: 'en', timeZone: 'UTC', currency: 'EUR' },
  );
  return callerIn({ call: doors.call, db: doors.db, workspace }, id ?? '', person.email);
}

describe('copying a set-up is refused', () => {
  test.each([
    [1, 'workspace create fresh --copy-setup-from mian', '“main” may be meant'],
    [1, 'workspace create main --copy-setup-from main', 'into a new one only'],
    [2, 'workspace create fresh --with-teams', '--with-teams goes with'],
    [2, 'workspace create fresh --copy-setup-form main', '--copy-setup-from may be meant'],
  ])('with %i: %s', async (code, line, why) => {
    const answer = await run(line);
    expect(answer).toMatchObject({ code, out: '' });
    expect(answer.notes).toContain(why);
    expect(await workspaceNames(doors.db)).toEqual(['main']);
  });
});

describe('a workspace made with the set-up of another', () => {
  test('has all that was decided there and nothing else of it, which stays as it is', async () => {
    const before = await fingerprint(doors.db, 'w_main');
    const answer = await run('workspace create copy --copy-setup-from main');
    expect(answer.code, answer.notes).toBe(0);
    expect(answer.notes).toContain('2 custom fields');
    expect(answer.out).toMatch(/\/w\/copy\/setup#token=/);
    expect(await fingerprint(doors.db, 'w_main')).toEqual(before);
    const pia = await adminOf('copy');
    for (const plural of setUp)
      expect(await decided(pia, plural), plural).toEqual(await decided(doors.admin, plural));
    const names = async (plural: string): Promise<readonly unknown[]> =>
      (await pia.program('GET', `/${plural}`)).body.items.map(({ name }) => name);
    expect(await names('saved-views')).toEqual(['Ships']);
    expect(await names('teams')).toEqual([]);
    expect(await names('users')).toEqual(['Pia']);
    expect(await names('accounts')).toEqual([]);

    const refused = await pia.program('POST', '/accounts', { name: 'Ark', industry: 'shipping' });
    expect(refused).toMatchObject({ status: 422, body: { mistakes: [{ field: 'phone' }] } });
    const ark = await pia.program('POST', '/accounts', {
      name: 'Ark',
      industry: 'shipping',
      phone: '1',
      xSegment: 'a',
    });
    expect(ark.status, ark.text).toBe(201);
    const deal = await pia.program('POST', '/opportunities', {
      name: 'First',
      account: ark.body.id,
      stage: 'qualification',
      closeDate: '2030-01-01',
    });
    expect(deal.body.number, deal.text).toBe('SHIP-001');
    const [one, twin] = [
      await pia.program('POST', '/x-machines', { name: 'Crane', xSerial: 'S1' }),
      await pia.program('POST', '/x-machines', { name: 'Twin', xSerial: 'S1' }),
    ];
    expect([one.status, twin.status], one.text + twin.text).toEqual([201, 422]);
    expect(await run('migrate --all')).toMatchObject({ code: 0 });
  });

  test('has its teams too where that is asked for', async () => {
    expect((await run('workspace create teams --copy-setup-from main --with-teams')).code).toBe(0);
    const pia = await adminOf('teams');
    const { body } = await pia.program('GET', '/teams');
    expect(body.items.map(({ name }) => name)).toEqual(['Harbour']);
  });
});
