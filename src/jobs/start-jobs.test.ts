import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixedWorkspaces } from '../../test/harness/fixed-workspaces.ts';
import { type TestWorkspace, testWorkspace } from '../../test/harness/workspace.ts';
import { type Jobs, startJobs } from './start-jobs.ts';
import { sweepJob } from './sweep.job.ts';

let place: TestWorkspace;
let jobs: Jobs;
const failures: unknown[] = [];

beforeAll(async () => {
  place = await testWorkspace();
  const { db, workspace } = place.system;
  const onFailure = (error: unknown): unknown => failures.push(error);
  jobs = await startJobs({
    url: place.url,
    seat: { db, workspaces: fixedWorkspaces(workspace), onFailure },
    works: true,
  });
});
afterAll(async () => {
  await jobs.stop();
  await place.close();
});

const left = async (): Promise<number> => {
  const { rows } = await sql<{ left: number }>`
    select count(*)::int as left from rapport_jobs.job where name = 'sweep' and state <> 'completed'`.execute(
    place.system.db,
  );
  return rows[0]?.left ?? 0;
};

test('work that is asked for all at once is done without a pause in between, that of a dropped workspace too', async () => {
  for (let count = 0; count < 30; count += 1)
    await jobs.send(sweepJob, { workspace: count % 2 === 0 ? 'main' : 'dropped' });
  await expect.poll(left).toBe(0);
  expect(failures).toEqual([]);
});
