import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestDoors, testDoors } from '../../../test/harness/doors.ts';
import { fixedWorkspaces } from '../../../test/harness/fixed-workspaces.ts';
import { openPool } from '../../engine/workspace/database.ts';
import { loadWorkspace } from '../../engine/workspace/load.ts';
import { buildApp } from '../http/build-app.ts';
import { openLog } from '../log.ts';

/** A second process: an app of its own, on a pool and a snapshot of its own, that nobody notifies. */
let doors: TestDoors;
let other: Awaited<ReturnType<typeof buildApp>>;
let pool: ReturnType<typeof openPool>;
let sales: Caller;

beforeAll(async () => {
  doors = await testDoors();
  pool = openPool(doors.url, { max: 2 });
  const { model, name } = doors.workspace;
  // Loaded without listening: only the number that each request sees can tell it of a change.
  const workspace = await loadWorkspace({ db: pool.db, model, name });
  other = await buildApp(
    { ...doors.services, db: pool.db, workspaces: fixedWorkspaces(workspace) },
    await openLog('silent'),
  );
  sales = await doors.user('Sal');
});
afterAll(async () => {
  await other.close();
  await pool.close();
  await doors.close();
});

const askOther = async (path: string): Promise<{ readonly status: number; readonly text: string }> => {
  const answer = await other.inject({
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${sales.key}` },
  });
  return { status: answer.statusCode, text: answer.payload };
};

describe('what is set up in one process', () => {
  test('holds for the very next request in another that heard of nothing', async () => {
    expect((await askOther('/accounts/describe')).text).not.toContain('Newly listed');
    const made = await doors.admin.program('POST', '/base-values', {
      list: 'industry',
      code: 'newly-listed',
      labelEn: 'Newly listed',
    });
    expect(made.status, made.text).toBe(201);
    expect((await askOther('/accounts/describe')).text).toContain('Newly listed');
  });

  test('is counted once per write, in its transaction, and by nothing else', async () => {
    const count = async (): Promise<unknown> =>
      (
        await sql<{ value: unknown }>`select value from ${sql.id(doors.workspace.schema, 'setting')}
          where name = 'setup-version'`.execute(doors.db)
      ).rows[0]?.value;
    const before = Number(await count());
    expect((await doors.admin.program('POST', '/teams', { name: '' })).status).toBe(422);
    expect((await doors.admin.program('POST', '/accounts', { name: 'Not set-up' })).status).toBe(201);
    expect(await count()).toBe(before);
    expect((await doors.admin.program('POST', '/teams', { name: 'North' })).status).toBe(201);
    expect(await count()).toBe(before + 1);
    expect(doors.workspace.setupVersion).toBe(before + 1);
  });
});
