import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDoors, testDoors, testPassword } from '../../../test/harness/doors.ts';
import { withMigrationLock } from '../../engine/schema/migration-lock.ts';
import { prepareWorkspace } from '../../engine/workspace/prepare.ts';
import { crmModel } from '../app/crm-model.ts';
import { runCommandLine } from './commands.ts';
import { migrateAll } from './migrate-all.ts';

let doors: TestDoors;
const former = { ...process.env };
beforeAll(async () => {
  doors = await testDoors();
  process.env.DATABASE_URL = doors.url;
  process.env.LOG_LEVEL = 'silent';
});
afterAll(async () => {
  process.env = former;
  await doors.close();
});

const run = async (line: string, env: Record<string, string> = {}) => {
  const [out, notes]: [string[], string[]] = [[], []];
  const before = { ...process.env };
  Object.assign(process.env, env);
  try {
    const code = await runCommandLine(line.split(' '), {
      out: (text) => out.push(text),
      note: (text) => notes.push(text),
    });
    return { code, out: out.join('\n'), notes: notes.join('\n') };
  } finally {
    process.env = before;
  }
};

const schemas = async (): Promise<readonly string[]> =>
  (
    await sql<{
      name: string;
    }>`select nspname as name from pg_namespace where nspname like 'w\\_%' order by 1`.execute(doors.db)
  ).rows.map(({ name }) => name);

describe('a command about workspaces is refused', () => {
  test.each([
    [2, 'workspace create', 'Something is missing'],
    [2, 'workspace crate x', '“workspace create” may be meant'],
    [1, 'workspace create Pilot', '“Pilot” can’t name a workspace'],
    [1, 'workspace create w"', 'can’t name a workspace'],
    [1, 'workspace-create main', 'a workspace “main” already'],
    [2, 'workspace list main', 'one word too many'],
    [1, 'workspace drop mian --yes mian', '“main” may be meant'],
    [2, 'workspace drop main --yes mian', 'isn’t the name of the workspace to drop'],
    [1, 'workspace drop main', 'Nothing was dropped'],
  ])('with %i: %s', async (code, line, why) => {
    const before = await schemas();
    const answer = await run(line);
    expect(answer).toMatchObject({ code, out: '' });
    expect(answer.notes).toContain(why);
    expect(await schemas()).toEqual(before);
  });

  test('when it is about one that isn’t there, and those that are there are named', async () => {
    const { code, notes } = await run('key create --user x --name y', { RAPPORT_WORKSPACE: 'nowhere' });
    expect(code).toBe(1);
    expect(notes).toContain('There is no workspace “nowhere”. Name one of main');
  });
});

describe('a further workspace', () => {
  test('is made, set up by its link, served at once beside the first, listed, and dropped for good', async () => {
    expect((await doors.call('GET', '/w/pilot/api/v1/setup')).status).toBe(404);
    const made = await run('workspace create pilot', { RAPPORT_PUBLIC_URL: 'https://crm.example.org' });
    expect(made).toMatchObject({ code: 0 });
    expect(made.out).toMatch(/^https:\/\/crm\.example\.org\/w\/pilot\/setup#token=[\w-]{43}$/);
    const again = await run('workspace-create pilot');
    expect(again.notes).toContain('nobody has set it up');
    expect(again.out).not.toBe(made.out);
    const own = { 'sec-fetch-site': 'same-origin' };
    const setUp = await doors.call(
      'POST',
      '/w/pilot/api/v1/setup',
      {
        token: again.out.split('=')[1],
        name: 'Pia',
        email: 'pia@example.org',
        password: testPassword,
        company: 'Pilot & Co',
        locale: 'en',
        timeZone: 'UTC',
        currency: 'EUR',
      },
      own,
    );
    expect(setUp.status, setUp.text).toBe(201);
    expect((await run('workspace create pilot')).notes).toContain('a workspace “pilot” already');
    const listed = await run('workspace list');
    expect(listed.out).toMatch(
      /^main +up to date +1 users +[\d.]+ MB +Test\npilot +up to date +1 users +[\d.]+ MB +Pilot & Co$/,
    );
    expect(JSON.parse((await run('workspace list --json')).out)).toMatchObject([
      { name: 'main', company: 'Test', isMigrated: true, users: 1 },
      { name: 'pilot', company: 'Pilot & Co', isMigrated: true, users: 1 },
    ]);
    const key = (await run('key create --user pia@example.org --name x', { RAPPORT_WORKSPACE: 'pilot' })).out;
    expect(key).toMatch(/^rpt_pilot_/);
    const me = () => doors.call('GET', '/api/v1/me', undefined, { authorization: `Bearer ${key}` });
    expect((await me()).body.workspace).toMatchObject({ name: 'pilot', company: 'Pilot & Co' });

    expect(await run('workspace drop pilot --yes pilot')).toMatchObject({ code: 0, out: '' });
    await expect.poll(async () => (await me()).status).toBe(401);
    expect((await doors.call('GET', '/w/pilot/api/v1/setup')).status).toBe(404);
    expect(await schemas()).toEqual(['w_main']);
    expect((await doors.admin.program('GET', '/me')).status).toBe(200);
  });
});

test('a request that meets the moment in which its workspace is dropped is told that there is none', async () => {
  await prepareWorkspace({ db: doors.db, model: crmModel(), name: 'brief' });
  const setUp = () => doors.call('GET', '/w/brief/api/v1/setup');
  expect((await setUp()).status).toBe(200);
  // Before anybody heard of it.
  await sql`drop schema w_brief cascade`.execute(doors.db);
  expect(await setUp()).toMatchObject({ status: 404, body: { code: 'unknown-workspace' } });
});

describe('migrate --all', () => {
  test('brings all up but the broken one, which it names and which alone isn’t served, until it is mended', async () => {
    const names = ['one', 'three', 'two'];
    for (const name of names) await prepareWorkspace({ db: doors.db, model: crmModel(), name });
    // As an earlier version left them: a column is missing, and in one of them something is in its place.
    for (const name of names) {
      await sql`alter table ${sql.id(`w_${name}`, 'account')} drop column website`.execute(doors.db);
      await sql`update ${sql.id(`w_${name}`, 'schema_state')} set fingerprint = 'of an earlier version'`.execute(
        doors.db,
      );
    }
    await sql`alter table w_three.account add column website integer[]`.execute(doors.db);
    const first = await run('migrate --all');
    expect(first).toMatchObject({ code: 3, out: '' });
    expect(first.notes).toMatch(/1\/4 +main +up to date/);
    expect(first.notes).toMatch(/2\/4 +one +\d+ steps done/);
    expect(first.notes).toMatch(/3\/4 +three +REFUSED, left as it was: account\.website/);
    expect(first.notes).toMatch(/4\/4 +two +\d+ steps done/);
    expect(first.notes).toContain('2 brought up, 1 up to date, 1 refused');
    const setUp = (name: string) => doors.call('GET', `/w/${name}/api/v1/setup`);
    for (const name of ['one', 'two']) expect((await setUp(name)).status).toBe(200);
    const refused = await setUp('three');
    expect(refused).toMatchObject({ status: 503, body: { code: 'workspace-broken' } });
    expect(refused.headers['retry-after']).toBeTruthy();
    const page = await doors.call('GET', '/w/three/', undefined, { accept: 'text/html' });
    expect(page).toMatchObject({ status: 503 });
    expect(page.text).toContain('“three” can’t be used just now');
    expect((await doors.admin.browser('GET', '/accounts')).status).toBe(200);

    await sql`alter table w_three.account drop column website`.execute(doors.db);
    const second = await run('migrate --all');
    expect(second).toMatchObject({ code: 0 });
    expect(second.notes).toContain('1 brought up, 3 up to date, 0 refused');
    await expect.poll(async () => (await setUp('three')).status).toBe(200);
    expect(await run('migrate --all --plan')).toMatchObject({ code: 0, out: '', notes: 'Nothing to do.' });
  });

  test('leaves one gone that is dropped before its turn', async () => {
    await prepareWorkspace({ db: doors.db, model: crmModel(), name: 'zz-last' });
    const state = sql.id('w_zz-last', 'schema_state');
    await sql`update ${state} set fingerprint = 'of an earlier version'`.execute(doors.db);
    const told: string[] = [];
    const migrating = await withMigrationLock(
      doors.db,
      'w_zz-last',
      () => {},
      async (connection) => {
        const tell = (line: string): void => void told.push(line);
        const all = migrateAll({ db: doors.db, model: crmModel(), allowDestructive: false, tell });
        await expect.poll(() => told.join('\n')).toContain('two');
        await sql`drop schema "w_zz-last" cascade`.execute(connection);
        return { all };
      },
    );
    expect(await migrating.all).toMatchObject({ done: 0, broken: [] });
    expect(told.at(-1)).toMatch(/zz-last +dropped meanwhile$/);
    expect(await schemas()).not.toContain('w_zz-last');
  });
});
