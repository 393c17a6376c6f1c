import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ctx } from '../ctx.ts';
import { asAsker } from '../long-work/asker.ts';
import { readMany } from '../query/read.ts';
import { updateRecords } from '../record/verbs.ts';
import { readBatch } from './batch.ts';
import { checkSet } from './check.ts';
import { chunkSize } from './chunk-stream.ts';
import { type Importing, importing } from './importing.fixture.ts';
import { ImportGone } from './progress.ts';
import { runSet } from './run.ts';
import { cancelSet, startSet } from './sets.ts';
import { undoSet } from './undo-import.ts';
import { rowsOut, stateOut } from './view.ts';
import { waitingSets, workOnSet } from './work.ts';

let it: Importing;
beforeAll(async () => {
  it = await importing();
});
afterAll(() => it.workspace.close());

describe('work that is cut short', () => {
  const rows = 2 * chunkSize + 200;
  // A row of the second chunk has the key of the first row.
  const lines = [
    'ID,Name',
    ...Array.from({ length: rows }, (_, row) => `${row === chunkSize + 200 ? 'z0' : `z${row}`},Row ${row}`),
  ];
  const made = async (): Promise<number> => {
    const { rows: counted } = await sql<{ count: number }>`
      select count(*) as count from w_main.account where removed_at is null and name like 'Row %'`.execute(
      it.admin.db,
    );
    return Number(counted[0]?.count);
  };

  test('is taken up where it was: nothing lost, nothing double', async () => {
    const id = await it.open(it.admin, 'account', lines);
    await startSet(it.admin, id, 'run');
    let chunks = 0;
    const killed = async (): Promise<Ctx> => {
      chunks += 1;
      if (chunks === 3) throw new Error('killed');
      return it.admin;
    };
    await expect(runSet(it.admin, id, killed)).rejects.toThrow('killed');
    expect(await readBatch(it.admin, id)).toMatchObject({
      state: 'running',
      position: 2 * chunkSize,
      created: 2 * chunkSize - 1,
      merged: 1,
    });
    expect(await waitingSets(it.workspace.system)).toEqual([id]);
    await workOnSet(it.workspace.system, id);
    expect(await readBatch(it.admin, id)).toMatchObject({
      state: 'done',
      position: rows,
      created: rows - 1,
      merged: 1,
      failed: 0,
    });
    expect(await made()).toBe(rows - 1);
    expect((await rowsOut(it.admin, id, { limit: 1 })).total).toBe(rows);
    await it.through(it.admin, id, 'undo');
    expect(await made()).toBe(0);
  });

  test('a check that is cut short leaves nothing', async () => {
    const id = await it.open(it.admin, 'account', lines);
    await startSet(it.admin, id, 'check');
    await expect(
      checkSet(it.admin, id, async () => {
        if ((await readBatch(it.admin, id)).position >= chunkSize) throw new Error('killed');
        return it.admin;
      }),
    ).rejects.toThrow('killed');
    expect(await made()).toBe(0);
    await workOnSet(it.workspace.system, id);
    expect(await readBatch(it.admin, id)).toMatchObject({
      state: 'checked',
      position: rows,
      created: rows - 1,
      merged: 1,
    });
    expect(await made()).toBe(0);
  });

  test('stops with a clear reason when who asked is no longer active, and can be undone', async () => {
    const id = await it.open(it.sam, 'account', lines);
    await startSet(it.sam, id, 'run');
    let chunks = 0;
    const killed = async (): Promise<Ctx> => {
      chunks += 1;
      if (chunks === 2) throw new Error('killed');
      return it.sam;
    };
    await expect(runSet(it.sam, id, killed)).rejects.toThrow('killed');
    const user = it.workspace.entity('user');
    await updateRecords(it.workspace.system, user, [
      { id: it.sam.who.userId ?? '', values: { active: false } },
    ]);
    await workOnSet(it.workspace.system, id);
    const stopped = await stateOut(it.admin, await readBatch(it.admin, id));
    expect(stopped).toMatchObject({
      state: 'failed',
      position: chunkSize,
      can: { run: true, undo: true, map: false },
    });
    expect(stopped.stopped).toContain('no longer an active user');
    await it.through(it.admin, id, 'undo');
    expect(await made()).toBe(0);
    await updateRecords(it.workspace.system, user, [
      { id: it.sam.who.userId ?? '', values: { active: true } },
    ]);
  });

  test('a run whose undo stopped halfway never goes on, and is undone to its end', async () => {
    const id = await it.open(it.sam, 'account', lines);
    await startSet(it.sam, id, 'run');
    let chunks = 0;
    const cancelled = async (): Promise<Ctx> => {
      chunks += 1;
      if (chunks === 2) await cancelSet(it.sam, id);
      return it.sam;
    };
    await expect(runSet(it.sam, id, cancelled)).rejects.toThrow(ImportGone);
    await startSet(it.sam, id, 'undo');
    const killed = async (): Promise<Ctx> => {
      throw new Error('killed');
    };
    await expect(undoSet(it.sam, id, killed)).rejects.toThrow('killed');
    const left = await made();
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(chunkSize);
    const user = it.workspace.entity('user');
    const setActive = (active: boolean): Promise<unknown> =>
      updateRecords(it.workspace.system, user, [{ id: it.sam.who.userId ?? '', values: { active } }]);
    await setActive(false);
    // Twice: that the second undo took nothing back doesn't make the first undone.
    for (let tries = 0; tries < 2; tries += 1) {
      await workOnSet(it.workspace.system, id);
      expect(await stateOut(it.admin, await readBatch(it.admin, id))).toMatchObject({
        state: 'failed',
        can: { run: false, undo: true },
      });
      await expect(startSet(it.sam, id, 'run')).rejects.toMatchObject({
        code: 'conflict',
        detail: { message: { code: 'import-undo-begun' } },
      });
      await startSet(it.sam, id, 'undo');
    }
    await setActive(true);
    await workOnSet(it.workspace.system, id);
    expect(await readBatch(it.admin, id)).toMatchObject({ state: 'undone' });
    expect(await made()).toBe(0);
  });

  test.each(['check', 'run'] as const)(
    'a %s goes on with the rights its asker has by then, and stops where they end',
    async (what) => {
      const id = await it.open(it.sam, 'account', lines);
      await startSet(it.sam, id, what);
      const user = it.workspace.entity('user');
      const sam = it.sam.who.userId ?? '';
      const [was] = await readMany(it.admin, user, [sam]);
      const roles = ((was?.roles ?? []) as readonly { readonly id: string }[]).map((role) => role.id);
      let chunks = 0;
      const demoted = async (): Promise<Ctx> => {
        chunks += 1;
        if (chunks === 2)
          await updateRecords(it.workspace.system, user, [{ id: sam, values: { roles: [] } }]);
        return asAsker(it.workspace.system, sam);
      };
      const work = what === 'run' ? runSet : checkSet;
      await expect(work(it.sam, id, demoted)).rejects.toMatchObject({ code: 'forbidden' });
      await updateRecords(it.workspace.system, user, [{ id: sam, values: { roles } }]);
      expect(await made()).toBe(what === 'run' ? chunkSize : 0);
    },
  );
});
