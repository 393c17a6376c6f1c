import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusal } from '../../../test/harness/refusal.ts';
import { sharedData } from '../../../test/harness/shared-data.ts';
import type { ImportSet } from '../../model/import.ts';
import type { Ctx } from '../ctx.ts';
import { listRecords } from '../query/list.ts';
import { readSet } from './batch.ts';
import { type Importing, importing } from './importing.fixture.ts';
import { openImport } from './open.ts';
import { runSet } from './run.ts';
import { cancelSet, removeSet, startSet } from './sets.ts';
import { setOut } from './view.ts';
import { workOnSet } from './work.ts';

let it: Importing;
beforeAll(async () => {
  it = await importing();
});
afterAll(() => it.workspace.close());

interface Given {
  readonly entity: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

const file = (entity: string, fileName: string, lines: readonly string[]): Given => ({
  entity,
  fileName,
  bytes: Buffer.from(lines.join('\n')),
});

async function openAll(ctx: Ctx, files: readonly Given[]): Promise<string> {
  const [first, ...others] = files;
  if (!first) throw new Error('no file');
  const set = await openImport(ctx, first);
  for (const other of others) await openImport(ctx, { ...other, set });
  return set;
}

async function through(ctx: Ctx, set: string, what: 'check' | 'run' | 'undo'): Promise<ImportSet> {
  await startSet(ctx, set, what);
  await workOnSet(it.workspace.system, set, (error) => {
    throw error;
  });
  return setOut(ctx, await readSet(ctx, set));
}

const live = async (table: string): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${sql.id('w_main', table)} where removed_at is null`.execute(
    it.admin.db,
  );
  return rows[0]?.count ?? 0;
};

const small = [
  file('account', 'x-accounts.csv', ['ID,Name', 'a1,Works', 'a2,Mills']),
  file('contact', 'x-contacts.csv', ['ID,Last Name,Account ID', 'c1,Ruiz,a1', 'c2,Petit,a9']),
  file('opportunity', 'x-opportunities.csv', [
    'ID,Name,Stage,Close Date,Account ID,Primary Contact ID',
    'o1,Deal,Prospecting,2026-12-01,a1,c1',
    'o2,Deal,Prospecting,2026-12-01,a2,c2',
  ]),
];

describe('several files are one import', () => {
  test('in whatever order they come, those that are named are written first, and one dry run covers all', async () => {
    const set = await openAll(it.admin, small.toReversed());
    const checked = await through(it.admin, set, 'check');
    expect(checked).toMatchObject({ state: 'checked', rows: 6, position: 6, created: 4, failed: 2 });
    expect(checked.files.map(({ entity }) => entity)).toEqual(['account', 'contact', 'opportunity']);
    expect(await live('contact')).toBe(0);
    expect(checked.files.flatMap(({ id }) => id)).toHaveLength(3);
    const done = await through(it.admin, set, 'run');
    expect(done).toMatchObject({ state: 'done', rows: 6, created: 4, failed: 2, merged: 0 });
    const refused = await Promise.all(done.files.map(({ id }) => it.refusals(it.admin, id)));
    expect(refused).toEqual([
      [],
      ['3: Account ID: import-unknown-reference-key'],
      ['3: Primary Contact ID: import-unknown-reference-key'],
    ]);
    expect((await refusal(cancelSet(it.admin, set))).code).toBe('conflict');
    expect((await refusal(removeSet(it.admin, set))).code).toBe('conflict');
    const undone = await through(it.admin, set, 'undo');
    expect(undone).toMatchObject({ state: 'undone', undo: { refusedCount: 0 } });
    expect([await live('account'), await live('contact'), await live('opportunity')]).toEqual([0, 0, 0]);
    await removeSet(it.admin, set);
    expect((await refusal(readSet(it.admin, set))).code).toBe('not-found');
  });

  test('files that name one another are closed by a second write', async () => {
    // Contacts name their accounts, and accounts their parents and, by a link, the contacts.
    const set = await openAll(it.admin, [
      file('account', 'ring-accounts.csv', [
        'ID,Name,Contact',
        'r1,Ring one,p1',
        'r2,Ring two,p2',
        'r3,Ring three,p9',
      ]),
      file('contact', 'ring-contacts.csv', ['ID,Last Name,Account ID', 'p1,First,r1', 'p2,Second,r2']),
    ]);
    const [accounts] = await readSet(it.admin, set);
    const targets = (await it.targets(it.admin, accounts?.id ?? '')).map(({ to }) => to);
    const link = targets.find((to) => to === 'link:contacts');
    expect(link).toBe('link:contacts');
    await it.map(it.admin, accounts?.id ?? '', (mapping) => ({
      ...mapping,
      columns: mapping.columns.map((each) =>
        each.column === 'Contact' ? { column: 'Contact', to: 'link:contacts', by: 'key' } : each,
      ),
    }));
    const done = await through(it.admin, set, 'run');
    expect(done).toMatchObject({ state: 'done', rows: 5, created: 4, failed: 1 });
    const { items } = await listRecords(it.admin, it.workspace.entity('contact'), {
      where: 'account.name starts with "Ring"',
      fields: ['name', 'account.name'],
      sort: 'createdAt',
    });
    expect(items.map((each) => each['account.name'])).toEqual(['Ring one', 'Ring two']);
    expect((await through(it.admin, set, 'undo')).undo?.refusedCount).toBe(0);
    expect([await live('account'), await live('contact'), await live('account_contact')]).toEqual([0, 0, 0]);
  });

  test('cancelled between chunks it keeps what it wrote, goes on where it was, and is undone', async () => {
    // All but the first name it, and it comes last: they wait in the database.
    const many = Array.from({ length: 2500 }, (_, row) => `m${row},Many ${row},${row > 0 ? 'm0' : ''}`);
    const set = await openAll(it.admin, [
      file('account', 'm-accounts.csv', ['ID,Name,Parent ID', ...many.toReversed()]),
      file('contact', 'm-contacts.csv', ['ID,Last Name,Account ID', 'c1,Ruiz,m1', 'c2,Petit,m2400']),
    ]);
    await startSet(it.admin, set, 'run');
    let chunks = 0;
    const cancelling = async (): Promise<Ctx> => {
      chunks += 1;
      if (chunks === 7) await cancelSet(it.admin, set);
      return it.admin;
    };
    await expect(runSet(it.admin, set, cancelling)).rejects.toThrow('no longer running');
    const stopped = await setOut(it.admin, await readSet(it.admin, set));
    expect(stopped).toMatchObject({ state: 'cancelled', can: { run: true, undo: true, map: false } });
    expect(stopped.position).toBeGreaterThan(0);
    expect(stopped.position).toBeLessThan(2502);
    expect(await live('account')).toBe(stopped.created);
    expect(await through(it.admin, set, 'run')).toMatchObject({
      state: 'done',
      // What is shown as its records was written since it first began.
      startedAt: stopped.startedAt,
      position: 2502,
      created: 2502,
      merged: 0,
      failed: 0,
    });
    expect(await live('account')).toBe(2500);
    await through(it.admin, set, 'undo');
    expect([await live('account'), await live('contact')]).toEqual([0, 0]);
  });

  test('rows of one record are written in their order though the first of them has to wait', async () => {
    const set = await openAll(it.admin, [
      file('account', 'w-accounts.csv', [
        'ID,Name,Parent ID',
        'w1,Early,w2',
        ...Array.from({ length: 1000 }, (_, row) => `v${row},Between,`),
        'w1,Late,',
        'w2,Parent,',
      ]),
    ]);
    expect(await through(it.admin, set, 'run')).toMatchObject({ created: 1002, merged: 1, failed: 0 });
    const { items } = await listRecords(it.admin, it.workspace.entity('account'), {
      where: 'parent.name = "Parent"',
    });
    expect(items.map(({ name }) => name)).toEqual(['Late']);
    await through(it.admin, set, 'undo');
  });

  test('a set is its author’s, and takes files only before it runs', async () => {
    const set = await openAll(it.admin, small.slice(0, 1));
    expect((await refusal(readSet(it.sam, set))).code).toBe('not-found');
    expect((await refusal(openImport(it.sam, { ...(small[1] as Given), set }))).code).toBe('not-found');
    await through(it.admin, set, 'run');
    expect((await refusal(openImport(it.admin, { ...(small[1] as Given), set }))).detail.message?.code).toBe(
      'import-set-started',
    );
    await through(it.admin, set, 'undo');
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from w_main.import_piece p
      where not exists (select from w_main.import_batch b where b.id = p.file)`.execute(it.admin.db);
    expect(rows[0]?.count).toBe(0);
  });
});

const isThere = sharedData('crm/npsp-accounts.csv') !== null;
const npsp = [
  ['npsp-accounts', 'account'],
  ['npsp-contacts', 'contact'],
  ['npsp-opportunities', 'opportunity'],
  ['npsp-opportunity-contact-roles', 'opportunity-contact'],
] as const;

describe.skipIf(!isThere)('the four files of a charity', () => {
  const given = (order: readonly number[]): readonly Given[] =>
    order.map((place) => {
      const [name = '', entity = ''] = npsp[place] ?? [];
      return { entity, fileName: `${name}.csv`, bytes: readFileSync(sharedData(`crm/${name}.csv`) ?? '') };
    });
  const orders = permutations([0, 1, 2, 3]);

  test('are worked on in one order, in whichever of the 24 they are given', async () => {
    const found = new Set<string>();
    const opened = await openAll(it.admin, given([0, 1, 2, 3]));
    const files = await readSet(it.admin, opened);
    for (const order of orders) {
      const inThis = order.flatMap((place) => files[place] ?? []);
      const set = await setOut(it.admin, inThis);
      found.add(set.files.map(({ entity }) => entity).join());
    }
    expect([...found]).toEqual([npsp.map(([, entity]) => entity).join()]);
    await removeSet(it.admin, opened);
  });

  test('come to the same in one run as one by one, the last given first', async () => {
    const set = await openAll(it.admin, given([3, 2, 1, 0]));
    const done = await through(it.admin, set, 'run');
    expect(done).toMatchObject({
      state: 'done',
      rows: 7263,
      position: 7263,
      failed: 0,
      merged: 0,
      skipped: 0,
    });
    expect(done.files.map(({ created, updated }) => [created, updated])).toEqual([
      [1223, 0],
      [1024, 0],
      [1517, 0],
      [2192, 1307],
    ]);
    const undone = await through(it.admin, set, 'undo');
    expect(undone).toMatchObject({ state: 'undone', undo: { refusedCount: 0 } });
    expect([await live('account'), await live('contact'), await live('opportunity')]).toEqual([0, 0, 0]);
  });
});

function permutations(all: readonly number[]): readonly (readonly number[])[] {
  if (all.length <= 1) return [all];
  return all.flatMap((first) =>
    permutations(all.filter((each) => each !== first)).map((rest) => [first, ...rest]),
  );
}
