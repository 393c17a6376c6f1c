import { afterAll, beforeAll, expect, it } from 'vitest';
import { refusal } from '../../../test/harness/refusal.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import type { Ctx } from '../ctx.ts';
import { readRecord } from '../query/read.ts';
import { createRecords, removeRecords, updateRecords } from './verbs.ts';

let place: TestWorkspace;
let rep: Ctx;
let other: Ctx;
beforeAll(async () => {
  place = await testWorkspace();
  rep = await place.user('Ana Díaz', { teams: ['North'] });
  other = await place.user('Sam Other', { teams: ['South'] });
});
afterAll(() => place.close());

const account = () => place.entity('account');

it('a change that was overtaken again and again answers what stands, not what it read first', async () => {
  const [made] = await createRecords(rep, account(), [{ name: 'Overtaken' }]);
  const id = made?.id ?? '';
  const numbers = Array.from({ length: 12 }, (_, n) => n);
  const answers = await Promise.all(
    numbers.map((n) => updateRecords(rep, account(), [{ id, values: { employees: 100 + n } }])),
  );
  for (const [answer] of answers) expect(answer?.version).toBeGreaterThan(1);
  expect(await readRecord(rep, account(), id)).toMatchObject({ version: 13 });
});

it('what is refused as stale answers no record', async () => {
  const [made] = await createRecords(rep, account(), [{ name: 'Stale' }]);
  const change = { id: made?.id ?? '', version: 1 };
  await updateRecords(rep, account(), [{ ...change, values: { name: 'Fresh' } }]);
  const refused = updateRecords(rep, account(), [{ ...change, values: { name: 'Late' } }]);
  expect((await refusal(refused)).code).toBe('conflict');
});

it('the writer is answered what he would read: labels, rights and all', async () => {
  const [parent] = await createRecords(rep, account(), [{ name: 'Parent' }]);
  const [made] = await createRecords(rep, account(), [{ name: 'Child', parent: parent?.id }]);
  expect(made).toMatchObject({ parent: { label: 'Parent' } });
  expect(made).toEqual(await readRecord(rep, account(), made?.id ?? ''));
  const id = made?.id ?? '';
  const [changed] = await updateRecords(rep, account(), [{ id, values: { employees: 7 } }]);
  expect(changed).toMatchObject({ version: 2, employees: 7 });
  expect(changed).toEqual(await readRecord(rep, account(), id));
  const [removed] = await removeRecords(rep, account(), [{ id }]);
  expect(removed).toEqual(await readRecord(rep, account(), id, { removed: true }));
});

it('who gives a record away is told no more of it than that it is written', async () => {
  const [made] = await createRecords(rep, account(), [{ name: 'Given away' }]);
  const values = { owner: other.who.userId, teams: other.who.teams };
  const [given] = await updateRecords(rep, account(), [{ id: made?.id ?? '', values }]);
  expect(given).toEqual({ id: made?.id, version: 2, can: { update: false, remove: false } });
});
