import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import { undoBatch } from '../events/undo-batch.ts';
import { readRecord } from '../query/read.ts';
import { createRecords } from '../record/verbs.ts';
import { orderBulk } from './order.ts';
import { listRuns } from './runs.ts';
import { sweepRuns } from './sweep-runs.ts';
import { workOnBulk } from './work.ts';

let place: TestWorkspace;
beforeAll(async () => {
  place = await testWorkspace();
});
afterAll(() => place.close());

const weeks = (count: number): Date => new Date(Date.now() - count * 7 * 24 * 3600 * 1000);

test('a run that ended eight weeks ago goes with all it told, and what it wrote can be undone all the same', async () => {
  const { system } = place;
  const account = place.entity('account');
  const [made] = await createRecords(system, account, [{ name: 'Old' }]);
  const id = made?.id ?? '';
  const run = async (name: string): Promise<string> => {
    const begun = await orderBulk(system, account, { verb: 'update', ids: [id], values: { name } });
    await workOnBulk(system, begun);
    return begun;
  };
  const [old, young, waiting] = [
    await run('Older'),
    await run('Younger'),
    await orderBulk(system, account, { verb: 'remove', ids: [id] }),
  ];
  await sql`update w_main.bulk_run set finished_at = ${weeks(9)} where id = ${old}`.execute(system.db);
  await sql`update w_main.bulk_run set finished_at = ${weeks(7)} where id = ${young}`.execute(system.db);
  await sql`update w_main.bulk_run set created_at = ${weeks(9)} where id = ${waiting}`.execute(system.db);
  await sweepRuns(system, new Date());
  const left = (await listRuns(system, { limit: 10 })).items.map((each) => each.id);
  expect(left.sort()).toEqual([young, waiting].sort());
  const { rows } = await sql<{ run: string }>`select distinct run from w_main.bulk_row`.execute(system.db);
  expect(rows.map((row) => row.run).sort()).toEqual([young, waiting].sort());
  await undoBatch(system, young);
  await undoBatch(system, old);
  expect(await readRecord(system, account, id)).toMatchObject({ name: 'Old' });
});
