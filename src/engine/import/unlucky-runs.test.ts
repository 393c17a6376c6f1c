import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { somebodyWaits } from '../../../test/harness/lock-waiters.ts';
import { refusal } from '../../../test/harness/refusal.ts';
import { overtaking } from '../../../test/harness/two-at-once.ts';
import { until } from '../../../test/harness/until.ts';
import type { Ctx } from '../ctx.ts';
import { createRecords } from '../record/verbs.ts';
import { readBatch, readSet } from './batch.ts';
import { checkSet } from './check.ts';
import { keepFile } from './files.ts';
import { type Importing, importing } from './importing.fixture.ts';
import { openImport, openKept } from './open.ts';
import { ImportGone } from './progress.ts';
import { rowOf, workbookOf } from './read/xlsx.fixture.ts';
import { runSet } from './run.ts';
import { cancelSet, removeSet, startSet } from './sets.ts';
import { undoSet } from './undo-import.ts';
import { rowsOut } from './view.ts';
import { workOnSet } from './work.ts';

let it: Importing;
beforeAll(async () => {
  it = await importing();
});
afterAll(() => it.workspace.close());

test('a letter that a long text is cut in two at is no reason to stop', async () => {
  const unknown = `${'x'.repeat(59)}😀 and more`;
  const contacts = await it.open(it.admin, 'contact', ['ID,Last name,Account', `k1,Doe,${unknown}`]);
  expect(await it.through(it.admin, contacts)).toMatchObject({ state: 'done', failed: 1 });
  const name = (end: string): string => `${'n'.repeat(198)}😀 ${end}`;
  const accounts = await it.open(
    it.admin,
    'account',
    ['Name,Parent', `${name('child')},${name('parent')}`, `${name('parent')},`],
    (mapping) => ({
      ...mapping,
      match: 'name',
      columns: mapping.columns.map((each) =>
        each.column === 'Parent' ? { column: 'Parent', to: 'parent', by: 'title' } : each,
      ),
    }),
  );
  expect(await it.through(it.admin, accounts)).toMatchObject({ state: 'done', position: 2, stopped: null });
});

test('a workbook whose long name is cut in two at a letter is opened all the same', async () => {
  const sheets = { Four: rowOf('ID', 'Name') + rowOf('n1', 'Named'), Two: rowOf('a', 'b') + rowOf('c', 'd') };
  const fileName = `${'😀'.repeat(125)}.xlsx`;
  const bytes = await workbookOf({ sheets });
  const id = await openImport(it.admin, { entity: 'account', fileName, bytes });
  const { fileName: kept } = await readBatch(it.admin, id);
  expect(kept.endsWith('😀.xlsx · Four')).toBe(true);
  expect(kept.isWellFormed()).toBe(true);
});

test('a new list value that is longer than its label may be is made once and known again, and a word of letters beyond the first plane', async () => {
  const industry = `${'i'.repeat(119)}😀 and more`;
  const accounts = await it.open(
    it.admin,
    'account',
    ['ID,Name,Industry', `w1,Long,${industry}`],
    (mapping) => ({
      ...mapping,
      columns: mapping.columns.map((each) =>
        each.column === 'Industry'
          ? { column: 'Industry', to: 'industry', values: { [industry]: { create: true } } }
          : each,
      ),
    }),
  );
  const made = (): number =>
    it.admin.workspace.baseValues.all('industry').filter((value) => value.label.en.startsWith('iiii')).length;
  expect(await it.through(it.admin, accounts)).toMatchObject({ state: 'done', created: 1, failed: 0 });
  expect(made()).toBe(1);
  const again = await it.open(it.admin, 'account', ['ID,Name,Industry', `w3,Long too,${industry}`]);
  expect(await it.through(it.admin, again)).toMatchObject({ state: 'done', created: 1, failed: 0 });
  expect(made()).toBe(1);
  const word = await it.open(it.admin, 'account', ['ID,Name', `w2,x${'𠮷'.repeat(60)}`]);
  expect(await it.through(it.admin, word)).toMatchObject({ state: 'done', created: 1 });
});

test('an import that is started while it is thrown away stays, for its undo', async () => {
  const id = await it.open(it.admin, 'account', ['ID,Name', 'kept,Kept']);
  const removing = await it.admin.db.transaction().execute(async (first) => {
    await startSet({ ...it.admin, db: first }, id, 'run');
    const second = refusal(removeSet(it.admin, id));
    await somebodyWaits(it.admin.db);
    return { second };
  });
  expect((await removing.second).code).toBe('conflict');
  await workOnSet(it.workspace.system, id);
  expect(await readBatch(it.admin, id)).toMatchObject({ state: 'done', created: 1 });
});

test('an undo that is asked for in the middle of a long chunk is taken up by who worked on it', async () => {
  const [standing] = await createRecords(it.admin, it.workspace.entity('account'), [
    { name: 'Standing', externalKeys: [{ source: 'test', key: 'long-1050' }] },
  ]);
  const rows = Array.from({ length: 1100 }, (_, row) => `long-${row},Long ${row}`);
  const id = await it.open(it.admin, 'account', ['ID,Name', ...rows]);
  await startSet(it.admin, id, 'run');
  const working = await it.admin.db.transaction().execute(async (other) => {
    // The second chunk has to wait for this one.
    await sql`select from w_main.account where id = ${standing?.id} for update`.execute(other);
    const first = workOnSet(it.workspace.system, id);
    await until(
      async () => (await readBatch(it.admin, id)).position,
      (position) => position === 1000,
    );
    await somebodyWaits(it.admin.db);
    await cancelSet(it.admin, id);
    await startSet(it.admin, id, 'undo');
    return { first };
  });
  await working.first;
  expect(await readBatch(it.admin, id)).toMatchObject({ state: 'undone', position: 1000 });
});

test.each(['run', 'check'] as const)(
  'a %s that was cancelled and asked for again goes on once',
  async (what) => {
    const id = await it.open(it.admin, 'account', ['ID,Name', `again-${what},Works`]);
    await startSet(it.admin, id, what);
    let asked = 0;
    const meanwhile = async (): Promise<Ctx> => {
      asked += 1;
      await cancelSet(it.admin, id);
      await it.map(it.admin, id, (mapping) => mapping);
      await startSet(it.admin, id, what);
      return it.admin;
    };
    const work = what === 'run' ? runSet : checkSet;
    await expect(work(it.admin, id, meanwhile)).rejects.toThrow(ImportGone);
    expect(asked).toBe(1);
    expect(await readBatch(it.admin, id)).toMatchObject({
      state: `${what === 'run' ? 'runn' : 'check'}ing`,
      position: 0,
    });
    await workOnSet(it.workspace.system, id);
    expect(await readBatch(it.admin, id)).toMatchObject({ position: 1, created: 1 });
  },
);

test('an undo that was cut short behind its last piece tells what it did', async () => {
  const id = await it.open(it.admin, 'account', ['ID,Name', 'u1,One', 'u2,Two']);
  expect(await it.through(it.admin, id)).toMatchObject({ created: 2 });
  await startSet(it.admin, id, 'undo');
  const killed = async (): Promise<Ctx> => {
    throw new Error('killed');
  };
  await expect(undoSet(it.admin, id, killed)).rejects.toThrow('killed');
  await workOnSet(it.workspace.system, id);
  const { state, report } = await readBatch(it.admin, id);
  expect([state, report.undo?.done, report.undo?.of]).toEqual(['undone', 2, 2]);
});

test('a file joins a set or finds it started, never in between', async () => {
  const set = await it.open(it.admin, 'account', ['ID,Name', 'j1,First']);
  const kept = await keepFile(it.admin, {
    fileName: 'late.csv',
    bytes: [Buffer.from('ID,Name\nj2,Second\n')],
  });
  const refused = await overtaking(
    it.admin,
    (db) => openKept({ ...it.admin, db }, kept, { set, entity: 'account' }),
    () => refusal(startSet(it.admin, set, 'run')),
  );
  expect(refused).toMatchObject({ code: 'conflict' });
  expect((await readSet(it.admin, set)).map(({ state }) => state)).toEqual(['draft', 'draft']);
  expect(await startSet(it.admin, set, 'run')).toBeUndefined();
});

test('of who may import nothing no byte is kept', async () => {
  const nobody = await it.workspace.user('Nobody', { roles: [] });
  let isRead = false;
  const bytes = (function* read(): Generator<Buffer> {
    isRead = true;
    yield Buffer.from('Name\nx\n');
  })();
  expect((await refusal(keepFile(nobody, { fileName: 'x.csv', bytes }))).code).toBe('forbidden');
  expect(isRead).toBe(false);
});

test('a name that the database doesn’t let be filled in is told with its row, and stops no other', async () => {
  const set = await it.open(
    it.admin,
    'account',
    ['ID,Name,Contact', 'c1,One,p2', 'c2,Two,p1'],
    (mapping) => ({
      ...mapping,
      columns: mapping.columns.map((each) =>
        each.column === 'Contact' ? { column: 'Contact', to: 'link:contacts', by: 'key' } : each,
      ),
    }),
  );
  const bytes = Buffer.from('ID,Last Name,Account ID\np1,First,c1\np2,Second,c2\n');
  await openImport(it.admin, { set, entity: 'contact', fileName: 'test-contacts.csv', bytes });
  const table = sql.id('w_main', 'account_contact');
  await sql`alter table ${table} add constraint odd check ("primary") not valid`.execute(it.admin.db);
  try {
    await startSet(it.admin, set, 'run');
    await workOnSet(it.workspace.system, set);
  } finally {
    await sql`alter table ${table} drop constraint odd`.execute(it.admin.db);
  }
  const files = await readSet(it.admin, set);
  expect(files.map(({ state, created, failed }) => [state, created, failed])).toEqual([
    ['done', 2, 0],
    ['done', 2, 0],
  ]);
  const { items } = await rowsOut(it.admin, set, { limit: 9 });
  expect(items.flatMap(({ mistakes }) => mistakes.map(({ code }) => code))).toEqual([
    'import-row-not-written',
    'import-row-not-written',
  ]);
});
