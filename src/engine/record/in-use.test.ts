import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import { Problem } from '../../lib/problem.ts';
import { listRecords } from '../query/list.ts';
import { createRecords, removeRecords, restoreRecords, updateRecords } from './verbs.ts';

let it: TestWorkspace;

beforeAll(async () => {
  it = await testWorkspace();
});
afterAll(() => it.close());

const idOf = async (entity: string, where: string): Promise<string> =>
  (await listRecords(it.system, it.entity(entity), { where })).items[0]?.id ?? '';

const refusal = async (work: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await work.then(
    () => new Error('nothing was refused'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Problem)) throw error;
  return error.detail.mistakes?.map(({ message, params }) => [message.code, params?.count]);
};

test('a list value that records hold isn’t removed, and says how many; afterwards it is', async () => {
  const made = await createRecords(it.system, it.entity('account'), [
    { name: 'One', industry: 'energy' },
    { name: 'Two', industry: 'energy' },
  ]);
  const id = await idOf('base-value', 'list = "industry" and code = "energy"');
  const remove = () => removeRecords(it.system, it.entity('base-value'), [{ id }]);
  expect(await refusal(remove())).toEqual([['value-in-use', 2]]);
  await updateRecords(
    it.system,
    it.entity('account'),
    made.map((account) => ({ id: account.id, values: { industry: null } })),
  );
  await remove();
  await restoreRecords(it.system, it.entity('base-value'), [id]);
});

test('a role that users have isn’t removed; one that nobody has is', async () => {
  const sales = await idOf('role', 'code = "sales"');
  const [user] = await createRecords(it.system, it.entity('user'), [
    { name: 'Sal', email: 'sal@example.org', roles: [sales] },
  ]);
  const remove = () => removeRecords(it.system, it.entity('role'), [{ id: sales }]);
  expect(await refusal(remove())).toEqual([['role-in-use', 1]]);
  await updateRecords(it.system, it.entity('user'), [{ id: user?.id ?? '', values: { roles: [] } }]);
  expect(await remove()).toHaveLength(1);
});
