import { createReadStream } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSet } from './batch.ts';
import { keepFile } from './files.ts';
import { type Importing, importing } from './importing.fixture.ts';
import { hasNpsp, likeness, npspFiles, npspPath } from './npsp.fixture.ts';
import { openImport } from './open.ts';
import { openSet } from './open-set.ts';
import { inOrder } from './set-order.ts';
import { startSet } from './sets.ts';
import { setOut } from './view.ts';
import { workOnSet } from './work.ts';

let singly: Importing;
let together: Importing;
beforeAll(async () => {
  [singly, together] = await Promise.all([importing(), importing()]);
});
afterAll(() => Promise.all([singly.workspace.close(), together.workspace.close()]));

/** Every order in which things can be given. */
const orders = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  all.length < 2
    ? [all]
    : all.flatMap((first) =>
        orders(all.filter((each) => each !== first)).map((others) => [first, ...others]),
      );

const entities = npspFiles.map(([, entity]) => entity);
const reversed = npspFiles.toReversed();

async function openTogether(): Promise<string> {
  const { admin } = together;
  const kept = [];
  for (const [file] of reversed) {
    const fileName = `${file}.csv`;
    kept.push({ id: await keepFile(admin, { fileName, bytes: createReadStream(npspPath(file)) }), fileName });
  }
  return openSet(admin, kept);
}

async function through(set: string, what: 'check' | 'run' | 'undo') {
  await startSet(together.admin, set, what);
  await workOnSet(together.workspace.system, set, (error) => {
    throw error;
  });
  return setOut(together.admin, await readSet(together.admin, set));
}

describe.skipIf(!hasNpsp)('the four files of a charity in one run', { timeout: 600_000 }, () => {
  let set: string;
  let before: Awaited<ReturnType<typeof likeness>>;

  test('each is recognised, and all are worked on in the same order, whichever of the 24 they are given in', async () => {
    set = await openTogether();
    const files = await readSet(together.admin, set);
    expect(files.map(({ entity, source }) => [entity, source])).toEqual(
      entities.toReversed().map((entity) => [entity, 'npsp']),
    );
    for (const order of orders(files))
      expect(inOrder(together.admin, order).map(({ entity }) => entity)).toEqual(entities);
    expect(orders(files)).toHaveLength(24);
  });

  test('a check of the reversed files tells what the run does, and writes nothing', async () => {
    before = await likeness(together.admin.db);
    const checked = await through(set, 'check');
    expect(checked).toMatchObject({ state: 'checked', rows: 7263, position: 7263, failed: 0 });
    expect(await likeness(together.admin.db)).toEqual(before);
    const done = await through(set, 'run');
    expect(done).toMatchObject({ state: 'done', rows: 7263, position: 7263, failed: 0 });
    expect(done.created + done.updated + done.merged + done.skipped).toBe(7263);
    const told = ({ files }: typeof done) =>
      files.map(({ entity, created, updated, merged, skipped, failed, notes }) => ({
        entity,
        created,
        updated,
        merged,
        skipped,
        failed,
        notes,
      }));
    expect(told(checked)).toEqual(told(done));
    expect(done.files.map(({ entity }) => entity)).toEqual(entities);
  });

  test('the records are those that the four files make one by one', async () => {
    const { admin, workspace } = singly;
    for (const [file, entity, rows] of npspFiles) {
      const id = await openImport(admin, {
        entity,
        fileName: `${file}.csv`,
        bytes: createReadStream(npspPath(file)),
      });
      expect(await singly.through(admin, id)).toMatchObject({
        state: 'done',
        rows,
        position: rows,
        failed: 0,
      });
    }
    const [one, other] = [await likeness(workspace.system.db), await likeness(together.admin.db)];
    for (const [table, rows] of Object.entries(one)) expect([table, other[table]]).toEqual([table, rows]);
    expect(one.keys).toHaveLength(7263);
  });

  test('undoing the run takes all of them back', async () => {
    const undone = await through(set, 'undo');
    expect(undone).toMatchObject({ state: 'undone', undo: { refusedCount: 0 } });
    expect(await likeness(together.admin.db)).toEqual(before);
  });
});
