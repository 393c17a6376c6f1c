import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { type Db, systemWho, type Workspace } from '../../src/engine/ctx.ts';
import { MigrationRefused } from '../../src/engine/schema/migration-refused.ts';
import { openPool } from '../../src/engine/workspace/database.ts';
import { isMigrated, migrateWorkspace } from '../../src/engine/workspace/migrate.ts';
import { seedWorkspace } from '../../src/engine/workspace/seed.ts';
import { openWorkspaces } from '../../src/engine/workspace/workspaces.ts';
import { buildWaitingJob } from '../../src/jobs/build-waiting.job.ts';
import { searchRebuildJob } from '../../src/jobs/search-rebuild.job.ts';
import { type Jobs, startJobs } from '../../src/jobs/start-jobs.ts';
import type { Entity } from '../../src/model/entity.ts';
import type { Rule } from '../../src/model/rule.ts';
import type { DeclaredVerb } from '../../src/model/verb.ts';
import { createUsers } from '../../src/server/auth/account-writes.ts';
import { createApiKey } from '../../src/server/auth/api-keys.ts';
import { openSession } from '../../src/server/auth/sessions.ts';
import { setUpUnattended } from '../../src/server/auth/set-up.ts';
import { buildApp } from '../../src/server/http/build-app.ts';
import type { Services } from '../../src/server/http/services.ts';
import { openLog } from '../../src/server/log.ts';
import { testDatabase } from './database.ts';
import { productModel } from './workspace.ts';

/** The JSON of an answer; members that tests look into have types, the rest is compared as a whole. */
export interface AnswerBody {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly detail: string;
  readonly version: number;
  readonly key: string;
  readonly items: readonly AnswerBody[];
  readonly total: number | null;
  readonly next: string | null;
  readonly mistakes: readonly { readonly field: string; readonly code: string }[];
  readonly user: { readonly id: string; readonly roles: readonly string[] };
  readonly [member: string]: unknown;
}

/** What a door answered. */
export interface Answer {
  readonly status: number;
  /** Empty when the answer is no JSON. */
  readonly body: AnswerBody;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

type Call = (
  method: InjectOptions['method'],
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

/** Somebody of the tests who knocks at the doors. */
export interface Caller {
  readonly id: string;
  readonly email: string;
  readonly cookie: string;
  readonly key: string;
  /** As our own page does, with the session's cookie: the path is below `/w/<workspace>/api/v1`. */
  readonly browser: Call;
  /** As a program does, with a key: the path is below `/api/v1`. */
  readonly program: Call;
}

/** All doors on a database of the test's own. */
export interface TestDoors {
  readonly app: FastifyInstance;
  /** Address of the database. */
  readonly url: string;
  /** What the doors stand on, to build others like them. */
  readonly services: Services;
  readonly db: Db;
  readonly workspace: Workspace;
  /** Any request, with nobody signed in. */
  readonly call: Call;
  /** The administrator of the tests, whose password is `testPassword`. */
  readonly admin: Caller;
  /** Makes a user with these roles; his password is `testPassword` too. */
  user(name: string, roles?: readonly string[]): Promise<Caller>;
  close(): Promise<void>;
}

/** The password of everybody in the tests. */
export const testPassword = 'four words make one';

/** Opens all doors; nothing listens, requests are injected. */
export async function testDoors(
  o: {
    readonly more?: readonly Entity[];
    readonly rules?: readonly Rule[];
    readonly verbs?: readonly DeclaredVerb[];
    readonly webFolder?: string;
    readonly isSetUp?: boolean;
    /** Whether jobs are worked on. */
    readonly works?: boolean;
  } = {},
): Promise<TestDoors> {
  const database = await testDatabase();
  const pool = openPool(database.url, { max: 5 });
  const place = { db: pool.db, model: productModel(o.more, [], o.rules, o.verbs), name: 'main' };
  await migrateWorkspace(place);
  await seedWorkspace({ ...place, now: new Date() });
  const queue: { jobs: Jobs | null } = { jobs: null };
  const workspaces = await openWorkspaces({
    db: pool.db,
    model: place.model,
    onWaiting: (name) => {
      for (const job of [buildWaitingJob, searchRebuildJob]) void queue.jobs?.send(job, { workspace: name });
    },
    onFailure: (error, name) => {
      // One that is refused answers so at its doors.
      if (!(error instanceof MigrationRefused)) console.error(`workspace ${name}`, error);
    },
  });
  const workspace = await workspaces.find('main');
  if (!workspace) throw new Error('the workspace of the test is gone');
  const jobs = o.works
    ? await startJobs({
        url: database.url,
        seat: { db: pool.db, workspaces, onFailure: (error, what) => console.error(what, error) },
        works: true,
      })
    : null;
  queue.jobs = jobs;
  await jobs?.takeUp('main');
  const services: Services = {
    db: pool.db,
    workspaces,
    mainWorkspace: 'main',
    version: '1.2.3',
    publicUrl: null,
    hasSecureCookies: false,
    requestsPerMinute: 100_000,
    jobs,
    webFolder: o.webFolder ?? join(tmpdir(), `no-web-${randomUUID()}`),
    isReady: () => isMigrated(place),
  };
  const app = await buildApp(services, await openLog('silent'));
  const call: Call = async (method, url, body, headers = {}) => {
    const response = await app.inject({
      method: method ?? 'GET',
      url,
      headers: {
        ...(body === undefined || body instanceof Buffer ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { payload: typeof body === 'string' || body instanceof Buffer ? body : JSON.stringify(body) }),
    });
    const isJson = /[/+]json/.test(String(response.headers['content-type']));
    return {
      status: response.statusCode,
      body: (isJson && response.payload ? JSON.parse(response.payload) : {}) as AnswerBody,
      text: response.payload,
      headers: response.headers,
    };
  };
  const callerOf = (id: string, email: string) => callerIn({ call, db: pool.db, workspace }, id, email);
  const user: TestDoors['user'] = async (name, roles = ['sales']) => {
    const email = `${name.toLowerCase()}@example.org`;
    const ctx = {
      who: systemWho,
      workspace,
      locale: 'en',
      timeZone: 'UTC',
      now: new Date(),
      db: pool.db,
      door: 'system',
      batch: null,
    } as const;
    const known = await admin.browser('GET', '/roles?limit=200');
    const ids = known.body.items.filter((role) => roles.includes(String(role.code))).map((role) => role.id);
    const [created] = await createUsers(ctx, [{ name, email, roles: ids, password: testPassword }], () => '');
    return callerOf(created?.id ?? '', email);
  };
  const adminEmail = 'admin@example.org';
  const adminId =
    o.isSetUp === false
      ? null
      : await setUpUnattended(
          { db: pool.db, workspace },
          {
            name: 'Ada',
            email: adminEmail,
            password: testPassword,
            company: 'Test',
            locale: 'en',
            timeZone: 'Europe/Paris',
            currency: 'EUR',
          },
        );
  const admin = adminId === null ? ({ id: '' } as Caller) : await callerOf(adminId, adminEmail);
  return {
    app,
    url: database.url,
    services,
    db: pool.db,
    workspace,
    call,
    admin,
    user,
    async close() {
      await app.close();
      await jobs?.stop();
      await workspaces.close();
      await pool.close();
      await database.close();
    },
  };
}

/** Signs somebody of a workspace in, with a session and a key of his. */
export async function callerIn(
  { call, db, workspace }: Pick<TestDoors, 'call' | 'db' | 'workspace'>,
  id: string,
  email: string,
): Promise<Caller> {
  const now = new Date();
  const { name, schema } = workspace;
  const token = await openSession({ db, schema, now }, { userId: id, ip: '127.0.0.1', userAgent: 'test' });
  const made = await createApiKey(
    { db, schema, workspace: name, now },
    { userId: id, name: 'test', createdBy: id, expiresAt: null },
  );
  const cookie = `rapport_${name}=${token}`;
  const own = { cookie, 'sec-fetch-site': 'same-origin' };
  return {
    id,
    email,
    cookie,
    key: made.key,
    browser: (method, path, body, headers) =>
      call(method, `/w/${name}/api/v1${path}`, body, { ...own, ...headers }),
    program: (method, path, body, headers) =>
      call(method, `/api/v1${path}`, body, { authorization: `Bearer ${made.key}`, ...headers }),
  };
}
