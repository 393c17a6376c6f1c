import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { DuplicatePolicy, ImportState } from '../../model/import.ts';
import type { Ctx } from '../ctx.ts';
import { listRecords } from '../query/list.ts';
import { createRecords, removeRecords, updateRecords } from '../record/verbs.ts';
import { type Importing, importing } from './importing.fixture.ts';

let it: Importing;
let known = '';
let teams: readonly string[] = [];
beforeAll(async () => {
  it = await importing();
});
afterAll(() => it.workspace.close());

const contact = () => it.workspace.entity('contact');

/** Imports a row that looks like Ana Ruiz, two that look like one another and nobody else, and a stranger. */
async function imported(policy: DuplicatePolicy | null, ctx: Ctx): Promise<ImportState> {
  const [ana] = await createRecords(it.admin, contact(), [
    { name: { first: 'Ana', last: 'Ruiz' }, email: 'ana@example.org', teams },
  ]);
  known = ana?.id ?? '';
  const id = await it.open(
    ctx,
    'contact',
    [
      'ID,First Name,Last Name,Email,Job Title',
      'd1,Ana,Ruiz,ANA@example.org,Buyer',
      'd2,Bruno,Petit,bruno@example.org,Baker',
      'd3,Bruno,Petit,bruno@example.org,Builder',
      'd4,Chloé,Moreau,chloe@example.org,',
    ],
    (mapping) => ({ ...mapping, ...(policy ? { duplicates: policy } : {}) }),
  );
  const checked = await it.through(ctx, id, 'check');
  const done = await it.through(ctx, id);
  const { created, updated, merged, skipped, failed } = checked;
  expect(done).toMatchObject({ state: 'done', created, updated, merged, skipped, failed, rows: 4 });
  expect(created + updated + merged + skipped + failed).toBe(4);
  return done;
}

const jobs = async (): Promise<readonly unknown[]> =>
  (await listRecords(it.admin, contact(), { sort: 'email' })).items.map(({ jobTitle }) => jobTitle);

afterEach(async () => {
  const { items } = await listRecords(it.admin, contact(), {});
  await removeRecords(
    it.admin,
    contact(),
    items.map(({ id }) => ({ id })),
  );
});

describe('rows that look like records there are', () => {
  test.each([null, 'create'] as const)('become records of their own (%s)', async (policy) => {
    expect(await imported(policy, it.admin)).toMatchObject({ created: 4, merged: 0 });
  });

  test('change the records, and take their keys there; one undo takes it back', async () => {
    const done = await imported('update', it.admin);
    expect(done).toMatchObject({ created: 2, merged: 2, failed: 0 });
    expect(await jobs()).toEqual(['Buyer', 'Builder', null]);
    expect(await it.through(it.admin, done.id, 'undo')).toMatchObject({ undo: { refusedCount: 0 } });
    expect(await jobs()).toEqual([null]);
  });

  test('are passed over', async () => {
    const done = await imported('skip', it.admin);
    expect(done).toMatchObject({ created: 2, skipped: 2 });
    expect(await jobs()).toEqual([null, 'Baker', null]);
  });

  test('are refused, each with the record it looks like', async () => {
    const done = await imported('refuse', it.admin);
    expect(done).toMatchObject({ created: 2, failed: 2 });
    expect(await it.refusals(it.admin, done.id)).toEqual([
      '2: -: import-looks-like',
      '4: -: import-looks-like',
    ]);
  });

  test('never change what the importer may not, nor are they told of what he can’t see', async () => {
    expect(await imported('update', it.sam)).toMatchObject({ created: 3, merged: 1, failed: 0 });
    const system = it.workspace.system;
    const [team] = await createRecords(system, it.workspace.entity('team'), [{ name: 'Ours' }]);
    teams = [team?.id ?? ''];
    await updateRecords(system, it.workspace.entity('user'), [
      { id: it.sam.who.userId ?? '', values: { memberOf: teams } },
    ]);
    const { items: mine } = await listRecords(it.admin, contact(), {});
    await removeRecords(
      it.admin,
      contact(),
      mine.map(({ id }) => ({ id })),
    );
    const done = await imported('update', { ...it.sam, who: { ...it.sam.who, teams } });
    expect(await it.refusals(it.sam, done.id)).toEqual(['2: -: import-alike-not-writable']);
    const { items } = await listRecords(it.admin, contact(), { where: 'email = "ana@example.org"' });
    expect(items.map(({ id, jobTitle }) => [id, jobTitle])).toEqual([[known, null]]);
  });
});
