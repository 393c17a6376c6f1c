import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, type TestDoors, testDoors } from '../harness/doors.ts';
import { fingerprint } from '../harness/fingerprint.ts';

let doors: TestDoors;
beforeAll(async () => {
  doors = await testDoors();
});
afterAll(() => doors.close());

const refused = async (work: () => Promise<Answer>, code: string): Promise<void> => {
  const before = await fingerprint(doors.db, doors.workspace.schema);
  const answer = await work();
  expect(answer, answer.text).toMatchObject({ status: 422, body: { mistakes: [{ field: 'code', code }] } });
  expect(await fingerprint(doors.db, doors.workspace.schema)).toEqual(before);
};

test.each(['*', ' * '])('no role can be called %o, which stands for everybody in the declarations', (code) =>
  refused(() => doors.admin.program('POST', '/roles', { code, name: 'All' }), 'role-code-reserved'),
);

test('the code of a role stays, as what is declared goes by it; its name doesn’t', async () => {
  const { items } = (await doors.admin.program('GET', '/roles')).body;
  const sales = items.find(({ code }) => code === 'sales');
  const path = `/roles/${sales?.id}`;
  const version = sales?.version;
  await refused(() => doors.admin.program('PATCH', path, { version, code: 'vente' }), 'role-code-kept');
  const renamed = await doors.admin.program('PATCH', path, { version, code: 'sales', name: 'Vente' });
  expect(renamed, renamed.text).toMatchObject({ status: 200, body: { name: 'Vente', code: 'sales' } });
});
