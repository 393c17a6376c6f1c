import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mistakes, refusal } from '../../../test/harness/refusal.ts';
import { overtaking } from '../../../test/harness/two-at-once.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import type { Ctx } from '../ctx.ts';
import { history } from '../events/history.ts';
import { readRecord } from '../query/read.ts';
import { createRecords, removeRecords, updateRecords } from './verbs.ts';

let place: TestWorkspace;
let rep: Ctx;
let colleague: Ctx;

beforeAll(async () => {
  place = await testWorkspace();
  rep = await place.user('Ana Díaz');
  colleague = await place.user('Émile Noël');
});
afterAll(() => place.close());

const account = () => place.entity('account');
const one = async (input: Record<string, unknown>) => {
  const [made] = await createRecords(rep, account(), [input]);
  if (!made) throw new Error('nothing was created');
  return made;
};
describe('two at once', () => {
  it('never both give the same external key, and the second one is told', async () => {
    const input = { name: 'Same key', externalKeys: [{ source: 'other', key: 'a1' }] };
    const problem = await refusal(
      overtaking(
        rep,
        (db) => createRecords({ ...rep, db }, account(), [input]),
        () => createRecords(rep, account(), [input]),
      ),
    );
    expect(mistakes(problem)).toEqual([['externalKeys', 'external-key-taken']]);
    const { rows } = await sql`select from w_main.account where name = 'Same key'`.execute(place.system.db);
    expect(rows).toHaveLength(1);
  });

  it('never both take a unique value, and the second one is told which', async () => {
    const users = place.entity('user');
    const input = { name: 'Twin', email: 'twin@example.org' };
    const problem = await refusal(
      overtaking(
        rep,
        (db) => createRecords({ ...place.system, db }, users, [input]),
        () => createRecords(place.system, users, [input]),
      ),
    );
    expect(mistakes(problem)).toEqual([['email', 'not-unique']]);
  });

  it('leave a record its keys when its removal comes too late', async () => {
    const made = await one({ name: 'Keeps keys', externalKeys: [{ source: 'other', key: 'a2' }] });
    const problem = await refusal(
      overtaking(
        rep,
        (db) =>
          updateRecords({ ...rep, db }, account(), [
            { id: made.id, values: { owner: colleague.who.userId } },
          ]),
        () => removeRecords(rep, account(), [{ id: made.id }]),
      ),
    );
    expect(problem.code).toBe('not-found');
    const { rows } = await sql`select removed_at from w_main.external_key where record = ${made.id}`.execute(
      place.system.db,
    );
    expect(rows).toEqual([{ removed_at: null }]);
  });

  it('are told in the order in which they wrote, whichever asked first', async () => {
    const made = await one({ name: 'Ordered' });
    const early: Ctx = { ...rep, now: new Date(Date.now() + 2_000) };
    const late: Ctx = { ...rep, now: new Date(Date.now() + 3_000) };
    await updateRecords(late, account(), [{ id: made.id, values: { number: '2' } }]);
    await updateRecords(early, account(), [{ id: made.id, values: { number: '3' } }]);
    const { items } = await history(rep, account(), made.id);
    expect(items.map(({ version }) => version)).toEqual([3, 2, 1]);
    const now = await readRecord(rep, account(), made.id);
    expect(now).toMatchObject({ number: '3', updatedAt: late.now.toISOString() });
  });
});

describe('a key sent again', () => {
  it('changes nothing', async () => {
    const externalKeys = [{ source: 'other', key: 'a3' }];
    const made = await one({ name: 'Again', externalKeys });
    const [again] = await updateRecords(rep, account(), [{ id: made.id, values: { externalKeys } }]);
    expect(again?.version).toBe(1);
  });
});
