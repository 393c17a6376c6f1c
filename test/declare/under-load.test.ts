import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { longestWait } from '../../src/engine/declare/brief-ddl.ts';
import { buildWaiting } from '../../src/engine/declare/build-waiting.ts';
import { type OpenPool, openPool } from '../../src/engine/workspace/database.ts';
import { type OpenWorkspace, openWorkspace } from '../../src/engine/workspace/open.ts';
import { buildApp } from '../../src/server/http/build-app.ts';
import { openLog } from '../../src/server/log.ts';
import { ctxOf } from '../doors/write-doors.ts';
import { type AnswerBody, type Caller, type TestDoors, testDoors } from '../harness/doors.ts';
import { fixedWorkspaces } from '../harness/fixed-workspaces.ts';
import { until } from '../harness/until.ts';
import { declareAll, samples } from './every-type.fixture.ts';

// Everything here waits for locks on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

let doors: TestDoors;
let admin: Caller;
let account: string;
let pool: OpenPool;
let workspace: OpenWorkspace;
/** The same requests, answered by another process: its own connections, its own snapshot of the set-up. */
let elsewhere: Caller['program'];
let closeElsewhere: () => Promise<void>;

beforeAll(async () => {
  doors = await testDoors();
  admin = doors.admin;
  account = (await admin.program('POST', '/accounts', { name: 'Maison Élan' })).body.id;
  await sql`insert into w_main.contact (id, version, created_at, updated_at, name_first, name_last, name_fold)
    select gen_random_uuid(), 1, now(), now(), 'C', n::text, 'c ' || n from generate_series(1, 20000) n`.execute(
    doors.db,
  );
  pool = openPool(doors.url, { max: 5 });
  workspace = await openWorkspace({ db: pool.db, model: doors.workspace.declaredInCode, name: 'main' });
  const services = { ...doors.services, db: pool.db, workspaces: fixedWorkspaces(workspace) };
  const app = await buildApp(services, await openLog('silent'));
  elsewhere = async (method, path, body) => {
    const response = await app.inject({
      method: method ?? 'GET',
      url: `/api/v1${path}`,
      headers: {
        authorization: `Bearer ${admin.key}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { payload: JSON.stringify(body) } : {}),
    });
    const { payload: text, statusCode: status, headers } = response;
    return { status, text, headers, body: (text ? JSON.parse(text) : {}) as AnswerBody };
  };
  closeElsewhere = () => app.close();
});
afterAll(async () => {
  await closeElsewhere();
  await workspace.close();
  await pool.close();
  await doors.close();
});

/** People who create, change, find and list contacts, one after another, until told to stop; answers what failed. */
function people(
  call: Caller['program'],
  count: number,
): { stop(): Promise<readonly string[]>; done(): number } {
  let isStopped = false;
  let done = 0;
  const failed: string[] = [];
  const asked = async (...request: Parameters<Caller['program']>): Promise<AnswerBody> => {
    const { status, text, body } = await call(...request);
    if (status >= 300) failed.push(`${request[0]} ${request[1]}: ${status} ${text}`);
    done += 1;
    return body;
  };
  const person = async (name: number): Promise<void> => {
    for (let turn = 0; !isStopped; turn += 1) {
      const { id } = await asked('POST', '/contacts', { name: { first: `P${name}`, last: `T${turn}` } });
      await asked('PATCH', `/contacts/${id}`, { version: 1, jobTitle: `job ${turn}` });
      await asked('GET', `/contacts/${id}`);
      await asked('GET', `/contacts?where=${encodeURIComponent('name contains "p1"')}&limit=5`);
      if (turn % 3 === 0) await asked('DELETE', `/contacts/${id}?version=2`);
    }
  };
  const all = Promise.all(Array.from({ length: count }, (_, name) => person(name)));
  return {
    done: () => done,
    stop: async () => {
      isStopped = true;
      await all;
      return failed;
    },
  };
}

test('an entity with a field of every type, and a field of every type on contacts, are declared while two processes write, and nothing fails', async () => {
  const writing = [people(admin.program, 2), people(elsewhere, 2)];
  const made = await admin.program('POST', '/custom-entities', { oneEn: 'Project', manyEn: 'Projects' });
  expect(made.status).toBe(201);
  // One by one, each a change of tables that others are using.
  for (const [name, { type, options, sent }] of Object.entries(samples(account))) {
    for (const entity of ['x-project', 'contact']) {
      const field = { entity, name, type, labelEn: name, options: options ?? null };
      const { status, text } = await admin.program('POST', '/custom-fields', field);
      expect([status, status === 201 ? '' : text]).toEqual([201, '']);
    }
    // The other process knows of it with its next request.
    const there = await elsewhere('POST', '/x-projects', { name: 'Tower', [name]: sent });
    expect([there.status, there.text]).toEqual([201, expect.stringContaining(`"${name}":`)]);
  }
  const sortable = await admin.program('POST', '/custom-fields', {
    entity: 'contact',
    type: 'text',
    labelEn: 'Badge',
    unique: true,
    sortable: true,
  });
  await buildWaiting(ctxOf(doors, admin, 'system'));
  expect((await elsewhere('POST', '/contacts', { name: { last: 'One' }, xBadge: 'B1' })).status).toBe(201);
  expect((await elsewhere('POST', '/contacts', { name: { last: 'Two' }, xBadge: 'b1' })).status).toBe(422);
  await admin.program('DELETE', `/custom-fields/${sortable.body.id}`);
  expect((await elsewhere('POST', '/contacts', { name: { last: 'Two' }, xBadge: 'b2' })).status).toBe(422);
  await expect.poll(() => Math.min(...writing.map(({ done }) => done()))).toBeGreaterThan(20);
  expect((await Promise.all(writing.map(({ stop }) => stop()))).flat()).toEqual([]);
});

test('a change of tables that has to wait for somebody lets everybody else pass, and is made once he is done', async () => {
  const reader = await pool.pool.connect();
  await reader.query('begin');
  await reader.query('select count(*) from w_main.contact');
  const writing = people(elsewhere, 2);
  let isDeclared = false;
  const declared = admin
    .program('POST', '/custom-fields', { entity: 'contact', type: 'text', labelEn: 'Waited for' })
    .then((answer) => {
      isDeclared = true;
      return answer;
    });
  const waitsForReader = sql`select from pg_stat_activity
    where datname = current_database() and query like 'alter table%' and wait_event_type = 'Lock'`;
  await until(async () => (await waitsForReader.execute(doors.db)).rows.length, Boolean, 5);
  // Others go on in between: each waits behind the change of the table no longer than that waits itself.
  const before = writing.done();
  await until(
    () => writing.done() - before,
    (done) => done > 4,
  );
  expect(isDeclared).toBe(false);
  expect(longestWait).toBeLessThanOrEqual(200);
  await reader.query('commit');
  reader.release();
  expect((await declared).status).toBe(201);
  expect(await writing.stop()).toEqual([]);
});

test('where somebody never ends, the change is refused as a whole, and told to be tried later', async () => {
  const holder = await pool.pool.connect();
  await holder.query('begin');
  await holder.query('lock table w_main.account in access share mode');
  const answer = await admin.program('POST', '/custom-fields', {
    entity: 'account',
    type: 'text',
    labelEn: 'Never',
  });
  await holder.query('commit');
  holder.release();
  expect([answer.status, answer.body.code]).toEqual([503, 'table-in-use']);
  const { body } = await admin.program(
    'GET',
    `/custom-fields?where=${encodeURIComponent('name = "xNever"')}`,
  );
  expect(body.items).toEqual([]);
  const again = await admin.program('POST', '/custom-fields', {
    entity: 'account',
    type: 'text',
    labelEn: 'Never',
  });
  expect(again.status).toBe(201);
});

test('two administrators who declare the same at the same time get one field, and a name for the reason', async () => {
  const field = { entity: 'account', type: 'text', labelEn: 'Race' };
  const answers = await Promise.all([
    admin.program('POST', '/custom-fields', field),
    elsewhere('POST', '/custom-fields', field),
  ]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 422]));
  expect(answers.flatMap(({ body }) => body.mistakes ?? [])).toMatchObject([
    { field: 'name', code: 'custom-taken' },
  ]);
});

test('everything of it can be declared at once in one request', async () => {
  await admin.program('POST', '/custom-entities', { oneEn: 'Other', manyEn: 'Others' });
  expect(await declareAll(admin, 'x-other', account)).toHaveLength(Object.keys(samples(account)).length);
});
