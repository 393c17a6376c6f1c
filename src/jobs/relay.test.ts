import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixedWorkspaces } from '../../test/harness/fixed-workspaces.ts';
import { until } from '../../test/harness/until.ts';
import { type TestWorkspace, testWorkspace } from '../../test/harness/workspace.ts';
import { createRecords } from '../engine/record/verbs.ts';
import { openPool } from '../engine/workspace/database.ts';
import { type Relay, startRelay } from './relay.ts';

let place: TestWorkspace;
let relay: Relay;
const told: string[] = [];
const failures: unknown[] = [];

beforeAll(async () => {
  place = await testWorkspace({
    subscribers: [
      { name: 'ear', on: [{ entity: 'account' }], send: async ({ record }) => void told.push(record) },
    ],
  });
  relay = await startRelay({
    db: place.system.db,
    workspaces: fixedWorkspaces(place.system.workspace),
    subscribers: place.system.workspace.model.subscribers,
    onFailure: (error) => failures.push(error),
  });
});
afterAll(async () => {
  await relay.stop();
  await place.close();
});

const make = async (): Promise<string> =>
  (await createRecords(place.system, place.entity('account'), [{ name: 'Told' }]))[0]?.id ?? '';

describe('the relay', () => {
  it('wakes by itself for what is written, in this process and others', async () => {
    const id = await make();
    await expect.poll(() => told).toContain(id);
    expect(failures).toEqual([]);
  });

  it('runs no statement while nothing is written', async () => {
    const watch = openPool(place.url, { max: 1, applicationName: 'watch' });
    const latest = async (): Promise<string> => {
      const { rows } = await sql<{ latest: string }>`
        select max(state_change)::text as latest from pg_stat_activity
        where datname = current_database() and backend_type = 'client backend' and application_name <> 'watch'`.execute(
        watch.db,
      );
      return rows[0]?.latest ?? '';
    };
    // What was begun before may end late on a busy machine; a relay that asks again and again never leaves such a gap.
    let before = '';
    const isQuiet = async (): Promise<boolean> => {
      const now = await latest();
      const was = before;
      before = now;
      return now === was;
    };
    expect(await until(isQuiet, Boolean, 2_000)).toBe(true);
    await watch.close();
  });
});
